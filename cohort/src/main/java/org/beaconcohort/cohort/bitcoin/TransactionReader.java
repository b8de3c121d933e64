package org.beaconcohort.cohort.bitcoin;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Reads one transaction of the network's serialization (BIP-144) and nothing else.
 *
 * <p>Counts and lengths are compared with the bytes that are left before anything is allocated.
 */
final class TransactionReader {
  // Outpoint, empty script, sequence; value, empty script; one length.
  private static final int LEAST_INPUT_SIZE = 32 + 4 + 1 + 4;
  private static final int LEAST_OUTPUT_SIZE = 8 + 1;
  private static final int LEAST_ITEM_SIZE = 1;
  private static final Bytes NO_TXID = Outpoint.COINBASE.txid();

  private final Bytes source;
  private int at;

  TransactionReader(Bytes source) {
    this.source = source;
  }

  Transaction readAll() {
    if (source.size() > Transaction.MAX_WEIGHT) {
      throw new MalformedTransactionException(
          "transaction must be at most " + Transaction.MAX_WEIGHT + " bytes, got " + source.size());
    }
    int version = (int) u32("version");
    boolean witnesses = marker();
    List<Transaction.Input> inputs = inputs();
    List<TxOutput> outputs = outputs();
    if (witnesses) {
      inputs = withWitnesses(inputs);
    }
    long lockTime = u32("lock time");
    if (at != source.size()) {
      throw new MalformedTransactionException(
          "transaction must end after its lock time at byte "
              + at
              + ", got "
              + (source.size() - at)
              + " more bytes");
    }
    Transaction transaction = new Transaction(version, inputs, outputs, lockTime);
    if (witnesses && !transaction.hasWitness()) {
      throw new MalformedTransactionException(
          "transaction without any witness must not have the segwit marker");
    }
    if (transaction.weight() > Transaction.MAX_WEIGHT) {
      throw new MalformedTransactionException(
          "transaction must weigh at most "
              + Transaction.MAX_WEIGHT
              + " units, got "
              + transaction.weight());
    }
    return transaction;
  }

  private boolean marker() {
    need(2, "input count");
    if (source.at(at) != 0) {
      return false;
    }
    if (source.at(at + 1) != 1) {
      throw new MalformedTransactionException(
          "transaction must have inputs, or marker 0 and flag 1, got 0 and " + source.at(at + 1));
    }
    at += 2;
    return true;
  }

  private List<Transaction.Input> inputs() {
    int count = count("input count", LEAST_INPUT_SIZE);
    List<Transaction.Input> inputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Outpoint outpoint = outpoint(take(32, "txid of input " + i), u32("index of input " + i));
      Bytes scriptSig = sized("script of input " + i);
      inputs.add(
          new Transaction.Input(outpoint, scriptSig, u32("sequence of input " + i), List.of()));
    }
    return inputs;
  }

  private static Outpoint outpoint(Bytes txid, long index) {
    if (index > Integer.MAX_VALUE) {
      if (index == 0xffff_ffffL && txid.equals(NO_TXID)) {
        return Outpoint.COINBASE;
      }
      throw new MalformedTransactionException(
          "outpoint index must be below 2^31, because no transaction has more outputs, got "
              + index);
    }
    return new Outpoint(txid, (int) index);
  }

  private List<TxOutput> outputs() {
    int count = count("output count", LEAST_OUTPUT_SIZE);
    List<TxOutput> outputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long value = littleEndian(8, "amount of output " + i);
      outputs.add(new TxOutput(value, sized("script of output " + i)));
    }
    return outputs;
  }

  private List<Transaction.Input> withWitnesses(List<Transaction.Input> inputs) {
    List<Transaction.Input> signed = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      int count = count("witness count of input " + i, LEAST_ITEM_SIZE);
      List<Bytes> stack = new ArrayList<>(count);
      for (int item = 0; item < count; item++) {
        stack.add(sized("witness item of input " + i));
      }
      signed.add(inputs.get(i).withWitness(stack));
    }
    return signed;
  }

  private int count(String name, int leastSize) {
    long count = compactSize(name);
    if (count > (source.size() - at) / leastSize) {
      throw new MalformedTransactionException(
          name
              + " must fit the "
              + (source.size() - at)
              + " bytes that are left, got "
              + Long.toUnsignedString(count));
    }
    return (int) count;
  }

  private Bytes sized(String name) {
    return take(count("length of " + name, 1), name);
  }

  private long compactSize(String name) {
    int first = (int) littleEndian(1, name);
    if (first < 0xfd) {
      return first;
    }
    int length = first == 0xfd ? 2 : first == 0xfe ? 4 : 8;
    long value = littleEndian(length, name);
    long least = first == 0xfd ? 0xfd : first == 0xfe ? 0x1_0000L : 0x1_0000_0000L;
    if (value >= 0 && value < least) {
      throw new MalformedTransactionException(
          name + " must be in its shortest form, got " + value + " in " + (1 + length) + " bytes");
    }
    // With its top bit set the value is far beyond any transaction; say so without a sign.
    return value < 0 ? Long.MAX_VALUE : value;
  }

  private long u32(String name) {
    return littleEndian(4, name);
  }

  private long littleEndian(int length, String name) {
    need(length, name);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (long) source.at(at + i) << (8 * i);
    }
    at += length;
    return value;
  }

  private Bytes take(int length, String name) {
    need(length, name);
    Bytes taken = source.slice(at, at + length);
    at += length;
    return taken;
  }

  private void need(int length, String name) {
    if (source.size() - at < length) {
      throw new MalformedTransactionException(
          name
              + " must have "
              + length
              + " bytes at byte "
              + at
              + ", got "
              + (source.size() - at)
              + " before the end");
    }
  }
}
