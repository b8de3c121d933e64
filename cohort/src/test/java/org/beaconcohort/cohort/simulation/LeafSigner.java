package org.beaconcohort.cohort.simulation;

import java.util.function.Supplier;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.cohort.signer.NonceVault;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.jspecify.annotations.Nullable;

/** A vault that is asked whether it signs by leaf A. */
final class LeafSigner implements Signer {
  private final NonceVault honest;
  private final Supplier<@Nullable RuntimeException> refusal;

  /** Throws what {@code refusal} gives, if anything. */
  LeafSigner(SecretKey key, long seed, Supplier<@Nullable RuntimeException> refusal) {
    this.honest = new NonceVault(key, new SeededRandom(seed));
    this.refusal = refusal;
  }

  @Override
  public Bytes signLeaf(Outpoint outpoint, Bytes context, Bytes sighash) {
    RuntimeException refused = refusal.get();
    if (refused != null) {
      throw refused;
    }
    return honest.signLeaf(outpoint, context, sighash);
  }

  @Override
  public Bytes sign(Bytes roundId, int number, Bytes transcript, SessionContext session) {
    return honest.sign(roundId, number, transcript, session);
  }

  @Override
  public Bytes publicKey() {
    return honest.publicKey();
  }

  @Override
  public Bytes provePossession(Bytes message) {
    return honest.provePossession(message);
  }

  @Override
  public NonceOffer open(Bytes roundId, int number, KeyAggContext context) {
    return honest.open(roundId, number, context);
  }

  @Override
  public void destroyRound(Bytes roundId) {
    honest.destroyRound(roundId);
  }

  @Override
  public void halt() {
    honest.halt();
  }

  @Override
  public boolean halted() {
    return honest.halted();
  }
}
