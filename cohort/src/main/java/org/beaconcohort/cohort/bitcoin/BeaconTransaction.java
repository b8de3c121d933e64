package org.beaconcohort.cohort.bitcoin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.beaconcohort.cohort.bitcoin.script.ThresholdLeaf;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The transaction that anchors one round: one input from the beacon address, the agreed outputs,
 * and last the signal. A pure function of template and signal (rule N1), so whoever leads builds
 * the same bytes.
 */
public record BeaconTransaction(Template template, Bytes signal) {
  /** The version members agree on unless the round says otherwise. */
  public static final int VERSION = 2;

  /** Replaceable also for nodes that still ask for a signal (BIP-125). */
  public static final long SEQUENCE = 0xffff_fffdL;

  private static final Bytes BLANK_SIGNAL = Bytes.of(new byte[32]);
  private static final Bytes BLANK_SIGNATURE = Bytes.of(new byte[64]);
  private static final long VB_PER_KVB = 1000;

  /**
   * Everything but the 32 signal bytes. {@code fee} is in satoshi; {@code outputs} are those before
   * the signal, change first by convention.
   *
   * <p>Refuses a prevout that is not P2TR, a fee that is not prevout less outputs, an output below
   * its dust limit (330 sat for P2TR) and any OP_RETURN: the signal must be the only one.
   */
  public record Template(
      Outpoint outpoint,
      TxOutput prevout,
      long fee,
      List<TxOutput> outputs,
      int version,
      long lockTime,
      long sequence) {
    public Template {
      outputs = List.copyOf(outputs);
      if (outpoint.isCoinbase()) {
        throw new InvalidSpendException(
            "outpoint must be of a transaction, got a coinbase input's");
      }
      if (!prevout.isP2tr()) {
        throw new InvalidSpendException(
            "spent script must be P2TR (5120 and 32 bytes), got " + prevout.script());
      }
      checkUint32("lock time", lockTime);
      checkUint32("sequence", sequence);
      for (TxOutput output : outputs) {
        if (output.isOpReturn()) {
          throw new InvalidSpendException(
              "outputs before the signal must not be OP_RETURN, got " + output.script());
        }
        checkDust(output);
      }
      long paid = total(outputs);
      if (fee < 0 || prevout.value() - paid != fee) {
        throw new InvalidSpendException(
            "fee must be spent amount less outputs, "
                + (prevout.value() - paid)
                + " sat and not negative, got "
                + fee);
      }
    }

    /**
     * The template whose first output gives what is left back to the spent script, with version 2
     * and lock time 0.
     *
     * @param others outputs between the change and the signal
     * @throws InvalidSpendException if less than the dust limit would be left
     */
    public static Template withChange(
        Outpoint outpoint, TxOutput prevout, long fee, List<TxOutput> others) {
      List<TxOutput> outputs = new ArrayList<>();
      outputs.add(change(prevout.script(), prevout.value(), fee, others));
      outputs.addAll(others);
      return new Template(outpoint, prevout, fee, outputs, VERSION, 0, SEQUENCE);
    }

    /**
     * The template whose only output gives what is left to {@code script}.
     *
     * @throws InvalidSpendException if less than the dust limit would be left
     */
    public static Template withChangeTo(
        Bytes script, Outpoint outpoint, TxOutput prevout, long fee) {
      TxOutput change = change(script, prevout.value(), fee, List.of());
      return new Template(outpoint, prevout, fee, List.of(change), VERSION, 0, SEQUENCE);
    }

    /**
     * The unsigned transaction's bytes with 32 zeros for the signal: what a round commits to before
     * the signal is known.
     */
    public Bytes bytesWithBlankSignal() {
      return new BeaconTransaction(this, BLANK_SIGNAL).unsigned().serialize();
    }

    /** Virtual bytes of the key-path spend; 154 with nothing but the change. */
    public int keyPathVsize() {
      return blankSpend(List.of(BLANK_SIGNATURE)).vsize();
    }

    /**
     * Virtual bytes of the leaf A spend.
     *
     * @throws InvalidSpendException if the output has no leaf A
     */
    public int leafAVsize(BeaconOutput output) {
      ThresholdLeaf leaf = requireLeafA(output);
      List<Bytes> signers = leaf.xOnlyKeys().subList(0, leaf.threshold());
      Map<Bytes, Bytes> blanks =
          signers.stream().collect(Collectors.toMap(signer -> signer, signer -> BLANK_SIGNATURE));
      return blankSpend(output.leafAWitness(blanks)).vsize();
    }

    private Transaction blankSpend(List<Bytes> witness) {
      return withWitness(new BeaconTransaction(this, BLANK_SIGNAL).unsigned(), witness);
    }
  }

