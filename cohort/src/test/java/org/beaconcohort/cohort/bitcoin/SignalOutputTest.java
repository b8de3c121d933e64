package org.beaconcohort.cohort.bitcoin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

class SignalOutputTest {
  private static final String SIGNAL =
      "81dfb2c8dffd2aa03bf06b911174f7bfae9434d3d9b96aaddafd3ea44aee200d";

  @Test
  void theScriptIsOpReturnAndOnePush() {
    TxOutput output = SignalOutput.of(Bytes.ofHex(SIGNAL));
    assertEquals("6a20" + SIGNAL, output.script().hex());
    assertEquals(0, output.value());
  }

  @Test
  void readsItsOwnScript() {
    assertEquals(
        Optional.of(Bytes.ofHex(SIGNAL)), SignalOutput.parse(Bytes.ofHex("6a20" + SIGNAL)));
  }

  @Test
  void noOtherScriptIsASignal() {
    for (String script :
        List.of(
            "",
            "6a",
            "6a20",
            SIGNAL,
            "6a20" + SIGNAL.substring(2),
            "6a20" + SIGNAL + "00",
            "6a1f" + SIGNAL,
            "6a21" + SIGNAL + "00",
            "6a4c20" + SIGNAL,
            "6a4d2000" + SIGNAL,
            "6a006a20" + SIGNAL,
            "016a20" + SIGNAL,
            "5120" + SIGNAL,
            "6b20" + SIGNAL)) {
      assertEquals(Optional.empty(), SignalOutput.parse(Bytes.ofHex(script)), script);
    }
  }

  @Test
  void refusesSignalsOfAnotherLength() {
    for (int size : new int[] {0, 31, 33}) {
      assertThrows(InvalidSpendException.class, () -> SignalOutput.of(Bytes.of(new byte[size])));
    }
  }

  @Test
  void onlyTheLastOutputOfATransactionCounts() {
    TxOutput signal = SignalOutput.of(Bytes.ofHex(SIGNAL));
    TxOutput other = new TxOutput(1000, Bytes.ofHex("51"));
    assertEquals(
        Optional.of(Bytes.ofHex(SIGNAL)), SignalOutput.of(transaction(List.of(other, signal))));
    assertEquals(Optional.empty(), SignalOutput.of(transaction(List.of(signal, other))));
  }

  private static Transaction transaction(List<TxOutput> outputs) {
    Outpoint outpoint = new Outpoint(Bytes.ofHex("ab".repeat(32)), 0);
    return new Transaction(2, List.of(Transaction.Input.unsigned(outpoint, 0)), outputs, 0);
  }
}
