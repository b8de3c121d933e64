package org.beaconcohort.cohort.simulation;

import java.security.SecureRandom;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.beaconcohort.musig2.protocol.SigningSession;

/** Signs whatever it is asked, as often as it is asked, with nonces that it can make again. */
public final class CarelessVault implements Signer {
  /** What a nonce depends on. */
  public enum Freshness {
    /** Nothing: all are the same. */
    NONE,
    /** Its round: another attempt has the same one. */
    ROUND,
    /** Its round and number, as it should; but it is there for a second signature. */
    NUMBER
  }

  private final SecretKey key;
  private final Freshness freshness;

  /** One with that flaw. */
  public CarelessVault(SecretKey key, Freshness freshness) {
    this.key = key;
    this.freshness = freshness;
  }

  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte fill;

    Fixed(int fill) {
      this.fill = (byte) (fill | 1);
    }

    @Override
    public void nextBytes(byte[] bytes) {
      java.util.Arrays.fill(bytes, fill);
    }
  }

  @Override
  public Bytes publicKey() {
    return key.publicKey();
  }

  @Override
  public Bytes provePossession(Bytes message) {
    return Schnorr.sign(key, message, message);
  }

  private SigningSession session(Bytes roundId, int number, KeyAggContext keys) {
    Bytes extra =
        switch (freshness) {
          case NONE -> Bytes.EMPTY;
          case ROUND -> roundId;
          case NUMBER -> Bytes.concat(roundId, Bytes.of(new byte[] {(byte) number}));
        };
    return SigningSession.start(key, keys, Optional.empty(), extra, new Fixed(7));
  }

  @Override
  public NonceOffer open(Bytes roundId, int number, KeyAggContext context) {
    return new NonceOffer(number, session(roundId, number, context).publicNonce());
  }

  @Override
  public Bytes sign(Bytes roundId, int number, Bytes transcript, SessionContext session) {
    return session(roundId, number, session.keyAgg()).sign(session);
  }

  @Override
  public Bytes signLeaf(Outpoint outpoint, Bytes context, Bytes sighash) {
    return Schnorr.sign(key, sighash, sighash);
  }

  @Override
  public void destroyRound(Bytes roundId) {
    // It has no nonce to destroy.
  }

  @Override
  public void halt() {
    // Nothing stops it.
  }

  @Override
  public boolean halted() {
    return false;
  }
}
