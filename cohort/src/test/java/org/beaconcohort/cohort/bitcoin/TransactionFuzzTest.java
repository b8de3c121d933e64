package org.beaconcohort.cohort.bitcoin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.InvalidContributionException;
import org.junit.jupiter.api.Test;

/** Transactions and what points into them under mutation. */
final class TransactionFuzzTest {
  private static final RandomTransactions RANDOM = new RandomTransactions(63);
  private static final List<Transaction> SMALL =
      Stream.generate(RANDOM::next)
          .filter(transaction -> transaction.serialize().size() < 2_000)
          .limit(8)
          .toList();

  @Test
  void bytesAreATransactionOrRefused() {
    Fuzz.ofBytes("Transaction.parse", SMALL.stream().map(Transaction::serialize).toList())
        .refusing(MalformedTransactionException.class)
        .run(bytes -> {
          Transaction transaction = Transaction.parse(bytes);
          assertEquals(bytes, transaction.serialize());
          SignalOutput.of(transaction);
          transaction.outputs().forEach(TxOutput::dustLimit);
        });
  }

  @Test
  void aTextIsATransactionOrRefused() {
    Fuzz.ofText(
            "Transaction.parseHex",
            SMALL.stream().map(transaction -> transaction.serialize().hex()).toList())
        .refusing(MalformedTransactionException.class)
        .run(text ->
            assertEquals(
                text.toLowerCase(Locale.ROOT), Transaction.parseHex(text).serialize().hex()));
  }

  @Test
  void aTextIsATxidOrRefused() {
    String txid = SMALL.get(0).displayTxid();
    Fuzz.ofText("Outpoint.ofDisplay", List.of(txid))
        .refusing(MalformedTransactionException.class)
        .run(text -> assertEquals(text, Outpoint.ofDisplay(text, 0).displayTxid()));
  }

  @Test
  void aScriptIsASignalOrNone() {
    Fuzz.ofBytes("SignalOutput.parse", List.of(SignalOutput.of(Bytes.of(new byte[32])).script()))
        .run(bytes ->
            SignalOutput.parse(bytes)
                .ifPresent(signal -> assertEquals(bytes, SignalOutput.of(signal).script())));
  }

  @Test
  void keysHaveABeaconOutputOrAreRefused() {
    Bytes keys = Bytes.concat(GoldenCohort.P1, GoldenCohort.P0);
    Fuzz.ofBytes("BeaconOutput.of", List.of(keys))
        .refusing(InvalidKeySetException.class, InvalidContributionException.class)
        .upTo(4 * 33)
        .run(bytes -> BeaconOutput.of(elements(bytes)));
  }

  private static List<Bytes> elements(Bytes joined) {
    return Stream.iterate(0, from -> from < joined.size(), from -> from + 33)
        .map(from -> joined.slice(from, Math.min(from + 33, joined.size())))
        .toList();
  }
}
