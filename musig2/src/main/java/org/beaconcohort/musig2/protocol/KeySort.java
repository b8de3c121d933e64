package org.beaconcohort.musig2.protocol;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/** BIP-327 KeySort: an order of the public keys that all signers agree on. */
public final class KeySort {
  private KeySort() {}

  /** The 33-byte keys in ascending byte order; duplicates stay. */
  public static List<Bytes> sort(List<Bytes> keys) {
    return keys.stream().sorted().toList();
  }
}
