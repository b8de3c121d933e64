package org.beaconcohort.cohort.bitcoin;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.script.ByteWriter;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A Bitcoin transaction. Refuses what no block could hold: no inputs or outputs, one outpoint
 * twice, more than 21 million bitcoin, more than 4,000,000 weight units.
 *
 * <p>{@code version} is the signed 32-bit field; {@code lockTime} and sequences are 0 to 2^32-1.
 */
public record Transaction(int version, List<Input> inputs, List<TxOutput> outputs, long lockTime) {
  /** The most weight units a block, and so a transaction, can have. */
  public static final int MAX_WEIGHT = 4_000_000;

  private static final long UINT32_MAX = 0xffff_ffffL;

  /** A spent outpoint with its script, sequence and witness stack; the stack may be empty. */
  public record Input(Outpoint outpoint, Bytes scriptSig, long sequence, List<Bytes> witness) {
    public Input {
      checkUint32("sequence", sequence);
      witness = List.copyOf(witness);
    }

    /** An input not signed yet. */
    public static Input unsigned(Outpoint outpoint, long sequence) {
      return new Input(outpoint, Bytes.EMPTY, sequence, List.of());
    }

    /** This input with another witness stack. */
    public Input withWitness(List<Bytes> stack) {
      return new Input(outpoint, scriptSig, sequence, stack);
    }
  }

  public Transaction {
    checkUint32("lock time", lockTime);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new MalformedTransactionException(
          "transaction must have inputs and outputs, got "
              + inputs.size()
              + " and "
              + outputs.size());
    }
    Set<Outpoint> spent = new HashSet<>();
    for (Input input : inputs) {
      if (!spent.add(input.outpoint)) {
        throw new MalformedTransactionException(
            "inputs must spend different outpoints, got twice " + input.outpoint);
      }
      if (input.outpoint.isCoinbase() && inputs.size() > 1) {
        throw new MalformedTransactionException(
            "coinbase input must be the only input, got " + inputs.size() + " inputs");
      }
    }
    long total = 0;
    for (TxOutput output : outputs) {
      total += output.value();
      if (total > TxOutput.MAX_VALUE) {
        throw new MalformedTransactionException(
            "outputs must not exceed " + TxOutput.MAX_VALUE + " sat together");
      }
    }
  }

  /**
   * Parses exactly one transaction, with or without witnesses (BIP-144).
   *
   * @throws MalformedTransactionException for anything that would not serialize to the same bytes
   */
  public static Transaction parse(Bytes serialized) {
    return new TransactionReader(serialized).readAll();
  }

  /**
   * Parses exactly one transaction in hexadecimal, upper or lower case.
   *
   * @throws MalformedTransactionException as {@link #parse}, and for text that is not hexadecimal
   */
  public static Transaction parseHex(String hex) {
    if (hex.length() > 2 * MAX_WEIGHT) {
      throw new MalformedTransactionException(
          "transaction must be at most " + MAX_WEIGHT + " bytes, got " + hex.length() / 2);
    }
    try {
      return parse(Bytes.ofHex(hex));
    } catch (IllegalArgumentException notHex) {
      throw new MalformedTransactionException(
          "transaction must be an even number of hexadecimal characters, got " + hex.length());
    }
  }

  /** The bytes to broadcast: with witnesses if any input has one. */
  public Bytes serialize() {
    return hasWitness() ? write(true) : write(false);
  }

  /** The bytes that make the txid. */
  public Bytes serializeWithoutWitness() {
    return write(false);
  }

  /** Double SHA-256 without witnesses, 32 bytes in internal order. */
  public Bytes txid() {
    return TaggedHash.sha256(TaggedHash.sha256(serializeWithoutWitness()));
  }

  /** The txid as people and explorers write it: reversed, lower-case hexadecimal. */
  public String displayTxid() {
    return Outpoint.reversedHex(txid());
  }

  /** Double SHA-256 with witnesses, 32 bytes in internal order (BIP-141). */
  public Bytes wtxid() {
    return TaggedHash.sha256(TaggedHash.sha256(serialize()));
  }

  /** Weight units (BIP-141): four per byte outside the witnesses, one per byte of them. */
  public int weight() {
    return 3 * serializeWithoutWitness().size() + serialize().size();
  }

  /** Virtual bytes: a quarter of the weight, rounded up. */
  public int vsize() {
    return (weight() + 3) / 4;
  }

  /** Whether any input has a witness. */
  public boolean hasWitness() {
    return inputs.stream().anyMatch(input -> !input.witness.isEmpty());
  }

  /** The outpoint of output {@code index}. */
  public Outpoint outpoint(int index) {
    if (index < 0 || index >= outputs.size()) {
      throw new IndexOutOfBoundsException(
          "output index must be 0 to " + (outputs.size() - 1) + ", got " + index);
    }
    return new Outpoint(txid(), index);
  }

  /** The last output, which is the beacon signal if it is any (did:btcr2). */
  public TxOutput lastOutput() {
    return outputs.get(outputs.size() - 1);
  }

  /** All outputs together, in satoshi. */
  public long outputValue() {
    return outputs.stream().mapToLong(TxOutput::value).sum();
  }

  private Bytes write(boolean witnesses) {
    ByteWriter writer = new ByteWriter().u32(version);
    if (witnesses) {
      writer.u8(0).u8(1);
    }
    writer.compactSize(inputs.size());
    for (Input input : inputs) {
      writeOutpoint(writer, input.outpoint);
      writer.sized(input.scriptSig).u32(input.sequence);
    }
    writer.compactSize(outputs.size());
    for (TxOutput output : outputs) {
      writeOutput(writer, output);
    }
    if (witnesses) {
      for (Input input : inputs) {
        writer.compactSize(input.witness.size());
        input.witness.forEach(writer::sized);
      }
    }
    return writer.u32(lockTime).toBytes();
  }

  static void writeOutpoint(ByteWriter writer, Outpoint outpoint) {
    writer.bytes(outpoint.txid()).u32(outpoint.vout());
  }

  static void writeOutput(ByteWriter writer, TxOutput output) {
    writer.u64(output.value()).sized(output.script());
  }

  private static void checkUint32(String name, long value) {
    if (value < 0 || value > UINT32_MAX) {
      throw new MalformedTransactionException(name + " must be 0 to 2^32-1, got " + value);
    }
  }
}
