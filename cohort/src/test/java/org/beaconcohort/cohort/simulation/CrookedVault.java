package org.beaconcohort.cohort.simulation;

import java.security.SecureRandom;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.cohort.signer.NonceVault;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SessionContext;

/** Its partial signatures do not verify; all else is as it should be. */
final class CrookedVault implements Signer {
  private final NonceVault honest;

  CrookedVault(SecretKey key, SecureRandom random) {
    this.honest = new NonceVault(key, random);
  }

  @Override
  public Bytes sign(Bytes roundId, int number, Bytes transcript, SessionContext session) {
    byte[] partial = honest.sign(roundId, number, transcript, session).toArray();
    partial[partial.length - 1] ^= 1;
    return Bytes.of(partial);
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
  public Bytes signLeaf(Outpoint outpoint, Bytes context, Bytes sighash) {
    return honest.signLeaf(outpoint, context, sighash);
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
