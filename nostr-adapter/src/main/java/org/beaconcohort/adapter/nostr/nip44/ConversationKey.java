package org.beaconcohort.adapter.nostr.nip44;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.security.auth.Destroyable;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * The 32 secret bytes two or more parties share in NIP-44. Kept by whoever uses it, for as long as
 * the conversation lasts, and then destroyed; it never shows itself.
 */
public final class ConversationKey implements Destroyable {
  private static final byte[] SALT = "nip44-v2".getBytes(StandardCharsets.US_ASCII);

  private final byte[] key;
  private volatile boolean destroyed;

  private ConversationKey(byte[] key) {
    this.key = key;
  }

  /** The key of these 32 bytes, which are copied and then overwritten with zeros. */
  public static ConversationKey of(byte[] thirtyTwo) {
    if (thirtyTwo.length != 32) {
      throw new IllegalArgumentException(
          "conversation key must be 32 bytes, got " + thirtyTwo.length);
    }
    ConversationKey key = new ConversationKey(thirtyTwo.clone());
    Arrays.fill(thirtyTwo, (byte) 0);
    return key;
  }

  /**
   * The key between the owner of {@code mine} and the owner of the x-only key {@code theirs}: the
   * same from both sides.
   *
   * @throws org.beaconcohort.musig2.engine.InvalidPointException if {@code theirs} is no point
   */
  public static ConversationKey between(SecretKey mine, Bytes theirs) {
    byte[][] extracted = new byte[1][];
    mine.ecdh(theirs).useX(x -> extracted[0] = Hkdf.extract(SALT, x));
    return of(extracted[0]);
  }

  MessageKeys messageKeys(byte[] nonce) {
    if (destroyed) {
      throw new IllegalStateException("conversation key must be usable, got a destroyed one");
    }
    return new MessageKeys(Hkdf.expand(key, nonce, MessageKeys.SIZE));
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return "ConversationKey";
  }
}
