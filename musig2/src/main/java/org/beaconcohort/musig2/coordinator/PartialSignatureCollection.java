package org.beaconcohort.musig2.coordinator;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.protocol.Contribution;
import org.beaconcohort.musig2.protocol.PartialSigAgg;
import org.beaconcohort.musig2.protocol.PartialSignature;
import org.beaconcohort.musig2.protocol.SessionContext;

/**
 * The partial signatures over one nonce set and one message as they come: range-checked and added
 * up on arrival. What is left after the last one is a single BIP-340 verification; only if that
 * fails, or time is up, are they verified for blame. Immutable; the order of arrival changes
 * nothing.
 */
public final class PartialSignatureCollection {
  private final NonceCollection nonces;
  private final SessionContext session;
  private final Slots<Bytes> received;
  private final Scalar sum;

  private PartialSignatureCollection(
      NonceCollection nonces, SessionContext session, Slots<Bytes> received, Scalar sum) {
    this.nonces = nonces;
    this.session = session;
    this.received = received;
    this.sum = sum;
  }

  static PartialSignatureCollection of(NonceCollection nonces, SessionContext session) {
    return new PartialSignatureCollection(
        nonces, session, Slots.empty(session.keyAgg().keys().size()), Scalar.ZERO);
  }

  /**
   * These partial signatures and one more; this very object if it is here already.
   *
   * @param signer index in the order of the keys, from 0
   * @param partial 32 bytes
   * @throws org.beaconcohort.musig2.protocol.InvalidContributionException naming the signer, for
   *     another length or a number not below n
   * @throws ConflictingContributionException if the signer's is here and is another
   * @throws IndexOutOfBoundsException if there is no such signer
   */
  public PartialSignatureCollection with(int signer, Bytes partial) {
    Optional<Bytes> before = received.at(signer);
    if (before.isPresent()) {
      if (before.get().equals(partial)) {
        return this;
      }
      throw new ConflictingContributionException(
          signer, Contribution.PARTIAL_SIGNATURE, before.get(), partial);
    }
    Scalar s = PartialSignature.decode(signer, partial);
    return new PartialSignatureCollection(
        nonces, session, received.with(signer, partial), sum.plus(s));
  }

  /** What is signed, by whom, with which aggregate nonce. */
  public SessionContext session() {
    return session;
  }

  /** The signer's partial signature, 32 bytes, if it is here. */
  public Optional<Bytes> partial(int signer) {
    return received.at(signer);
  }

  /** The signers whose partial signatures are missing, ascending. */
  public List<Integer> holdouts() {
    return received.holdouts();
  }

  /**
   * What they come to: one verification, and the culprits only if it fails. The nonces must be
   * those that the signers authenticated, else blame means nothing (BIP-327, identifiable aborts).
   */
  public SigningResult result() {
    if (!received.isFull()) {
      return new SigningResult.Incomplete(holdouts());
    }
    Bytes signature = PartialSigAgg.ofSum(session, sum);
    if (Schnorr.verify(
        session.keyAgg().engine(),
        session.keyAgg().xOnlyAggregateKey(),
        session.message(),
        signature)) {
      return new SigningResult.Complete(signature);
    }
    return new SigningResult.Faulty(Culprits.knownAmong(this, received.present()));
  }

  /**
   * The signers whose partial signatures are here and wrong, ascending: at the deadline with some
   * missing, or after {@link #result} failed. Everyone who holds the same contributions names the
   * same.
   */
  public List<Integer> culprits() {
    return Culprits.among(this, received.present());
  }

  NonceCollection nonces() {
    return nonces;
  }

  Bytes present(int signer) {
    return received
        .at(signer)
        .orElseThrow(() -> new IllegalStateException("signer " + signer + " is a holdout"));
  }
}
