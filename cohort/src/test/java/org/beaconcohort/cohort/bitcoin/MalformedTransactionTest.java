package org.beaconcohort.cohort.bitcoin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the parser refuses, and that it refuses nothing with any other error. */
class MalformedTransactionTest {
  private static final String VERSION = "02000000";
  private static final String INPUT = "ab".repeat(32) + "00000000" + "00" + "ffffffff";
  private static final String OUTPUT = "e803000000000000" + "0151";
  private static final String LOCK_TIME = "00000000";
  private static final String PLAIN = VERSION + "01" + INPUT + "01" + OUTPUT + LOCK_TIME;
  private static final String SIGNED =
      VERSION + "0001" + "01" + INPUT + "01" + OUTPUT + "0102abcd" + LOCK_TIME;

  @Test
  void theStartingPointsAreGood() {
    assertEquals(PLAIN, Transaction.parseHex(PLAIN).serialize().hex());
    assertEquals(SIGNED, Transaction.parseHex(SIGNED).serialize().hex());
  }

  @Test
  void refusesEveryTruncation() {
    for (String whole : List.of(PLAIN, SIGNED)) {
      for (int size = 0; size < whole.length(); size += 2) {
        refused(whole.substring(0, size), "must");
      }
    }
  }

  @Test
  void refusesTrailingBytes() {
    refused(PLAIN + "00", "must end after its lock time");
    refused(SIGNED + SIGNED, "must end after its lock time");
  }

  @Test
  void refusesNumbersThatAreNotInTheirShortestForm() {
    refused(VERSION + "fd0100" + INPUT + "01" + OUTPUT + LOCK_TIME, "shortest form");
    refused(VERSION + "fe01000000" + INPUT + "01" + OUTPUT + LOCK_TIME, "shortest form");
    refused(VERSION + "ff0100000000000000" + INPUT + "01" + OUTPUT + LOCK_TIME, "shortest form");
    refused(VERSION + "01" + INPUT + "fd0100" + OUTPUT + LOCK_TIME, "shortest form");
    refused(
        VERSION + "01" + INPUT + "01" + "e803000000000000" + "fd010051" + LOCK_TIME,
        "shortest form");
    refused(
        VERSION + "0001" + "01" + INPUT + "01" + OUTPUT + "01fd0200abcd" + LOCK_TIME,
        "shortest form");
  }

  @Test
  void refusesCountsAndLengthsBeyondTheBytesBeforeAllocating() {
    for (String huge :
        List.of("fdffff", "feffffff7f", "ffffffffffffffff7f", "ff" + "ff".repeat(8))) {
      refused(VERSION + huge + INPUT + "01" + OUTPUT + LOCK_TIME, "must fit");
      refused(VERSION + "01" + INPUT + huge + OUTPUT + LOCK_TIME, "must fit");
      refused(
          VERSION + "01" + INPUT + "01" + "e803000000000000" + huge + "51" + LOCK_TIME, "must fit");
      refused(
          VERSION + "0001" + "01" + INPUT + "01" + OUTPUT + huge + "02abcd" + LOCK_TIME,
          "must fit");
    }
  }

  @Test
  void refusesAWrongSegwitMarkerOrFlag() {
    refused(VERSION + "0000" + "01" + INPUT + "01" + OUTPUT + "0102abcd" + LOCK_TIME, "flag 1");
    refused(VERSION + "0002" + "01" + INPUT + "01" + OUTPUT + "0102abcd" + LOCK_TIME, "flag 1");
    refused(VERSION + "0001" + "00" + "01" + OUTPUT + LOCK_TIME, "must have inputs");
  }

  @Test
  void refusesAMarkerWithoutAnyWitness() {
    refused(VERSION + "0001" + "01" + INPUT + "01" + OUTPUT + "00" + LOCK_TIME, "segwit marker");
  }

  @Test
  void refusesNoInputsAndNoOutputs() {
    refused(VERSION + "00" + "00" + LOCK_TIME, "must have inputs");
    refused(VERSION + "01" + INPUT + "00" + LOCK_TIME, "must have inputs and outputs");
  }

  @Test
  void refusesImpossibleAmounts() {
    refused(withAmount("0140075af0750700"), "amount must be 0 to 2100000000000000 sat");
    refused(withAmount("ffffffffffffffff"), "amount must be 0 to 2100000000000000 sat");
    refused(withAmount("0000000000000080"), "amount must be 0 to 2100000000000000 sat");
    String most = "0040075af0750700" + "0151";
    assertEquals(
        TxOutput.MAX_VALUE,
        Transaction.parseHex(withAmount("0040075af0750700")).outputs().get(0).value());
    refused(VERSION + "01" + INPUT + "02" + most + OUTPUT + LOCK_TIME, "outputs must not exceed");
  }