  public BeaconTransaction {
    if (signal.size() != 32) {
      throw new InvalidSpendException("signal must be 32 bytes, got " + signal.size());
    }
  }

  /**
   * Reads an unsigned transaction proposed by somebody else.
   *
   * @param prevout what its only input spends, from one's own chain source
   * @throws InvalidSpendException if it is not one that {@link #unsigned} gives
   */
  public static BeaconTransaction of(Transaction unsigned, TxOutput prevout) {
    if (unsigned.inputs().size() != 1) {
      throw new InvalidSpendException(
          "beacon transaction must have exactly one input, got " + unsigned.inputs().size());
    }
    Transaction.Input input = unsigned.inputs().get(0);
    if (input.scriptSig().size() != 0 || !input.witness().isEmpty()) {
      throw new InvalidSpendException("input must be unsigned, got a script or a witness");
    }
    Bytes signal =
        SignalOutput.of(unsigned)
            .orElseThrow(() ->
                new InvalidSpendException(
                    "last output must be 6a20 and 32 bytes, got "
                        + unsigned.lastOutput().script()));
    if (unsigned.lastOutput().value() != 0) {
      throw new InvalidSpendException(
          "signal output must have 0 sat, got " + unsigned.lastOutput().value());
    }
    List<TxOutput> outputs = unsigned.outputs().subList(0, unsigned.outputs().size() - 1);
    Template template =
        new Template(
            input.outpoint(),
            prevout,
            prevout.value() - unsigned.outputValue(),
            outputs,
            unsigned.version(),
            unsigned.lockTime(),
            input.sequence());
    return new BeaconTransaction(template, signal);
  }

  /**
   * The fee in satoshi for a size at a rate, rounded up.
   *
   * @param satPerKvb satoshi per 1000 virtual bytes
   * @throws InvalidSpendException if size or rate is negative, or the rate beyond all bitcoin
   */
  public static long fee(int vsize, long satPerKvb) {
    if (vsize < 0 || satPerKvb < 0 || satPerKvb > TxOutput.MAX_VALUE / Math.max(1, vsize)) {
      throw new InvalidSpendException(
          "fee must be of a size and a rate from 0 up to all bitcoin, got "
              + vsize
              + " vB at "
              + satPerKvb
              + " sat/kvB");
    }
    return Math.ceilDiv(satPerKvb * vsize, VB_PER_KVB);
  }

  /** The transaction without witness; its txid is already the final one. */
  public Transaction unsigned() {
    List<TxOutput> outputs = new ArrayList<>(template.outputs);
    outputs.add(SignalOutput.of(signal));
    return new Transaction(
        template.version,
        List.of(Transaction.Input.unsigned(template.outpoint, template.sequence)),
        outputs,
        template.lockTime);
  }

  /** What the cohort signs with MuSig2: key path, SIGHASH_DEFAULT. */
  public Bytes keyPathSighash() {
    return Sighash.keyPath(unsigned(), 0, List.of(template.prevout), Sighash.DEFAULT);
  }

  /** What each signer of leaf A signs alone: script path, SIGHASH_DEFAULT. */
  public Bytes leafSighash(ThresholdLeaf leaf) {
    return Sighash.scriptPath(
        unsigned(), 0, List.of(template.prevout), Sighash.DEFAULT, leaf.leaf().hash());
  }

