package org.beaconcohort.musig2.bip340;

import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.hash.Sha256;

/** The tagged hash of BIP-340 over public data; results have 32 bytes. */
public final class TaggedHash {
  private TaggedHash() {}

  /** SHA256(SHA256(tag) ‖ SHA256(tag) ‖ parts…). */
  public static Bytes hash(String tag, Bytes... parts) {
    return finish(Sha256.tagged(tag), parts);
  }

  /** SHA256(parts…). */
  public static Bytes sha256(Bytes... parts) {
    return finish(Sha256.plain(), parts);
  }

  private static Bytes finish(Sha256 hash, Bytes... parts) {
    for (Bytes part : parts) {
      hash.add(part);
    }
    return Bytes.of(hash.finish());
  }
}
