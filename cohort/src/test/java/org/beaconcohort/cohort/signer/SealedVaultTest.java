package org.beaconcohort.cohort.signer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.PartialSignature;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.beaconcohort.musig2.protocol.SigningSession;
import org.junit.jupiter.api.Test;

/** The vault in sealed mode: what outlives a process, and what must not. */
final class SealedVaultTest {
  private static final Bytes ROUND = hash("round");
  private static final Bytes MESSAGE = hash("message");
  private static final Bytes T = hash("transcript");

  private final SecureRandom random = new SeededRandom(11);
  private final Bytes secret = bytes(32);
  private final SecretKey key = SecretKey.of(secret.toArray());
  private final SecretKey peerKey = SecretKey.generate(random);
  private final KeyAggContext keys =
      KeyAggContext.of(List.of(key.publicKey(), peerKey.publicKey()));
  private final SigningSession peer =
      SigningSession.start(peerKey, keys, Optional.empty(), Bytes.EMPTY, random);
  private final Store store = new Store();

  private static final class Store implements SealedNonces {
    final TreeMap<Id, Bytes> records = new TreeMap<>();
    boolean full;
    boolean readOnly;

    @Override
    public Set<Id> held() {
      return Set.copyOf(records.keySet());
    }

    @Override
    public void put(Id id, Bytes sealed) {
      if (full) {
        throw new PortFailure("disk must have room, it is full", true);
      }
      records.put(id, sealed);
    }

    @Override
    public Optional<Bytes> take(Id id) {
      if (readOnly) {
        throw new PortFailure("disk must be writable, it is read-only", false);
      }
      return Optional.ofNullable(records.remove(id));
    }
  }

