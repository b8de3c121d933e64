package org.beaconcohort.cohort.bitcoin;

import org.beaconcohort.musig2.bytes.Bytes;

/** An amount in satoshi, 0 to 21 million bitcoin, and the script that guards it. */
public record TxOutput(long value, Bytes script) {
  /** All the bitcoin there can ever be, in satoshi. */
  public static final long MAX_VALUE = 2_100_000_000_000_000L;

  private static final int OP_RETURN = 0x6a;
  // What Bitcoin Core charges an output for being spent later, at 3 sat/vB.
  private static final long DUST_SAT_PER_VB = 3;
  private static final long WITNESS_SPEND_VB = 67;
  private static final long LEGACY_SPEND_VB = 148;

  public TxOutput {
    if (value < 0 || value > MAX_VALUE) {
      throw new MalformedTransactionException(
          "amount must be 0 to " + MAX_VALUE + " sat, got " + value);
    }
  }

  /** Whether the script starts with OP_RETURN, so that nobody can ever spend the output. */
  public boolean isOpReturn() {
    return script.size() > 0 && script.at(0) == OP_RETURN;
  }

  /** Whether the script is P2TR: version 1 and a 32-byte x-only output key. */
  public boolean isP2tr() {
    return script.size() == 34 && script.at(0) == 0x51 && script.at(1) == 32;
  }

  /**
   * The least satoshi with which nodes relay an output of this script: 330 for P2TR, 294 for
   * P2WPKH, 546 for P2PKH, 0 for OP_RETURN.
   */
  public long dustLimit() {
    if (isOpReturn()) {
      return 0;
    }
    return (serializedSize() + (isWitnessProgram() ? WITNESS_SPEND_VB : LEGACY_SPEND_VB))
        * DUST_SAT_PER_VB;
  }

  int serializedSize() {
    int prefix = script.size() < 0xfd ? 1 : script.size() <= 0xffff ? 3 : 5;
    return 8 + prefix + script.size();
  }

  private boolean isWitnessProgram() {
    int size = script.size();
    if (size < 4 || size > 42 || script.at(1) != size - 2) {
      return false;
    }
    int version = script.at(0);
    return version == 0 || (version >= 0x51 && version <= 0x60);
  }
}
