package org.beaconcohort.cohort.signer;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SigningSession;

/**
 * Nonces that outlive the process (R9, sealed mode). What is sealed is the randomness that NonceGen
 * turns into the nonce, under a key derived from the cohort key. It is deleted from the store,
 * durably, before the nonce exists again in memory, so before any signature does.
 */
final class SealedShelf implements NonceShelf {
  private static final int SEED_SIZE = 32;

  private final SecretKey key;
  private final SecureRandom random;
  private final SealedNonces store;

  SealedShelf(SecretKey key, SecureRandom random, SealedNonces store) {
    this.key = key;
    this.random = random;
    this.store = store;
  }

  @Override
  public Bytes open(SealedNonces.Id id, KeyAggContext context, Bytes extraInput) {
    byte[] seed = new byte[SEED_SIZE];
    random.nextBytes(seed);
    try {
      SigningSession session = start(context, extraInput, seed);
      Bytes publicNonce = session.publicNonce();
      session.abort();
      SealedNonce sealed =
          SealedNonce.seal(key, id, context, extraInput, publicNonce, seed, random);
      store.put(id, sealed.encoded());
      return publicNonce;
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  @Override
  public SigningSession take(SealedNonces.Id id, KeyAggContext context) {
    SealedNonce sealed =
        SealedNonce.decode(
            store
                .take(id)
                .orElseThrow(() ->
                    new NonceLostException(
                        "nonce " + id.number() + " must be sealed here, it is not")));
    byte[] seed = sealed.unseal(key, id, context);
    try {
      SigningSession session = start(context, sealed.extraInput(), seed);
      if (!session.publicNonce().equals(sealed.publicNonce())) {
        session.abort();
        throw new NonceLostException(
            "sealed nonce " + id.number() + " must be the one that was opened, it is another");
      }
      return session;
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  @Override
  public void erase(SealedNonces.Id id) {
    var unused = store.take(id);
  }

  /** Nothing: outliving the process is what they are sealed for. */
  @Override
  public void close() {}

  private SigningSession start(KeyAggContext context, Bytes extraInput, byte[] seed) {
    return SigningSession.start(key, context, Optional.empty(), extraInput, new Once(seed));
  }

  /** Gives the same bytes as when the nonce was opened, and never anything else. */
  private static final class Once extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient byte[] seed;
    private transient boolean used;

    /** No provider stands behind it: there is no chance in it. */
    Once(byte[] seed) {
      super(null, null);
      this.seed = seed;
    }

    @Override
    public synchronized void nextBytes(byte[] bytes) {
      if (used || bytes.length != seed.length) {
        throw new IllegalStateException(
            "one draw of " + seed.length + " bytes expected, got another of " + bytes.length);
      }
      used = true;
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }

    @Override
    public String toString() {
      return "Once";
    }
  }
}
