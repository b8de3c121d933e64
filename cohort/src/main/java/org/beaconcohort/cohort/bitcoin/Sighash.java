package org.beaconcohort.cohort.bitcoin;

import java.util.List;
import org.beaconcohort.cohort.bitcoin.script.ByteWriter;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The 32 bytes a Taproot input's signature signs (BIP-341, BIP-342), by key path or by leaf, for
 * all seven hash types; without annex or OP_CODESEPARATOR. The protocol signs {@link #DEFAULT}.
 */
public final class Sighash {
  /** SIGHASH_DEFAULT: all inputs and outputs, and a signature of 64 bytes. */
  public static final int DEFAULT = 0x00;

  /** SIGHASH_ALL. */
  public static final int ALL = 0x01;

  /** SIGHASH_NONE. */
  public static final int NONE = 0x02;

  /** SIGHASH_SINGLE: only the output with the input's index. */
  public static final int SINGLE = 0x03;

  /** SIGHASH_ANYONECANPAY, added to one of the three before. */
  public static final int ANYONECANPAY = 0x80;

  private static final int OUTPUT_MASK = 0x03;
  private static final int EPOCH = 0;
  private static final int KEY_PATH = 0;
  private static final int SCRIPT_PATH = 2;
  private static final long NO_CODE_SEPARATOR = 0xffff_ffffL;

  private Sighash() {}

  /**
   * The key-path sighash of one input.
   *
   * @param prevouts what every input spends, in the inputs' order
   * @throws InvalidSpendException if an index, the prevouts or the hash type do not fit
   */
  public static Bytes keyPath(
      Transaction transaction, int inputIndex, List<TxOutput> prevouts, int hashType) {
    return hash(message(transaction, inputIndex, prevouts, hashType, KEY_PATH));
  }

  /**
   * The script-path sighash of one input.
   *
   * @param leafHash TapLeaf hash of the script that checks the signature, 32 bytes
   * @throws InvalidSpendException as {@link #keyPath}
   */
  public static Bytes scriptPath(
      Transaction transaction,
      int inputIndex,
      List<TxOutput> prevouts,
      int hashType,
      Bytes leafHash) {
    if (leafHash.size() != 32) {
      throw new InvalidSpendException("leaf hash must be 32 bytes, got " + leafHash.size());
    }
    ByteWriter message = message(transaction, inputIndex, prevouts, hashType, SCRIPT_PATH);
    return hash(message.bytes(leafHash).u8(0).u32(NO_CODE_SEPARATOR));
  }

  /** SigMsg of BIP-341 after the epoch byte, for key paths. */
  static Bytes keyPathMessage(
      Transaction transaction, int inputIndex, List<TxOutput> prevouts, int hashType) {
    Bytes withEpoch = message(transaction, inputIndex, prevouts, hashType, KEY_PATH).toBytes();
    return withEpoch.slice(1, withEpoch.size());
  }

  private static Bytes hash(ByteWriter message) {
    return TaggedHash.hash("TapSighash", message.toBytes());
  }

  private static ByteWriter message(
      Transaction transaction,
      int inputIndex,
      List<TxOutput> prevouts,
      int hashType,
      int spendType) {
    check(transaction, inputIndex, prevouts, hashType);
    boolean anyoneCanPay = (hashType & ANYONECANPAY) != 0;
    int outputType = hashType & OUTPUT_MASK;
    ByteWriter message =
        new ByteWriter()
            .u8(EPOCH)
            .u8(hashType)
            .u32(transaction.version())
            .u32(transaction.lockTime());
    if (!anyoneCanPay) {
      commitToAllInputs(message, transaction, prevouts);
    }
    if (outputType != NONE && outputType != SINGLE) {
      commitToOutputs(message, transaction.outputs());
    }
    message.u8(spendType);
    if (anyoneCanPay) {
      Transaction.Input input = transaction.inputs().get(inputIndex);
      Transaction.writeOutpoint(message, input.outpoint());
      Transaction.writeOutput(message, prevouts.get(inputIndex));
      message.u32(input.sequence());
    } else {
      message.u32(inputIndex);
    }
    if (outputType == SINGLE) {
      commitToOutputs(message, List.of(transaction.outputs().get(inputIndex)));
    }
    return message;
  }

  private static void check(
      Transaction transaction, int inputIndex, List<TxOutput> prevouts, int hashType) {
    int inputs = transaction.inputs().size();
    if (inputIndex < 0 || inputIndex >= inputs) {
      throw new InvalidSpendException(
          "input index must be 0 to " + (inputs - 1) + ", got " + inputIndex);
    }
    if (prevouts.size() != inputs) {
      throw new InvalidSpendException(
          "prevouts must be one per input, that is " + inputs + ", got " + prevouts.size());
    }
    int outputType = hashType & ~ANYONECANPAY;
    if (outputType < 0 || outputType > SINGLE || hashType == ANYONECANPAY) {
      throw new InvalidSpendException(
          "hash type must be 0, 1, 2, 3, 0x81, 0x82 or 0x83, got 0x"
              + Integer.toHexString(hashType));
    }
    if (outputType == SINGLE && inputIndex >= transaction.outputs().size()) {
      throw new InvalidSpendException(
          "SIGHASH_SINGLE needs an output with the input's index "
              + inputIndex
              + ", got only "
              + transaction.outputs().size());
    }
  }

  private static void commitToAllInputs(
      ByteWriter message, Transaction transaction, List<TxOutput> prevouts) {
    ByteWriter outpoints = new ByteWriter();
    ByteWriter amounts = new ByteWriter();
    ByteWriter scripts = new ByteWriter();
    ByteWriter sequences = new ByteWriter();
    for (int i = 0; i < prevouts.size(); i++) {
      Transaction.Input input = transaction.inputs().get(i);
      Transaction.writeOutpoint(outpoints, input.outpoint());
      amounts.u64(prevouts.get(i).value());
      scripts.sized(prevouts.get(i).script());
      sequences.u32(input.sequence());
    }
    for (ByteWriter part : List.of(outpoints, amounts, scripts, sequences)) {
      message.bytes(TaggedHash.sha256(part.toBytes()));
    }
  }

  private static void commitToOutputs(ByteWriter message, List<TxOutput> outputs) {
    ByteWriter serialized = new ByteWriter();
    outputs.forEach(output -> Transaction.writeOutput(serialized, output));
    message.bytes(TaggedHash.sha256(serialized.toBytes()));
  }
}