  private static Bytes hash(String text) {
    return TaggedHash.hash(
        "test", Bytes.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private Bytes bytes(int size) {
    byte[] drawn = new byte[size];
    random.nextBytes(drawn);
    drawn[0] = 1;
    return Bytes.of(drawn);
  }

  /** A new process with the same key and store. */
  private NonceVault process() {
    return NonceVault.sealed(SecretKey.of(secret.toArray()), random, store);
  }

  private SessionContext session(NonceOffer own) {
    return SessionContext.of(
        NonceAgg.aggregate(List.of(own.publicNonce(), peer.publicNonce())), keys, MESSAGE);
  }

  @Test
  void anotherProcessSignsWithTheNonceOfTheFirst() {
    NonceOffer own;
    try (NonceVault first = process()) {
      own = first.open(ROUND, 1, keys);
    }

    Bytes partial = process().sign(ROUND, 1, T, session(own));

    assertTrue(PartialSignature.verify(session(own), 0, partial, own.publicNonce()));
  }

  @Test
  void theRecordIsGoneBeforeTheSignatureIsMadeAndForEver() {
    NonceVault vault = process();
    NonceOffer own = vault.open(ROUND, 1, keys);
    SessionContext wrong =
        SessionContext.of(
            session(own).aggregateNonce(), keys.withPlainTweak(hash("tweak")), MESSAGE);

    assertThrows(RuntimeException.class, () -> vault.sign(ROUND, 1, T, wrong));

    assertEquals(Set.of(), store.held());
    assertThrows(NonceLostException.class, () -> vault.sign(ROUND, 1, T, session(own)));
    assertThrows(NonceLostException.class, () -> process().sign(ROUND, 1, T, session(own)));
  }

  @Test
  void ofTwoProcessesOneSigns() {
    NonceOffer own = process().open(ROUND, 1, keys);
    NonceVault one = process();
    NonceVault other = process();
    one.sign(ROUND, 1, T, session(own));

    assertThrows(NonceLostException.class, () -> other.sign(ROUND, 1, hash("other"), session(own)));
  }

  @Test
  void aRecordThatCannotBeDeletedSignsNothing() {
    NonceVault vault = process();
    NonceOffer own = vault.open(ROUND, 1, keys);
    store.readOnly = true;
    assertThrows(PortFailure.class, () -> vault.sign(ROUND, 1, T, session(own)));
    store.readOnly = false;

    assertThrows(NonceLostException.class, () -> vault.sign(ROUND, 1, T, session(own)));
  }

  @Test
  void aNonceThatCannotBeKeptIsNotOffered() {
    NonceVault vault = process();
    store.full = true;
    assertThrows(PortFailure.class, () -> vault.open(ROUND, 1, keys));
    store.full = false;

    assertEquals(1, vault.open(ROUND, 1, keys).number());
  }

  @Test
  void anyChangedByteOfARecordLosesTheNonce() {
    NonceOffer own = process().open(ROUND, 1, keys);
    SealedNonces.Id id = new SealedNonces.Id(ROUND, 1);
    Bytes record = Objects.requireNonNull(store.records.get(id));
    for (int at = 0; at < record.size(); at++) {
      byte[] changed = record.toArray();
      changed[at] ^= 1;
      store.records.put(id, Bytes.of(changed));
      NonceVault vault = process();
      assertThrows(NonceLostException.class, () -> vault.sign(ROUND, 1, T, session(own)));
    }
    for (int size = 0; size < record.size(); size++) {
      store.records.put(id, record.slice(0, size));
      NonceVault vault = process();
      assertThrows(NonceLostException.class, () -> vault.sign(ROUND, 1, T, session(own)));
    }
  }

  @Test
  void aRecordCannotStandInForAnotherNonceRoundOrKey() {
    NonceOffer own = process().open(ROUND, 1, keys);
    Bytes record = Objects.requireNonNull(store.records.remove(new SealedNonces.Id(ROUND, 1)));
    Bytes other = hash("another round");
    store.records.put(new SealedNonces.Id(other, 1), record);
    store.records.put(new SealedNonces.Id(ROUND, 2), record);
    NonceVault vault = process();
    assertThrows(NonceLostException.class, () -> vault.sign(other, 1, T, session(own)));
    assertThrows(NonceLostException.class, () -> vault.sign(ROUND, 2, T, session(own)));

    store.records.put(new SealedNonces.Id(ROUND, 1), record);
    SecretKey anothers = SecretKey.generate(random);
    NonceVault stranger = NonceVault.sealed(anothers, random, store);
    assertThrows(NonceLostException.class, () -> stranger.sign(ROUND, 1, T, session(own)));
  }

  @Test
  void aNonceOfAnEarlierProcessIsDestroyedWhenAnotherIsOpened() {
    NonceOffer first = process().open(ROUND, 1, keys);
    NonceVault later = process();
    NonceOffer second = later.open(ROUND, 2, keys);

    assertNotEquals(first.publicNonce(), second.publicNonce());
    assertEquals(Set.of(new SealedNonces.Id(ROUND, 2)), store.held());
    assertThrows(NonceLostException.class, () -> later.sign(ROUND, 1, T, session(first)));
  }

  @Test
  void aRoundThatIsOverAndAHaltLeaveNothingSealed() {
    Bytes other = hash("another round");
    NonceVault vault = process();
    vault.open(ROUND, 1, keys);
    vault.open(other, 1, keys);
    vault.destroyRound(ROUND);
    assertEquals(Set.of(new SealedNonces.Id(other, 1)), store.held());
    vault.halt();
    assertEquals(Set.of(), store.held());
  }

  @Test
  void whatIsKeptHoldsNeitherTheSecretNonceNorTheKey() {
    byte[] drawn = new byte[32];
    SecureRandom known =
        new SeededRandom(5) {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            super.nextBytes(bytes);
            if (bytes.length == 32) {
              System.arraycopy(bytes, 0, drawn, 0, 32);
            }
          }
        };
    NonceVault.sealed(SecretKey.of(secret.toArray()), known, store).open(ROUND, 1, keys);
    String record = store.records.firstEntry().getValue().hex();

    assertTrue(!record.contains(Bytes.of(drawn).hex()) && !record.contains(secret.hex()));
  }
}