  /**
   * The transaction to broadcast, spent by key path.
   *
   * @param signature 64 bytes
   * @throws InvalidSpendException if the signature does not verify with the spent output's key
   */
  public Transaction withKeyPathSignature(Bytes signature) {
    Bytes outputKey = template.prevout.script().slice(2, 34);
    if (!Schnorr.verify(outputKey, keyPathSighash(), signature)) {
      throw new InvalidSpendException(
          "key-path signature must verify with output key "
              + outputKey
              + ", got one that does not");
    }
    return withWitness(unsigned(), List.of(signature));
  }

  /**
   * The transaction to broadcast, spent by leaf A.
   *
   * @param output the cohort's output, whose script must be the spent one
   * @param signatures exactly k signatures of 64 bytes, by x-only key
   * @throws InvalidSpendException if the output is another or has no leaf A, or a signature does
   *     not verify
   * @throws org.beaconcohort.cohort.bitcoin.script.InvalidLeafException if they are not exactly k
   *     of the leaf's keys
   */
  public Transaction withLeafASignatures(BeaconOutput output, Map<Bytes, Bytes> signatures) {
    ThresholdLeaf leaf = requireLeafA(output);
    if (!output.script().equals(template.prevout.script())) {
      throw new InvalidSpendException(
          "spent script must be the cohort's "
              + output.script()
              + ", got "
              + template.prevout.script());
    }
    List<Bytes> witness = output.leafAWitness(signatures);
    Bytes sighash = leafSighash(leaf);
    signatures.forEach((key, signature) -> {
      if (!Schnorr.verify(key, sighash, signature)) {
        throw new InvalidSpendException(
            "leaf A signature must verify with key " + key + ", got one that does not");
      }
    });
    return withWitness(unsigned(), witness);
  }

  /** The output that gives {@code available - fee - others} back to {@code script}. */
  static TxOutput change(Bytes script, long available, long fee, List<TxOutput> others) {
    if (fee < 0 || fee > available) {
      throw new InvalidSpendException(
          "fee must be 0 to the spent amount of "
              + available
              + " sat, got "
              + fee
              + ": fund the address or lower the fee");
    }
    long left = available - fee - total(others);
    if (left < 0) {
      throw new InvalidSpendException(
          "spent amount must cover fee and outputs, got "
              + -left
              + " sat too little of "
              + available
              + ": fund the address or lower the fee");
    }
    TxOutput change = new TxOutput(left, script);
    checkDust(change);
    return change;
  }

  /** All amounts together; refuses more than there is bitcoin before the sum can overflow. */
  static long total(List<TxOutput> outputs) {
    long total = 0;
    for (TxOutput output : outputs) {
      total += output.value();
      if (total > TxOutput.MAX_VALUE) {
        throw new InvalidSpendException(
            "amounts must not exceed " + TxOutput.MAX_VALUE + " sat together");
      }
    }
    return total;
  }

  private static void checkUint32(String name, long value) {
    if (value < 0 || value > 0xffff_ffffL) {
      throw new InvalidSpendException(name + " must be 0 to 2^32-1, got " + value);
    }
  }

  private static void checkDust(TxOutput output) {
    if (output.value() < output.dustLimit()) {
      throw new InvalidSpendException(
          "output to "
              + output.script()
              + " must have at least "
              + output.dustLimit()
              + " sat or nodes do not relay it, got "
              + output.value()
              + ": fund the address or lower the fee");
    }
  }

  private static ThresholdLeaf requireLeafA(BeaconOutput output) {
    return output
        .leafA()
        .orElseThrow(
            () -> new InvalidSpendException("output must have leaf A to be spent by it, got none"));
  }

  private static Transaction withWitness(Transaction unsigned, List<Bytes> witness) {
    return new Transaction(
        unsigned.version(),
        List.of(unsigned.inputs().get(0).withWitness(witness)),
        unsigned.outputs(),
        unsigned.lockTime());
  }
}
