package org.beaconcohort.cohort.bitcoin.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Leaf A: exactly k of n x-only keys sign, in the order of the keys ({@code <x1> CHECKSIG <x2>
 * CHECKSIGADD … <k> NUMEQUAL}, BIP-342). Refuses k outside 1..n, n above 100 and repeated keys.
 */
public record ThresholdLeaf(List<Bytes> xOnlyKeys, int threshold) {
  /** The most keys a leaf may name; beyond that its witness is dearer than a new cohort. */
  public static final int MAX_KEYS = 100;

  private static final int OP_CHECKSIG = 0xac;
  private static final int OP_CHECKSIGADD = 0xba;
  private static final int OP_NUMEQUAL = 0x9c;

  public ThresholdLeaf {
    xOnlyKeys = List.copyOf(xOnlyKeys);
    int n = xOnlyKeys.size();
    if (n < 1 || n > MAX_KEYS) {
      throw new InvalidLeafException("leaf A must have 1 to " + MAX_KEYS + " keys, got " + n);
    }
    if (threshold < 1 || threshold > n) {
      throw new InvalidLeafException("leaf A needs k from 1 to n = " + n + ", got " + threshold);
    }
    for (Bytes key : xOnlyKeys) {
      if (key.size() != 32) {
        throw new InvalidLeafException("x-only key must be 32 bytes, got " + key.size());
      }
    }
    if (xOnlyKeys.stream().distinct().count() != n) {
      throw new InvalidLeafException("leaf A needs different x-only keys, got one twice");
    }
  }

  /** The script's bytes. */
  public Bytes script() {
    ByteWriter script = new ByteWriter();
    for (int i = 0; i < xOnlyKeys.size(); i++) {
      script.push(xOnlyKeys.get(i)).u8(i == 0 ? OP_CHECKSIG : OP_CHECKSIGADD);
    }
    return script.number(threshold).u8(OP_NUMEQUAL).toBytes();
  }

  /** The tapscript leaf. */
  public TapTree.Leaf leaf() {
    return TapTree.tapscript(script());
  }

  /**
   * The stack that satisfies the script: one element per key, last key first, empty for those who
   * did not sign.
   *
   * @param signatures 64-byte signatures by x-only key; exactly k, because NUMEQUAL refuses more
   * @throws InvalidLeafException if there are more or fewer, or one is by a key not in the leaf
   */
  public List<Bytes> stack(Map<Bytes, Bytes> signatures) {
    if (signatures.size() != threshold) {
      throw new InvalidLeafException(
          "leaf A needs exactly " + threshold + " signatures, got " + signatures.size());
    }
    for (Map.Entry<Bytes, Bytes> signature : signatures.entrySet()) {
      if (!xOnlyKeys.contains(signature.getKey())) {
        throw new InvalidLeafException("signer must be a key of leaf A, got " + signature.getKey());
      }
      if (signature.getValue().size() != 64) {
        throw new InvalidLeafException(
            "signature by "
                + signature.getKey()
                + " must be 64 bytes, got "
                + signature.getValue().size());
      }
    }
    List<Bytes> stack = new ArrayList<>();
    for (int i = xOnlyKeys.size() - 1; i >= 0; i--) {
      stack.add(signatures.getOrDefault(xOnlyKeys.get(i), Bytes.EMPTY));
    }
    return List.copyOf(stack);
  }
}
