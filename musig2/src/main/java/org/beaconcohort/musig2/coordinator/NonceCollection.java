package org.beaconcohort.musig2.coordinator;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.PointSum;
import org.beaconcohort.musig2.protocol.Contribution;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.PublicNonce;
import org.beaconcohort.musig2.protocol.SessionContext;

/**
 * The public nonces of one attempt as they come: each decoded, checked and added up on arrival, so
 * that the aggregate is there when the last one is. Immutable; the order of arrival changes
 * nothing.
 */
public final class NonceCollection {
  private final KeyAggContext keys;
  private final Slots<Received> received;
  private final PointSum firsts;
  private final PointSum seconds;

  /** As sent, for comparison and evidence, and decoded, for blame. */
  record Received(Bytes bytes, PublicNonce nonce) {}

  private NonceCollection(
      KeyAggContext keys, Slots<Received> received, PointSum firsts, PointSum seconds) {
    this.keys = keys;
    this.received = received;
    this.firsts = firsts;
    this.seconds = seconds;
  }

  /** No nonces yet of the signers with these keys, tweaks included. */
  public static NonceCollection of(KeyAggContext keys) {
    return new NonceCollection(
        keys, Slots.empty(keys.keys().size()), keys.engine().emptySum(), keys.engine().emptySum());
  }

  /**
   * These nonces and one more; this very object if it is here already.
   *
   * @param signer index in the order of the keys, from 0
   * @param publicNonce 66 bytes
   * @throws org.beaconcohort.musig2.protocol.InvalidContributionException naming the signer, if
   *     that is not two points
   * @throws ConflictingContributionException if the signer's nonce is here and is another
   * @throws IndexOutOfBoundsException if there is no such signer
   */
  public NonceCollection with(int signer, Bytes publicNonce) {
    Optional<Received> before = received.at(signer);
    if (before.isPresent()) {
      if (before.get().bytes().equals(publicNonce)) {
        return this;
      }
      throw new ConflictingContributionException(
          signer, Contribution.PUBLIC_NONCE, before.get().bytes(), publicNonce);
    }
    PublicNonce nonce = PublicNonce.ofSigner(keys.engine(), signer, publicNonce);
    return new NonceCollection(
        keys,
        received.with(signer, new Received(publicNonce, nonce)),
        firsts.plus(nonce.first()),
        seconds.plus(nonce.second()));
  }

  /** The signer's nonce, 66 bytes, if it is here. */
  public Optional<Bytes> nonce(int signer) {
    return received.at(signer).map(Received::bytes);
  }

  /** The signers whose nonces are missing, ascending. */
  public List<Integer> holdouts() {
    return received.holdouts();
  }

  /** Whether every signer's nonce is here. */
  public boolean isComplete() {
    return received.isFull();
  }

  /** The keys and tweaks of the attempt. */
  public KeyAggContext keys() {
    return keys;
  }

  /**
   * BIP-327 NonceAgg, 66 bytes.
   *
   * @throws IllegalStateException while a nonce is missing
   */
  public Bytes aggregateNonce() {
    return aggregate().bytes();
  }

  private PublicNonce aggregate() {
    if (!isComplete()) {
      throw new IllegalStateException(
          "nonces must be of all " + received.size() + " signers, missing " + holdouts());
    }
    return PublicNonce.ofSums(firsts.value(), seconds.value());
  }

  /**
   * The next step: partial signatures over {@code message}. Everything that needs no partial
   * signature is computed now, while they travel.
   *
   * @throws IllegalStateException while a nonce is missing
   */
  public PartialSignatureCollection sign(Bytes message) {
    return PartialSignatureCollection.of(this, SessionContext.of(aggregate(), keys, message));
  }

  PublicNonce decoded(int signer) {
    return received
        .at(signer)
        .map(Received::nonce)
        .orElseThrow(() -> new IllegalStateException("nonce of signer " + signer + " is missing"));
  }
}
