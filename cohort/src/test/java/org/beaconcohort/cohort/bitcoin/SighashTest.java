package org.beaconcohort.cohort.bitcoin;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Sighashes that BIP-341 does not define are refused. */
class SighashTest {
  private static final TxOutput PREVOUT = new TxOutput(100_000, GoldenCohort.SCRIPT);
  private static final Transaction TRANSACTION =
      new BeaconTransaction(GoldenCohort.template(GoldenCohort.SCRIPT), GoldenCohort.SIGNAL)
          .unsigned();

  @Test
  void refusesUnknownHashTypes() {
    for (int hashType : new int[] {-1, 4, 0x10, 0x80, 0x84, 0xff, 0x100, 0x181}) {
      refused(() -> Sighash.keyPath(TRANSACTION, 0, List.of(PREVOUT), hashType));
    }
  }

  @Test
  void refusesInputsThatAreNotThere() {
    refused(() -> Sighash.keyPath(TRANSACTION, 1, List.of(PREVOUT), Sighash.DEFAULT));
    refused(() -> Sighash.keyPath(TRANSACTION, -1, List.of(PREVOUT), Sighash.DEFAULT));
  }

  @Test
  void refusesPrevoutsThatDoNotMatchTheInputs() {
    refused(() -> Sighash.keyPath(TRANSACTION, 0, List.of(), Sighash.DEFAULT));
    refused(() -> Sighash.keyPath(TRANSACTION, 0, List.of(PREVOUT, PREVOUT), Sighash.DEFAULT));
  }

  @Test
  void refusesSingleWithoutItsOutput() {
    Transaction oneOutput =
        new Transaction(
            2,
            List.of(
                TRANSACTION.inputs().get(0),
                Transaction.Input.unsigned(new Outpoint(Bytes.ofHex("cd".repeat(32)), 0), 0)),
            List.of(PREVOUT),
            0);
    List<TxOutput> prevouts = List.of(PREVOUT, PREVOUT);
    refused(() -> Sighash.keyPath(oneOutput, 1, prevouts, Sighash.SINGLE));
    refused(() -> Sighash.keyPath(oneOutput, 1, prevouts, Sighash.SINGLE | Sighash.ANYONECANPAY));
  }

  @Test
  void refusesALeafHashOfAnotherLength() {
    refused(() ->
        Sighash.scriptPath(
            TRANSACTION, 0, List.of(PREVOUT), Sighash.DEFAULT, Bytes.of(new byte[31])));
  }

  private static void refused(Executable action) {
    assertThrows(InvalidSpendException.class, action);
  }
}
