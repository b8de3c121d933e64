package org.beaconcohort.musig2.protocol;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.beaconcohort.musig2.bip340.FaultySignatureException;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.NonceAlreadyUsedException;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.jspecify.annotations.Nullable;

/**
 * One signer's part in one signature: the public nonce goes out, then one partial signature, or
 * nothing.
 *
 * <p>The secret nonce lives in this object only and leaves with the first call of {@link #sign} or
 * {@link #abort}, before anything can fail. It cannot be read, copied or stored; after a restart
 * the session is over and a new one takes a fresh nonce. Safe for concurrent use: of two
 * simultaneous signers one wins.
 */
public final class SigningSession {
  private final SecretKey key;
  private final KeyAggContext context;
  private final Optional<Bytes> message;
  private final Bytes noncePublicKey;
  private final Bytes publicNonce;
  private final AtomicReference<@Nullable SecretNonce> nonce;

  private SigningSession(
      SecretKey key, KeyAggContext context, Optional<Bytes> message, SecretNonce nonce) {
    this.key = key;
    this.context = context;
    this.message = message;
    this.noncePublicKey = key.publicKey();
    this.publicNonce = NonceGen.publicNonce(nonce).bytes();
    this.nonce = new AtomicReference<>(nonce);
  }

  /**
   * Makes a fresh nonce for this key in this context.
   *
   * @param context with all tweaks; {@link #sign} accepts no other
   * @param message what will be signed if that is known already; then {@link #sign} accepts no
   *     other
   * @param extraInput anything that differs between sessions, such as an identifier and a counter
   * @throws SessionMismatchException if the key is not among the context's
   */
  public static SigningSession start(
      SecretKey key,
      KeyAggContext context,
      Optional<Bytes> message,
      Bytes extraInput,
      SecureRandom random) {
    Sign.signerIndex(key.publicKey(), context);
    byte[] fresh = new byte[32];
    random.nextBytes(fresh);
    return start(key, context, message, extraInput, fresh);
  }

  /** As above from 32 given bytes, which are overwritten: the same bytes are the same nonce. */
  static SigningSession start(
      SecretKey key,
      KeyAggContext context,
      Optional<Bytes> message,
      Bytes extraInput,
      byte[] random) {
    SecretNonce nonce =
        NonceGen.generate(
            Optional.of(key),
            key.publicKey(),
            Optional.of(context.xOnlyAggregateKey()),
            message,
            Optional.of(extraInput),
            random);
    return new SigningSession(key, context, message, nonce);
  }

  /** 66 bytes, to be sent to the aggregator; available before and after signing. */
  public Bytes publicNonce() {
    return publicNonce;
  }

  /**
   * The partial signature, 32 bytes, checked before it is returned. Works once: the nonce is used
   * up whether this returns or throws.
   *
   * @throws NonceAlreadyUsedException if this session has signed, failed to, or was aborted
   * @throws SessionMismatchException if keys, tweaks or message are not those of the start
   * @throws FaultySignatureException if the result does not verify
   */
  public Bytes sign(SessionContext session) {
    SecretNonce taken = nonce.getAndSet(null);
    if (taken == null) {
      throw new NonceAlreadyUsedException();
    }
    try {
      checkSame(session);
      return Sign.sign(taken, noncePublicKey, key, session);
    } finally {
      taken.destroy();
    }
  }

  /** Gives the nonce up, so that nothing can be signed any more; harmless after the end. */
  public void abort() {
    SecretNonce taken = nonce.getAndSet(null);
    if (taken != null) {
      taken.destroy();
    }
  }

  private void checkSame(SessionContext session) {
    if (!session.keyAgg().equals(context)) {
      throw new SessionMismatchException(
          "session must be of " + context + " as at the nonce, got " + session.keyAgg());
    }
    if (message.isPresent() && !message.get().equals(session.message())) {
      throw new SessionMismatchException(
          "message must be "
              + message.get()
              + " as at the nonce, got "
              + session.message()
              + "; start a new session");
    }
  }

  @Override
  public String toString() {
    return "SigningSession";
  }
}
