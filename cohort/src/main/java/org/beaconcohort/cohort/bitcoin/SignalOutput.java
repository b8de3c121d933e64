package org.beaconcohort.cohort.bitcoin;

import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The beacon signal of did:btcr2: a transaction's last output, whose script is exactly {@code 6a20}
 * and the 32 signal bytes. Another script, even one that pushes the same bytes, is no signal.
 */
public final class SignalOutput {
  private static final Bytes PREFIX = Bytes.ofHex("6a20");
  private static final int SCRIPT_SIZE = 34;

  private SignalOutput() {}

  /**
   * The signal output, with amount 0.
   *
   * @throws InvalidSpendException if {@code signal} is not 32 bytes
   */
  public static TxOutput of(Bytes signal) {
    if (signal.size() != 32) {
      throw new InvalidSpendException("signal must be 32 bytes, got " + signal.size());
    }
    return new TxOutput(0, Bytes.concat(PREFIX, signal));
  }

  /** The 32 signal bytes of a script, if it is a signal's. */
  public static Optional<Bytes> parse(Bytes script) {
    return script.size() == SCRIPT_SIZE && script.slice(0, 2).equals(PREFIX)
        ? Optional.of(script.slice(2, SCRIPT_SIZE))
        : Optional.empty();
  }

  /** The 32 signal bytes of a transaction, if its last output is a signal, whatever its amount. */
  public static Optional<Bytes> of(Transaction transaction) {
    return parse(transaction.lastOutput().script());
  }
}
