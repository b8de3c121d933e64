package org.beaconcohort.musig2.hash;

import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;

/** The hash that commits an output key to its internal key and scripts (BIP-341, "TapTweak"). */
public final class TapTweakHash {
  private TapTweakHash() {}

  /**
   * 32 bytes, not yet checked to be below n.
   *
   * @param internalKey 32 bytes, x-only
   * @param merkleRoot 32 bytes, or empty for an output without scripts
   */
  public static Bytes of(Bytes internalKey, Optional<Bytes> merkleRoot) {
    check("internal key", internalKey);
    merkleRoot.ifPresent(root -> check("merkle root", root));
    Sha256 hash = Sha256.tagged("TapTweak").add(internalKey);
    merkleRoot.ifPresent(hash::add);
    return Bytes.of(hash.finish());
  }

  private static void check(String name, Bytes value) {
    if (value.size() != 32) {
      throw new IllegalArgumentException(name + " must be 32 bytes, got " + value.size());
    }
  }
}
