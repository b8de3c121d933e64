package org.beaconcohort.adapter.nostr.wrap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.security.auth.Destroyable;
import org.beaconcohort.adapter.nostr.nip44.ConversationKey;
import org.beaconcohort.adapter.nostr.nip44.Hkdf;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * The 32 secret bytes that all members of a cohort share (rule N13). It never shows itself; what is
 * used of it is the {@link ChannelRound} of a round number.
 */
public final class ChannelKey implements Destroyable {
  private static final byte[] SALT = ascii("beacon-cohort/1 channel");
  private static final byte[] CONVERSATION = ascii("conversation");
  private static final byte[] TAG = ascii("tag");

  private final byte[] pseudorandomKey;
  private volatile boolean destroyed;

  private ChannelKey(byte[] pseudorandomKey) {
    this.pseudorandomKey = pseudorandomKey;
  }

  /** The key of these 32 bytes, which are read and then overwritten with zeros. */
  public static ChannelKey of(byte[] thirtyTwo) {
    if (thirtyTwo.length != 32) {
      throw new IllegalArgumentException("channel key must be 32 bytes, got " + thirtyTwo.length);
    }
    ChannelKey key = new ChannelKey(Hkdf.extract(SALT, thirtyTwo));
    Arrays.fill(thirtyTwo, (byte) 0);
    return key;
  }

  /**
   * Conversation key and {@code p} tag of round {@code number}, 0 or more; 0 is what comes before
   * and between rounds.
   *
   * <p>The tag is the public key of a secret nobody uses, so that no relay can tell it from the
   * inbox key of a directed event.
   *
   * @throws org.beaconcohort.musig2.curve.InvalidSecretKeyException with probability 2^-127
   */
  public ChannelRound round(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("round number must be 0 or more, got " + number);
    }
    if (destroyed) {
      throw new IllegalStateException("channel key must be usable, got a destroyed one");
    }
    ConversationKey conversation = ConversationKey.of(expand(CONVERSATION, number));
    SecretKey behindTag = SecretKey.of(expand(TAG, number));
    try {
      return new ChannelRound(number, conversation, behindTag.xOnlyPublicKey());
    } finally {
      behindTag.destroy();
    }
  }

  private byte[] expand(byte[] purpose, long number) {
    byte[] info =
        ByteBuffer.allocate(purpose.length + Long.BYTES).put(purpose).putLong(number).array();
    return Hkdf.expand(pseudorandomKey, info, 32);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(pseudorandomKey, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return "ChannelKey";
  }
}
