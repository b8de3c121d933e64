package org.beaconcohort.cohort.model;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The 32 random bytes that members of one key-set proposal share (N13). Whoever holds it reads the
 * channel; it signs nothing. It never prints itself.
 */
public record ChannelKey(Bytes secret) {
  /** Checks the length. */
  public ChannelKey {
    if (secret.size() != 32) {
      throw new IllegalArgumentException("channel key must be 32 bytes, got " + secret.size());
    }
  }

  /** What the key-set proposal carries of it: H("channel-key", key), 32 bytes. */
  public Bytes hash() {
    return FieldHash.of("channel-key").bytes(secret).hash();
  }

  @Override
  public String toString() {
    return "ChannelKey[secret]";
  }
}
