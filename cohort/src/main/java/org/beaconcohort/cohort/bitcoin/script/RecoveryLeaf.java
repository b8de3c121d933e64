package org.beaconcohort.cohort.bitcoin.script;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.InvalidPointException;

/**
 * Leaf B: one x-only key alone, after {@code sequence} blocks of the coin's age ({@code <sequence>
 * CHECKSEQUENCEVERIFY DROP <key> CHECKSIG}, BIP-112). Refuses a sequence outside 1..65535.
 */
public record RecoveryLeaf(Bytes xOnlyKey, int sequence) {
  /** The longest delay, in blocks (BIP-68). */
  public static final int MAX_SEQUENCE = 65_535;

  private static final int OP_CHECKSEQUENCEVERIFY = 0xb2;
  private static final int OP_DROP = 0x75;
  private static final int OP_CHECKSIG = 0xac;

  public RecoveryLeaf {
    if (xOnlyKey.size() != 32) {
      throw new InvalidLeafException("recovery key must be 32 bytes, got " + xOnlyKey.size());
    }
    try {
      CurveEngines.get().liftX(xOnlyKey);
    } catch (InvalidPointException noKey) {
      throw new InvalidLeafException("recovery key must be a public key, got " + xOnlyKey);
    }
    if (sequence < 1 || sequence > MAX_SEQUENCE) {
      throw new InvalidLeafException(
          "recovery sequence must be 1 to " + MAX_SEQUENCE + " blocks, got " + sequence);
    }
  }

  /** The script's bytes. */
  public Bytes script() {
    return new ByteWriter()
        .number(sequence)
        .u8(OP_CHECKSEQUENCEVERIFY)
        .u8(OP_DROP)
        .push(xOnlyKey)
        .u8(OP_CHECKSIG)
        .toBytes();
  }

  /** The tapscript leaf. */
  public TapTree.Leaf leaf() {
    return TapTree.tapscript(script());
  }

  /**
   * The stack that satisfies the script in an input whose sequence is this leaf's or more.
   *
   * @throws InvalidLeafException if the signature is not 64 bytes
   */
  public List<Bytes> stack(Bytes signature) {
    if (signature.size() != 64) {
      throw new InvalidLeafException(
          "recovery signature must be 64 bytes, got " + signature.size());
    }
    return List.of(signature);
  }
}
