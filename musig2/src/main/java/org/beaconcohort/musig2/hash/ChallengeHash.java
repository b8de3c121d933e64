package org.beaconcohort.musig2.hash;

import org.beaconcohort.musig2.bytes.Bytes;

/** The hash a BIP-340 signature answers ("BIP0340/challenge"). */
public final class ChallengeHash {
  private static final Sha256 TAGGED = Sha256.tagged("BIP0340/challenge");

  private ChallengeHash() {}

  /** 32 bytes, not yet reduced mod n. All but the message are 32 bytes. */
  public static Bytes of(Bytes xOnlyNonce, Bytes xOnlyPublicKey, Bytes message) {
    return Bytes.of(TAGGED.copy().add(xOnlyNonce).add(xOnlyPublicKey).add(message).finish());
  }
}
