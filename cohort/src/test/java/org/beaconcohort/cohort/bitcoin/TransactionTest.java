package org.beaconcohort.cohort.bitcoin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

class TransactionTest {
  /** The recorded beacon transaction of the 2-of-3 cohort, before signing. */
  private static final String UNSIGNED =
      "0200000001abababababababababababababababababababababababababababababababab0100000000ffffffff"
          + "02808301000000000022512009e97ab2338ad77ffbb35752277812fc06b31f1e4f64903dda3ba3588b10b202"
          + "0000000000000000226a2081dfb2c8dffd2aa03bf06b911174f7bfae9434d3d9b96aaddafd3ea44aee200d"
          + "00000000";

  @Test
  void parsesARecordedTransaction() {
    Transaction transaction = Transaction.parseHex(UNSIGNED);
    assertEquals(2, transaction.version());
    assertEquals(0, transaction.lockTime());
    assertEquals(1, transaction.inputs().size());
    assertEquals(
        new Outpoint(Bytes.ofHex("ab".repeat(32)), 1), transaction.inputs().get(0).outpoint());
    assertEquals(0xffff_ffffL, transaction.inputs().get(0).sequence());
    assertEquals(99_200, transaction.outputs().get(0).value());
    assertEquals(99_200, transaction.outputValue());
    assertFalse(transaction.hasWitness());
    assertEquals(UNSIGNED, transaction.serialize().hex());
  }

  @Test
  void aWitnessChangesWtxidAndWeightButNotTxid() {
    Transaction unsigned = Transaction.parseHex(UNSIGNED);
    Transaction signed =
        new Transaction(
            unsigned.version(),
            List.of(unsigned.inputs().get(0).withWitness(List.of(Bytes.of(new byte[64])))),
            unsigned.outputs(),
            unsigned.lockTime());
    assertEquals(unsigned.txid(), signed.txid());
    assertEquals(unsigned.txid(), unsigned.wtxid());
    assertNotEquals(signed.txid(), signed.wtxid());
    assertEquals(616, signed.weight());
    assertEquals(154, signed.vsize());
    assertEquals(unsigned.serialize(), signed.serializeWithoutWitness());
  }

  @Test
  void displayTxidIsTheReverseOfTheInternalOne() {
    Transaction transaction = Transaction.parseHex(UNSIGNED);
    Outpoint outpoint = transaction.outpoint(1);
    assertEquals(transaction.txid(), outpoint.txid());
    assertEquals(transaction.displayTxid(), outpoint.displayTxid());
    assertEquals(outpoint, Outpoint.ofDisplay(transaction.displayTxid(), 1));
    assertEquals(transaction.displayTxid() + ":1", outpoint.toString());
    assertEquals(transaction.txid().slice(0, 1).hex(), transaction.displayTxid().substring(62));
  }

  @Test
  void anOutpointNeedsAnOutputThatExists() {
    Transaction transaction = Transaction.parseHex(UNSIGNED);
    assertThrows(IndexOutOfBoundsException.class, () -> transaction.outpoint(2));
    assertThrows(IndexOutOfBoundsException.class, () -> transaction.outpoint(-1));
  }

  @Test
  void dustLimitsAreThoseOfRelayingNodes() {
    String key = "ab".repeat(20);
    String wide = "cd".repeat(32);
    assertEquals(330, dustLimit("5120" + wide));
    assertEquals(330, dustLimit("0020" + wide));
    assertEquals(294, dustLimit("0014" + key));
    assertEquals(546, dustLimit("76a914" + key + "88ac"));
    assertEquals(540, dustLimit("a914" + key + "87"));
    assertEquals(240, dustLimit("51024e73"));
    assertEquals(0, dustLimit("6a20" + wide));
  }

  @Test
  void aCoinbaseTransactionKeepsItsPlaceholder() {
    Transaction coinbase =
        new Transaction(
            2,
            List.of(Transaction.Input.unsigned(Outpoint.COINBASE, 0)),
            List.of(new TxOutput(1, Bytes.EMPTY)),
            0);
    assertEquals(coinbase, Transaction.parse(coinbase.serialize()));
    assertEquals("00".repeat(32) + "ffffffff", coinbase.serialize().slice(5, 41).hex());
  }

  private static long dustLimit(String script) {
    return new TxOutput(1000, Bytes.ofHex(script)).dustLimit();
  }
}
