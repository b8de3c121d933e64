package org.beaconcohort.cohort.signer;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.beaconcohort.musig2.protocol.SigningSession;

/**
 * The one owner of the secret nonces of one cohort key in one process instance. A nonce is open,
 * then claimed for one transcript, then signed once, then released with its round; it never goes
 * back and never leaves (N3, N5, N6, R6, R8).
 *
 * <p>The vault remembers claims as long as the process lives. The durable claim is the journal fact
 * {@code ParticipantFact.Claimed}, which the driver appends before it performs {@code Effect.Sign};
 * after a restart the vault is empty and every nonce of before is lost, but in sealed mode. Safe
 * for concurrent use.
 */
public final class NonceVault implements Signer, AutoCloseable {
  private static final int HASH_SIZE = 32;

  private final SecretKey key;
  private final SecureRandom random;
  private final NonceShelf shelf;
  private final Map<Bytes, RoundNonces> rounds = new HashMap<>();

  /** What was signed by leaf A: one transaction for an outpoint (R16). */
  private final Map<Outpoint, Leaf> leaves = new HashMap<>();

  private boolean halted;
  private boolean closed;

  /** T_A and the sighash, 32 bytes each. */
  private record Leaf(Bytes context, Bytes sighash) {}

  /** Where a nonce is in its life. */
  private sealed interface Nonce {
    /** Can still be claimed. */
    record Open() implements Nonce {}

    /** As Open, of an earlier process (sealed mode). */
    record Kept() implements Nonce {}

    /** Belongs to a transcript and is used up; stays so if making the signature failed. */
    record Claimed(Bytes transcript) implements Nonce {}

    /** The signature it made. */
    record Signed(Bytes transcript, Bytes signature) implements Nonce {}

    /** Erased before it was claimed. */
    record Erased() implements Nonce {}
  }

  /** The nonces of one round by number. */
  private static final class RoundNonces {
    final TreeMap<Integer, Nonce> byNumber = new TreeMap<>();
    boolean over;
  }

  private NonceVault(SecretKey key, SecureRandom random, NonceShelf shelf) {
    this.key = key;
    this.random = random;
    this.shelf = shelf;
  }

  /** Nonces in memory only. Takes {@code key} over: it is destroyed when the vault is closed. */
  public NonceVault(SecretKey key, SecureRandom random) {
    this(key, random, new MemoryShelf(key, random));
  }

  /**
   * Sealed mode (R9, N7): open nonces outlive the process in {@code store}, encrypted, and are
   * deleted there before a signature exists. Takes {@code key} over.
   */
  public static NonceVault sealed(SecretKey key, SecureRandom random, SealedNonces store) {
    NonceVault vault = new NonceVault(key, random, new SealedShelf(key, random, store));
    for (SealedNonces.Id id : new TreeSet<>(store.held())) {
      vault
          .rounds
          .computeIfAbsent(id.roundId(), fresh -> new RoundNonces())
          .byNumber
          .put(id.number(), new Nonce.Kept());
    }
    return vault;
  }

  @Override
  public Bytes publicKey() {
    return key.publicKey();
  }

  @Override
  public synchronized Bytes provePossession(Bytes message) {
    requireHash("message", message);
    requireUsable();
    byte[] fresh = new byte[32];
    random.nextBytes(fresh);
    return Schnorr.sign(key, message, Bytes.of(fresh));
  }

  /**
   * Opens nonce {@code number} of a round. Numbers ascend within a round, so none is opened twice.
   *
   * @throws IllegalStateException if that or a higher number was opened before, another nonce of
   *     the round is open and unclaimed, or the vault is closed
   * @throws NonceLostException if the round is over
   * @throws SignerHaltedException after {@link #halt}
   */
  @Override
  public synchronized NonceOffer open(Bytes roundId, int number, KeyAggContext signingContext) {
    requireHash("round id", roundId);
    requireUsable();
    RoundNonces round = rounds.computeIfAbsent(roundId, fresh -> new RoundNonces());
    if (round.over) {
      throw new NonceLostException("round must be open, got " + roundId + ", which is over");
    }
    int last = round.byNumber.isEmpty() ? 0 : round.byNumber.lastKey();
    if (number <= last) {
      throw new IllegalStateException("nonce number must be above " + last + ", got " + number);
    }
    // Older ones cannot be open: each kept the next from being opened.
    if (last > 0 && round.byNumber.get(last) instanceof Nonce.Open) {
      throw new IllegalStateException(
          "nonce " + last + " must be claimed before another is opened, got " + number);
    }
    // What an earlier process left is given up: a round has one open nonce (N3).
    erase(roundId, round);
    Bytes publicNonce =
        shelf.open(
            new SealedNonces.Id(roundId, number),
            signingContext,
            context(roundId, number, signingContext));
    round.byNumber.put(number, new Nonce.Open());
    return new NonceOffer(number, publicNonce);
  }