  @Test
  void refusesTheSameOutpointTwice() {
    refused(VERSION + "02" + INPUT + INPUT + "01" + OUTPUT + LOCK_TIME, "different outpoints");
  }

  @Test
  void refusesACoinbaseInputBesideAnother() {
    String coinbase = "00".repeat(32) + "ffffffff" + "00" + "ffffffff";
    refused(VERSION + "02" + coinbase + INPUT + "01" + OUTPUT + LOCK_TIME, "only input");
  }

  @Test
  void refusesAnIndexNoTransactionReaches() {
    for (String index : List.of("ffffffff", "00000080")) {
      String input = "ab".repeat(32) + index + "00" + "ffffffff";
      refused(VERSION + "01" + input + "01" + OUTPUT + LOCK_TIME, "outpoint index");
    }
  }

  @Test
  void refusesMoreThanABlockHolds() {
    assertThrows(
        MalformedTransactionException.class,
        () -> Transaction.parse(Bytes.of(new byte[Transaction.MAX_WEIGHT + 1])));
    assertThrows(
        MalformedTransactionException.class,
        () -> Transaction.parseHex("00".repeat(Transaction.MAX_WEIGHT + 1)));
    Transaction heavy =
        new Transaction(
            2,
            List.of(Transaction.Input.unsigned(new Outpoint(Bytes.ofHex("ab".repeat(32)), 0), 0)),
            List.of(new TxOutput(0, Bytes.of(new byte[1_000_000]))),
            0);
    MalformedTransactionException refused =
        assertThrows(
            MalformedTransactionException.class, () -> Transaction.parse(heavy.serialize()));
    assertTrue(String.valueOf(refused.getMessage()).contains("weigh"), refused::getMessage);
  }

  @Test
  void refusesTextThatIsNotHexadecimal() {
    for (String text : List.of("", "0", "zz", PLAIN + "0", " " + PLAIN, PLAIN.replace('a', 'g'))) {
      assertThrows(MalformedTransactionException.class, () -> Transaction.parseHex(text), text);
    }
  }

  @Test
  void refusesFieldsOutOfRange() {
    Outpoint outpoint = new Outpoint(Bytes.ofHex("ab".repeat(32)), 0);
    List<Transaction.Input> inputs = List.of(Transaction.Input.unsigned(outpoint, 0));
    List<TxOutput> outputs = List.of(new TxOutput(0, Bytes.EMPTY));
    malformed(() -> new Transaction(2, inputs, outputs, -1));
    malformed(() -> new Transaction(2, inputs, outputs, 1L << 32));
    malformed(() -> Transaction.Input.unsigned(outpoint, -1));
    malformed(() -> Transaction.Input.unsigned(outpoint, 1L << 32));
    malformed(() -> new TxOutput(-1, Bytes.EMPTY));
    malformed(() -> new Outpoint(Bytes.ofHex("ab".repeat(31)), 0));
    malformed(() -> new Outpoint(Bytes.ofHex("ab".repeat(32)), -1));
    malformed(() -> new Outpoint(Bytes.of(new byte[32]), -2));
  }

  @Test
  void refusesADisplayTxidThatIsNotOne() {
    malformed(() -> Outpoint.ofDisplay("ab".repeat(31), 0));
    malformed(() -> Outpoint.ofDisplay("AB".repeat(32), 0));
    malformed(() -> Outpoint.ofDisplay("zz".repeat(32), 0));
    malformed(() -> Outpoint.ofDisplay("ab".repeat(32), -1));
  }

  @Test
  void mutatedTransactionsSerializeToThemselvesOrAreRefused() {
    long seed = 144;
    SplittableRandom random = new SplittableRandom(seed);
    RandomTransactions transactions = new RandomTransactions(seed);
    List<byte[]> starts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      starts.add(transactions.next().serialize().toArray());
    }
    int parsed = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = starts.get(random.nextInt(starts.size())).clone();
      int near = Math.min(bytes.length, 300);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        bytes[random.nextInt(near)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
      }
      if (random.nextInt(5) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 10));
      }
      Bytes mutated = Bytes.of(bytes);
      try {
        assertEquals(
            mutated, Transaction.parse(mutated).serialize(), "seed " + seed + ", round " + round);
        parsed++;
      } catch (MalformedTransactionException refused) {
        assertTrue(refused.getMessage() != null, "seed " + seed + ", round " + round);
      }
    }
    assertTrue(parsed > 1000, "only " + parsed + " of the mutations parsed, seed " + seed);
  }

  private static String withAmount(String amount) {
    return VERSION + "01" + INPUT + "01" + amount + "0151" + LOCK_TIME;
  }

  private static void refused(String hex, String why) {
    MalformedTransactionException refused =
        assertThrows(
            MalformedTransactionException.class, () -> Transaction.parseHex(hex), () -> hex);
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::getMessage);
  }

  private static void malformed(Executable action) {
    assertThrows(MalformedTransactionException.class, action);
  }
}
