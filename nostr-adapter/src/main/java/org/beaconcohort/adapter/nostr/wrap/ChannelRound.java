package org.beaconcohort.adapter.nostr.wrap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.security.auth.Destroyable;
import org.beaconcohort.adapter.nostr.nip44.ConversationKey;
import org.beaconcohort.adapter.nostr.nip44.Hkdf;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * The part of a cohort's channel that belongs to one round (rule N13): a secret conversation key
 * and a public tag, both by HKDF-SHA256 from the channel key and the round's number.
 *
 * <p>The tag is the public key of a secret nobody uses, so that no relay can tell it from the inbox
 * key of a directed event.
 */
public final class ChannelRound implements Destroyable {
  private static final byte[] SALT = ascii("beacon-cohort/1 channel");
  private static final byte[] CONVERSATION = ascii("conversation");
  private static final byte[] TAG = ascii("tag");

  private final long number;
  private final ConversationKey conversation;
  private final Bytes tag;

  private ChannelRound(long number, ConversationKey conversation, Bytes tag) {
    this.number = number;
    this.conversation = conversation;
    this.tag = tag;
  }

  /**
   * Round {@code number} of a channel; 0 is what comes before the first round.
   *
   * @param channelKey 32 bytes, overwritten with zeros
   * @throws org.beaconcohort.musig2.curve.InvalidSecretKeyException with probability 2^-127
   */
  public static ChannelRound derive(byte[] channelKey, long number) {
    if (channelKey.length != 32) {
      throw new IllegalArgumentException("channel key must be 32 bytes, got " + channelKey.length);
    }
    if (number < 0) {
      throw new IllegalArgumentException("round number must be 0 or more, got " + number);
    }
    byte[] pseudorandomKey = Hkdf.extract(SALT, channelKey);
    Arrays.fill(channelKey, (byte) 0);
    SecretKey behindTag = SecretKey.of(expand(pseudorandomKey, TAG, number));
    byte[] conversation = expand(pseudorandomKey, CONVERSATION, number);
    Arrays.fill(pseudorandomKey, (byte) 0);
    Bytes tag = behindTag.xOnlyPublicKey();
    behindTag.destroy();
    return new ChannelRound(number, ConversationKey.of(conversation), tag);
  }

  public long number() {
    return number;
  }

  /** The value of the {@code p} tag of this round's outer events, 32 bytes. */
  public Bytes tag() {
    return tag;
  }

  ConversationKey conversation() {
    return conversation;
  }

  private static byte[] expand(byte[] pseudorandomKey, byte[] purpose, long number) {
    byte[] info =
        ByteBuffer.allocate(purpose.length + Long.BYTES).put(purpose).putLong(number).array();
    return Hkdf.expand(pseudorandomKey, info, 32);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void destroy() {
    conversation.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return conversation.isDestroyed();
  }

  @Override
  public String toString() {
    return "ChannelRound " + number + " with tag " + tag;
  }
}
