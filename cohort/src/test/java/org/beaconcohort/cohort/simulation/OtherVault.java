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

/** A signer that is a vault but for what a subclass changes. */
public abstract class OtherVault implements Signer {
  private final NonceVault vault;

  protected OtherVault(SecretKey key, SecureRandom random) {
    this.vault = new NonceVault(key, random);
  }

  @Override
  public Bytes publicKey() {
    return vault.publicKey();
  }

  @Override
  public Bytes provePossession(Bytes message) {
    return vault.provePossession(message);
  }

  @Override
  public NonceOffer open(Bytes roundId, int number, KeyAggContext context) {
    return vault.open(roundId, number, context);
  }

  @Override
  public Bytes sign(Bytes roundId, int number, Bytes transcript, SessionContext session) {
    return vault.sign(roundId, number, transcript, session);
  }

  @Override
  public Bytes signLeaf(Outpoint outpoint, Bytes context, Bytes sighash) {
    return vault.signLeaf(outpoint, context, sighash);
  }

  @Override
  public void destroyRound(Bytes roundId) {
    vault.destroyRound(roundId);
  }

  @Override
  public void halt() {
    vault.halt();
  }

  @Override
  public boolean halted() {
    return vault.halted();
  }
}
