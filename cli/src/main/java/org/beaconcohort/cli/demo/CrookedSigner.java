package org.beaconcohort.cli.demo;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.cohort.signer.NonceVault;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SessionContext;

/**
 * An honest signer until it is turned: from then on its partial signatures do not verify, or it
 * takes long to open a nonce.
 */
final class CrookedSigner implements Signer, AutoCloseable {
  private final NonceVault honest;
  private volatile boolean turned;
  private volatile Duration pause = Duration.ZERO;

  CrookedSigner(SecureRandom random) {
    this.honest = new NonceVault(SecretKey.generate(random), random);
  }

  /** Takes so long for each nonce from here on. */
  void hesitate(Duration much) {
    pause = much;
  }

  void turn() {
    turned = true;
  }

  @Override
  public Bytes sign(Bytes roundId, int number, Bytes transcript, SessionContext session) {
    byte[] partial = honest.sign(roundId, number, transcript, session).toArray();
    if (turned) {
      // Still a number below the order but for 1 in 2^127: no decoder refuses it.
      partial[partial.length - 1] ^= 1;
    }
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
    LockSupport.parkNanos(pause.toNanos());
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

  @Override
  public void close() {
    honest.close();
  }
}