  /**
   * Claims an open nonce for {@code transcript} and signs once with it; the same request again
   * gives the same 32 bytes, and nothing gives others.
   *
   * @throws NonceClaimedException if the nonce is claimed for another transcript
   * @throws NonceLostException if it is not here, or its only use failed
   * @throws SignerHaltedException after {@link #halt}, also for a signature that was made before
   * @throws RuntimeException of {@link SigningSession#sign}; the nonce is used up
   */
  @Override
  public synchronized Bytes sign(
      Bytes roundId, int number, Bytes transcript, SessionContext session) {
    requireHash("transcript", transcript);
    if (halted) {
      throw new SignerHaltedException();
    }
    Map<Integer, Nonce> nonces = rounds.getOrDefault(roundId, new RoundNonces()).byNumber;
    return switch (nonces.getOrDefault(number, new Nonce.Erased())) {
      case Nonce.Open open -> signOnce(nonces, roundId, number, transcript, session);
      case Nonce.Kept kept -> signOnce(nonces, roundId, number, transcript, session);
      case Nonce.Claimed claimed -> {
        requireSame(number, claimed.transcript(), transcript);
        throw new NonceLostException(
            "nonce "
                + number
                + " must be open, it was used up for "
                + transcript
                + " without a signature");
      }
      case Nonce.Signed signed -> {
        requireSame(number, signed.transcript(), transcript);
        yield signed.signature();
      }
      case Nonce.Erased erased ->
          throw new NonceLostException(
              "nonce "
                  + number
                  + " of round "
                  + roundId
                  + " must be open in this process, it is"
                  + " not; publish another");
    };
  }

  /**
   * Latches the outpoint for this context and this sighash, then signs.
   *
   * @throws OutpointLatchedException if the outpoint is latched for another of either
   * @throws SignerHaltedException after {@link #halt}
   */
  @Override
  public synchronized Bytes signLeaf(Outpoint outpoint, Bytes context, Bytes sighash) {
    requireHash("context", context);
    requireHash("sighash", sighash);
    requireUsable();
    Leaf asked = new Leaf(context, sighash);
    Leaf signed = leaves.putIfAbsent(outpoint, asked);
    if (signed != null && !signed.equals(asked)) {
      throw new OutpointLatchedException(
          "leaf A of outpoint "
              + outpoint
              + " must be signed for "
              + signed
              + " only, got "
              + asked);
    }
    byte[] fresh = new byte[32];
    random.nextBytes(fresh);
    return Schnorr.sign(key, sighash, Bytes.of(fresh));
  }

  private Bytes signOnce(
      Map<Integer, Nonce> nonces,
      Bytes roundId,
      int number,
      Bytes transcript,
      SessionContext session) {
    // First, so that no failure below leaves the nonce open.
    nonces.put(number, new Nonce.Claimed(transcript));
    SigningSession taken = shelf.take(new SealedNonces.Id(roundId, number), session.keyAgg());
    Bytes signature = taken.sign(session);
    nonces.put(number, new Nonce.Signed(transcript, signature));
    return signature;
  }

  /** First in memory, so that none can be used, then where they lie. */
  private void erase(Bytes roundId, RoundNonces round) {
    List<Integer> open = new ArrayList<>();
    round.byNumber.forEach((number, nonce) -> {
      if (nonce instanceof Nonce.Open || nonce instanceof Nonce.Kept) {
        open.add(number);
      }
    });
    open.forEach(number -> round.byNumber.put(number, new Nonce.Erased()));
    open.forEach(number -> shelf.erase(new SealedNonces.Id(roundId, number)));
  }

  /** Erases the round's open nonces and its signatures; nothing of it can be opened again (N5). */
  @Override
  public synchronized void destroyRound(Bytes roundId) {
    requireHash("round id", roundId);
    RoundNonces round = rounds.computeIfAbsent(roundId, fresh -> new RoundNonces());
    round.over = true;
    erase(roundId, round);
    round.byNumber.clear();
  }

  /** Erases every open nonce and refuses everything from now on. */
  @Override
  public synchronized void halt() {
    halted = true;
    rounds.forEach(this::erase);
  }

  @Override
  public synchronized boolean halted() {
    return halted;
  }

  /** Erases every nonce that is in memory, every signature and the key. */
  @Override
  public synchronized void close() {
    closed = true;
    shelf.close();
    rounds.clear();
    key.destroy();
  }

  @Override
  public String toString() {
    return "NonceVault";
  }

  /** Differs for every nonce of a key, so that even a stuck source of randomness repeats none. */
  private static Bytes context(Bytes roundId, int number, KeyAggContext signingContext) {
    return FieldHash.of("nonce")
        .bytes(roundId)
        .number(number)
        .list(signingContext.keys())
        .bytes(signingContext.aggregateKey())
        .hash();
  }

  private static void requireSame(int number, Bytes claimedFor, Bytes transcript) {
    if (!claimedFor.equals(transcript)) {
      throw new NonceClaimedException(
          "nonce " + number + " must answer transcript " + claimedFor + " only, got " + transcript);
    }
  }

  private void requireUsable() {
    if (closed) {
      throw new IllegalStateException("vault must be open, it is closed");
    }
    if (halted) {
      throw new SignerHaltedException();
    }
  }

  private static void requireHash(String name, Bytes value) {
    if (value.size() != HASH_SIZE) {
      throw new IllegalArgumentException(
          name + " must be " + HASH_SIZE + " bytes, got " + value.size());
    }
  }
}
