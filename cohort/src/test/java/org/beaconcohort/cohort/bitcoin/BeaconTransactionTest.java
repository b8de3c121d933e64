package org.beaconcohort.cohort.bitcoin;

import static org.beaconcohort.cohort.bitcoin.GoldenCohort.OUTPOINT;
import static org.beaconcohort.cohort.bitcoin.GoldenCohort.SCRIPT;
import static org.beaconcohort.cohort.bitcoin.GoldenCohort.SIGNAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.bitcoin.script.InvalidLeafException;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BeaconTransactionTest {
  private static final String FINAL_SIGNATURE =
      "efd7cd3fbd059418bcc619f1552f9b7865cd36c47351b9758fa2c355a8f87b1b"
          + "a3613617b87bbcda33f9fa48eef52691475fbaa45af932f15bee945a16728462";
  private static final Bytes FALLBACK_SIGNAL =
      Bytes.ofHex("a1c3705933a8b18524ab290e0490560ae958701207b47e03a42c6ac9a47c040c");
  private static final Bytes FALLBACK_BY_P1 =
      Bytes.ofHex(
          "5d93f6df49cdfa994571bc9bc96bf249d5e78cf8512882d5f7c0f5e21a152eae"
              + "30e6328f43f1619f1b59f74a22ab99881564131c136253ef716f6c95f9872a53");
  private static final Bytes FALLBACK_BY_P2 =
      Bytes.ofHex(
          "0445a565844de98eecabc93ab4455de03cc0d084c6e55f9d2b9667d3c44f321d"
              + "e49a8baac994c386d2c81eef69ab15d288af408bfb86be16fe05336ec015e82e");
  private static final TxOutput PREVOUT = new TxOutput(100_000, SCRIPT);

  @Test
  void reproducesTheRecordedTransactionAndSighash() {
    BeaconTransaction transaction = golden(SIGNAL);
    assertEquals(
        "0200000001abababababababababababababababababababababababababababababababab0100000000ffff"
            + "ffff02808301000000000022512009e97ab2338ad77ffbb35752277812fc06b31f1e4f64903dda3ba3"
            + "588b10b2020000000000000000226a2081dfb2c8dffd2aa03bf06b911174f7bfae9434d3d9b96aadda"
            + "fd3ea44aee200d00000000",
        transaction.unsigned().serialize().hex());
    assertEquals(
        "8cf7084f61d585b1821ab9801654ea1d1e6e3342f73821946dd04a842e65a610",
        transaction.keyPathSighash().hex());
  }

  @Test
  void takesTheRecordedKeyPathSignatureAndNoOther() {
    BeaconTransaction transaction = golden(SIGNAL);
    Bytes signature = Bytes.ofHex(FINAL_SIGNATURE);
    Transaction signed = transaction.withKeyPathSignature(signature);
    assertEquals(List.of(signature), signed.inputs().get(0).witness());
    assertEquals(616, signed.weight());
    assertEquals(154, signed.vsize());
    Oracle.accept(signed, List.of(PREVOUT));
    BeaconTransaction other = golden(FALLBACK_SIGNAL);
    assertThrows(InvalidSpendException.class, () -> other.withKeyPathSignature(signature));
    assertThrows(
        InvalidSpendException.class,
        () -> transaction.withKeyPathSignature(Bytes.concat(signature, Bytes.ofHex("00"))));
  }

  @Test
  void theSecondRecordedCohortSignsTheRecordedSighash() {
    BeaconOutput two =
        BeaconOutput.of(List.of(GoldenCohort.P0, GoldenCohort.P1))
            .withLeafA(1)
            .withLeafB(GoldenCohort.RECOVERY, 144);
    BeaconTransaction transaction =
        new BeaconTransaction(
            GoldenCohort.template(two.script()),
            Bytes.ofHex("d38124b1626b9cf286df00b1dae1394b395ab6c0b2f78a0c8ebd350b00bf2a09"));
    assertEquals(
        "c34b2b50dd28004acf45a69de8e9f49630ef7a7ed98404dcfc92825111a0b643",
        transaction.keyPathSighash().hex());
  }

  @Test
  void reproducesTheRecordedFallback() {
    BeaconOutput output = GoldenCohort.three();
    BeaconTransaction transaction = golden(FALLBACK_SIGNAL);
    assertEquals(
        "48733add93e439d91a68429a57750d8846296f203cc4f17ba6134cee1faec68a",
        transaction.leafSighash(output.leafA().orElseThrow()).hex());
    Transaction signed = transaction.withLeafASignatures(output, fallbackSignatures());
    assertEquals(
        List.of(
            Bytes.EMPTY,
            FALLBACK_BY_P1,
            FALLBACK_BY_P2,
            output.leafA().orElseThrow().script(),
            Bytes.ofHex(
                "c1d7f88557dc5f43705444eac25b463e567608e9876d4d58b7fe38e69f5a06a303"
                    + "cf2e48bff3ffadc1674f801a3db16cf9abe3d0b1d221e5afc5ed3d31f705636d")),
        signed.inputs().get(0).witness());
    assertEquals(214, signed.vsize());
    Oracle.accept(signed, List.of(PREVOUT));
  }

  @Test
  void refusesLeafASignaturesThatDoNotVerifyOrDoNotBelong() {
    BeaconOutput output = GoldenCohort.three();
    BeaconTransaction transaction = golden(FALLBACK_SIGNAL);
    Bytes x1 = GoldenCohort.P1.slice(1, 33);
    Bytes x2 = GoldenCohort.P2.slice(1, 33);
    Map<Bytes, Bytes> swapped = Map.of(x1, FALLBACK_BY_P2, x2, FALLBACK_BY_P1);
    assertThrows(
        InvalidSpendException.class, () -> transaction.withLeafASignatures(output, swapped));
    assertThrows(
        InvalidLeafException.class,
        () -> transaction.withLeafASignatures(output, Map.of(x1, FALLBACK_BY_P1)));
    BeaconOutput other = output.withLeafA(3);
    assertThrows(
        InvalidSpendException.class,
        () -> transaction.withLeafASignatures(other, fallbackSignatures()));
    BeaconOutput leafless = BeaconOutput.of(output.keys());
    assertThrows(
        InvalidSpendException.class,
        () -> transaction.withLeafASignatures(leafless, fallbackSignatures()));
  }

  @Test
  void sizesAreKnownBeforeSigning() {
    BeaconTransaction.Template template = GoldenCohort.template(SCRIPT);
    assertEquals(154, template.keyPathVsize());
    assertEquals(214, template.leafAVsize(GoldenCohort.three()));
    BeaconTransaction.Template noChange =
        new BeaconTransaction.Template(OUTPOINT, PREVOUT, 100_000, List.of(), 2, 0, 0);
    assertEquals(111, noChange.keyPathVsize());
    BeaconTransaction.Template withAnchor =
        BeaconTransaction.Template.withChange(
            OUTPOINT, PREVOUT, 500, List.of(new TxOutput(240, Bytes.ofHex("51024e73"))));
    assertEquals(167, withAnchor.keyPathVsize());
  }

  @Test
  void theFeeIsRateTimesSizeRoundedUp() {
    assertEquals(154, BeaconTransaction.fee(154, 1000));
    assertEquals(16, BeaconTransaction.fee(154, 100));
    assertEquals(1, BeaconTransaction.fee(154, 1));
    assertEquals(0, BeaconTransaction.fee(154, 0));
    assertEquals(770, BeaconTransaction.fee(154, 5000));
    refused(() -> BeaconTransaction.fee(-1, 1));
    refused(() -> BeaconTransaction.fee(1, -1));
    refused(() -> BeaconTransaction.fee(154, Long.MAX_VALUE));
  }

  @Test
  void theChangeGoesBackToTheSpentScript() {
    BeaconTransaction.Template template =
        BeaconTransaction.Template.withChange(OUTPOINT, PREVOUT, 154, List.of());
    assertEquals(List.of(new TxOutput(99_846, SCRIPT)), template.outputs());
    assertEquals(2, template.version());
    assertEquals(0, template.lockTime());
    Transaction unsigned = new BeaconTransaction(template, SIGNAL).unsigned();
    assertEquals("6a20" + SIGNAL.hex(), unsigned.lastOutput().script().hex());
    assertEquals(0, unsigned.lastOutput().value());
  }

  @Test
  void changeAtTheDustLimitIsKeptAndBelowIsRefused() {
    BeaconTransaction.Template least =
        BeaconTransaction.Template.withChange(OUTPOINT, PREVOUT, 100_000 - 330, List.of());
    assertEquals(330, least.outputs().get(0).value());
    refused(() -> BeaconTransaction.Template.withChange(OUTPOINT, PREVOUT, 99_671, List.of()));
    refused(() -> BeaconTransaction.Template.withChange(OUTPOINT, PREVOUT, 100_000, List.of()));
    refused(() -> BeaconTransaction.Template.withChange(OUTPOINT, PREVOUT, 100_001, List.of()));
    refused(() -> BeaconTransaction.Template.withChange(OUTPOINT, PREVOUT, -1, List.of()));
  }

  @Test
  void theSameTemplateAndSignalGiveTheSameBytes() {
    assertEquals(golden(SIGNAL).unsigned().txid(), golden(SIGNAL).unsigned().txid());
    assertEquals(
        golden(SIGNAL).template().bytesWithBlankSignal(),
        golden(FALLBACK_SIGNAL).template().bytesWithBlankSignal());
  }

  @Test
  void everyByteButTheSignalEntersTheTemplatesBytes() {
    Bytes base = GoldenCohort.template(SCRIPT).bytesWithBlankSignal();
    List<TxOutput> change = List.of(new TxOutput(99_200, SCRIPT));
    for (BeaconTransaction.Template changed :
        List.of(
            new BeaconTransaction.Template(
                new Outpoint(OUTPOINT.txid(), 2), PREVOUT, 800, change, 2, 0, 0xffff_ffffL),
            new BeaconTransaction.Template(
                OUTPOINT, PREVOUT, 801, List.of(new TxOutput(99_199, SCRIPT)), 2, 0, 0xffff_ffffL),
            new BeaconTransaction.Template(OUTPOINT, PREVOUT, 800, change, 1, 0, 0xffff_ffffL),
            new BeaconTransaction.Template(OUTPOINT, PREVOUT, 800, change, 2, 1, 0xffff_ffffL),
            new BeaconTransaction.Template(OUTPOINT, PREVOUT, 800, change, 2, 0, 0xffff_fffdL))) {
      assertTrue(!changed.bytesWithBlankSignal().equals(base), changed.toString());
    }
  }

  @Test
  void refusesATemplateThatMustNotBeSigned() {
    List<TxOutput> change = List.of(new TxOutput(99_200, SCRIPT));
    refused(() -> new BeaconTransaction.Template(Outpoint.COINBASE, PREVOUT, 800, change, 2, 0, 0));
    refused(() -> new BeaconTransaction.Template(OUTPOINT, PREVOUT, 799, change, 2, 0, 0));
    refused(() -> new BeaconTransaction.Template(OUTPOINT, PREVOUT, 801, change, 2, 0, 0));
    TxOutput poor = new TxOutput(99_000, SCRIPT);
    refused(() -> new BeaconTransaction.Template(OUTPOINT, poor, -200, change, 2, 0, 0));
    TxOutput keyHash = new TxOutput(100_000, Bytes.ofHex("0014" + "ab".repeat(20)));
    refused(() -> new BeaconTransaction.Template(OUTPOINT, keyHash, 800, change, 2, 0, 0));
    List<TxOutput> dust = List.of(new TxOutput(329, SCRIPT));
    refused(() -> new BeaconTransaction.Template(OUTPOINT, PREVOUT, 99_671, dust, 2, 0, 0));
    List<TxOutput> secondSignal = List.of(new TxOutput(99_200, SCRIPT), SignalOutput.of(SIGNAL));
    refused(() -> new BeaconTransaction.Template(OUTPOINT, PREVOUT, 800, secondSignal, 2, 0, 0));
    refused(() -> new BeaconTransaction(GoldenCohort.template(SCRIPT), Bytes.of(new byte[31])));
    refused(() -> new BeaconTransaction.Template(OUTPOINT, PREVOUT, 800, change, 2, -1, 0));
    refused(() -> new BeaconTransaction.Template(OUTPOINT, PREVOUT, 800, change, 2, 0, 1L << 32));
  }

  @Test
  void refusesAmountsWhoseSumWouldOverflow() {
    TxOutput all = new TxOutput(TxOutput.MAX_VALUE, SCRIPT);
    List<TxOutput> tooMany = Collections.nCopies(5_000, all);
    refused(() -> new BeaconTransaction.Template(OUTPOINT, all, 800, tooMany, 2, 0, 0));
    refused(() -> BeaconTransaction.Template.withChange(OUTPOINT, all, 800, tooMany));
    refused(
        () -> BeaconTransaction.Template.withChange(OUTPOINT, all, Long.MAX_VALUE, List.of(all)));
  }

  @Test
  void readsWhatItBuilt() {
    BeaconTransaction transaction = golden(SIGNAL);
    assertEquals(transaction, BeaconTransaction.of(transaction.unsigned(), PREVOUT));
  }

  @Test
  void refusesToReadAnythingElse() {
    Transaction unsigned = golden(SIGNAL).unsigned();
    Transaction.Input input = unsigned.inputs().get(0);
    TxOutput change = unsigned.outputs().get(0);
    TxOutput signal = unsigned.lastOutput();
    Transaction.Input second =
        Transaction.Input.unsigned(new Outpoint(OUTPOINT.txid(), 0), 0xffff_ffffL);
    unreadable(new Transaction(2, List.of(input, second), unsigned.outputs(), 0));
    unreadable(
        new Transaction(
            2, List.of(input.withWitness(List.of(Bytes.EMPTY))), unsigned.outputs(), 0));
    unreadable(
        new Transaction(
            2,
            List.of(new Transaction.Input(OUTPOINT, Bytes.ofHex("00"), 0, List.of())),
            unsigned.outputs(),
            0));
    unreadable(new Transaction(2, List.of(input), List.of(change), 0));
    unreadable(new Transaction(2, List.of(input), List.of(signal, change), 0));
    unreadable(new Transaction(2, List.of(input), List.of(signal, signal), 0));
    unreadable(
        new Transaction(2, List.of(input), List.of(change, new TxOutput(1, signal.script())), 0));
    unreadable(
        new Transaction(2, List.of(input), List.of(new TxOutput(100_001, SCRIPT), signal), 0));
  }

  private static BeaconTransaction golden(Bytes signal) {
    return new BeaconTransaction(GoldenCohort.template(SCRIPT), signal);
  }

  private static Map<Bytes, Bytes> fallbackSignatures() {
    return Map.of(
        GoldenCohort.P1.slice(1, 33), FALLBACK_BY_P1, GoldenCohort.P2.slice(1, 33), FALLBACK_BY_P2);
  }

  private static void unreadable(Transaction transaction) {
    refused(() -> BeaconTransaction.of(transaction, PREVOUT));
  }

  private static void refused(Executable action) {
    assertThrows(InvalidSpendException.class, action);
  }
}
