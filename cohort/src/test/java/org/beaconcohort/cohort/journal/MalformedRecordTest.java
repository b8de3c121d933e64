package org.beaconcohort.cohort.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Damaged records: an error that says what, of one type, and never a word of the secret within. */
final class MalformedRecordTest {
  private static final String ID = "1d".repeat(32);
  private static final String GOOD =
      "{\"code\":\"HALTED\",\"detail\":\"é\",\"opportunityId\":\"" + ID + "\"}";
  private static final String TYPE = "participant.OpportunityRefused";

  @Test
  void theRecordThatAllCasesStartFromIsGood() {
    RecordCodecTest.PARTICIPANT.decode(record(GOOD));
  }

  @Test
  void aFieldThatNobodyAskedForIsNamed() {
    assertEquals(
        "record participant.OpportunityRefused of version 1 is malformed: OpportunityRefused must"
            + " have no field but [code, detail, opportunityId], got until",
        refused(GOOD.replace("}", ",\"until\":\"2026-06-01T12:00:00Z\"}")));
    refused(
        "participant.NonceOpened",
        "{\"nonce\":{\"number\":1,\"old\":true,\"publicNonce\":\"" + "02".repeat(66) + "\"}}");
  }

  @Test
  void aFieldThatIsMissingIsNamed() {
    assertEquals(
        "record participant.OpportunityRefused of version 1 is malformed: OpportunityRefused must"
            + " have the field \"detail\"",
        refused(GOOD.replace("\"detail\":\"é\",", "")));
  }

  @Test
  void aFieldOfAnotherTypeIsNamed() {
    assertEquals(
        "record participant.OpportunityRefused of version 1 is malformed: \"detail\" of"
            + " OpportunityRefused must be a string, got 7",
        refused(GOOD.replace("\"é\"", "7")));
    refused(GOOD.replace("\"é\"", "null"));
    refused(GOOD.replace("\"" + ID + "\"", "[\"" + ID + "\"]"));
    refused(GOOD.replace("HALTED", "STOPPED"));
    refused("participant.NextRound", "{\"number\":\"1\"}");
    refused("participant.NextRound", "{\"number\":1.5}");
    refused("participant.NextRound", "{\"number\":-1}");
    refused("participant.NextRound", "{\"number\":2147483648}");
    refused("participant.Ended", "{\"outcome\":{\"type\":\"Succeeded\"}}");
    refused("participant.AddressListed", "{\"until\":\"tomorrow\"}");
  }

  @Test
  void bytesOfAnotherLengthAreRefused() {
    refused(GOOD.replace(ID, ID.substring(2)));
    refused(GOOD.replace(ID, ID + "1d"));
    refused(GOOD.replace(ID, ""));
    refused(GOOD.replace(ID, "zz" + ID.substring(2)));
  }

  @Test
  void otherTextsOfTheSameFactAreRefused() {
    refused(GOOD.replace("1d1d", "1D1d"));
    refused(GOOD.replace(":", ": "));
    refused(GOOD.replace("é", "\\u00e9"));
    refused("{\"detail\":\"é\",\"code\":\"HALTED\",\"opportunityId\":\"" + ID + "\"}");
    refused("participant.NextRound", "{\"number\":1.0}");
    refused("participant.NextRound", "{\"number\":1e0}");
    refused("participant.AddressListed", "{\"until\":\"2026-06-01T12:00:00.0Z\"}");
    refused("participant.AddressListed", "{\"until\":\"2026-06-01T14:00:00+02:00\"}");
  }

  @Test
  void whatIsNoObjectOfStrictJsonIsRefused() {
    for (String payload :
        List.of(
            "",
            " ",
            "null",
            "[]",
            "7",
            GOOD + " ",
            GOOD + "{}",
            GOOD.substring(1),
            GOOD.replace("\"code\"", "\"code\":\"HALTED\",\"code\""),
            "[".repeat(1_000_000))) {
      refused(payload);
    }
    Bytes noText = Bytes.concat(Utf8.encode(GOOD.substring(0, 30)), Bytes.ofHex("ff"));
    assertThrows(
        MalformedRecordException.class,
        () -> RecordCodecTest.PARTICIPANT.decode(new JournalRecord(TYPE, 1, noText)));
    Bytes long1 = Bytes.of(new byte[JournalRecord.MAX_SIZE + 1]);
    assertThrows(
        MalformedRecordException.class,
        () -> RecordCodecTest.PARTICIPANT.decode(new JournalRecord(TYPE, 1, long1)));
  }

  @Test
  void typesThatTheRoleDoesNotHaveAreUnknown() {
    Bytes payload = Utf8.encode(GOOD);
    for (String type :
        List.of(
            "",
            "participant.",
            "participant",
            "OpportunityRefused",
            "participant.RolledForward",
            "coordinator.Ended",
            "participant.opportunityRefused",
            "x".repeat(100_000))) {
      UnknownRecordException unknown =
          assertThrows(
              UnknownRecordException.class,
              () -> RecordCodecTest.PARTICIPANT.decode(new JournalRecord(type, 1, payload)));
      assertTrue(String.valueOf(unknown.getMessage()).length() < 300, type);
    }
    assertThrows(
        UnknownRecordException.class,
        () -> RecordCodecTest.PARTICIPANT.decode(new JournalRecord(TYPE, 2, payload)));
    assertThrows(
        MalformedRecordException.class,
        () -> RecordCodecTest.PARTICIPANT.decode(new JournalRecord(TYPE, 0, payload)));
  }

  @Test
  void anEventThatWasChangedIsRefused() {
    for (JournalRecord record : records(3)) {
      String payload = Utf8.decode(record.payload());
      if (payload.contains("\"statement\":")) {
        refused(record.type(), payload.replaceFirst("\\\\\"seq\\\\\":", "$01"));
      }
    }
  }

  @Test
  void whateverIsChangedNothingButTheTypedErrorComesOut() {
    long seed = 20261;
    RandomGenerator random = new SplittableRandom(seed);
    int cases = 0;
    int refused = 0;
    for (int facts = 1; facts <= 10; facts++) {
      for (JournalRecord record : records(facts)) {
        for (int i = 0; i < 60; i++) {
          JournalRecord changed =
              new JournalRecord(record.type(), 1, mutated(record.payload(), random));
          try {
            assertEquals(changed, decodedAndEncoded(changed), "what decodes is its fact's record");
          } catch (UnreadableRecordException expected) {
            refused++;
          } catch (RuntimeException | StackOverflowError other) {
            throw new AssertionError("seed " + seed + ", " + changed.payload(), other);
          }
          cases++;
        }
      }
    }
    System.out.println("Mutated records: " + cases + ", refused " + refused);
    assertTrue(refused > cases / 2, "seed " + seed + " must refuse most, refused " + refused);
  }

  @Test
  void noRecordIsAnotherTypes() {
    List<JournalRecord> records = records(4);
    for (JournalRecord record : records) {
      for (JournalRecord other : records) {
        JournalRecord moved = new JournalRecord(other.type(), 1, record.payload());
        try {
          assertEquals(moved, decodedAndEncoded(moved));
        } catch (UnreadableRecordException expected) {
          assertFalse(other.type().equals(record.type()));
        }
      }
    }
  }

  @Test
  void noErrorRepeatsAChannelKey() {
    RandomGenerator random = new SplittableRandom(7);
    String secret = "c0ffee5e".repeat(8);
    String channel = "{\"key\":\"" + secret + "\"}";
    String made =
        "{\"recipient\":{\"key\":\""
            + secret
            + "\",\"round\":1,\"type\":\"Channel\"},"
            + "\"statement\":\"no event\"}";
    for (int i = 0; i < 20_000; i++) {
      boolean drawn = i % 2 == 0;
      Bytes payload = mutated(Utf8.encode(drawn ? channel : made), random);
      try {
        decodedAndEncoded(
            new JournalRecord(drawn ? "coordinator.ChannelDrawn" : "coordinator.Made", 1, payload));
      } catch (UnreadableRecordException refused) {
        assertFalse(
            String.valueOf(refused.getMessage()).contains("c0ffee5e"), refused.getMessage());
        assertEquals(null, refused.getCause());
      }
    }
  }

  private static List<JournalRecord> records(long seed) {
    RandomFacts facts = new RandomFacts(seed);
    List<JournalRecord> records = new ArrayList<>();
    facts.ofParticipant().forEach(fact -> records.add(RecordCodecTest.PARTICIPANT.encode(fact)));
    facts.ofCoordinator().forEach(fact -> records.add(RecordCodecTest.COORDINATOR.encode(fact)));
    return records;
  }

  private static JournalRecord decodedAndEncoded(JournalRecord record) {
    return record.type().startsWith("participant.")
        ? RecordCodecTest.PARTICIPANT.encode(RecordCodecTest.PARTICIPANT.decode(record))
        : RecordCodecTest.COORDINATOR.encode(RecordCodecTest.COORDINATOR.decode(record));
  }

  private static JournalRecord record(String payload) {
    return new JournalRecord(TYPE, 1, Utf8.encode(payload));
  }

  private static String refused(String payload) {
    return refused(TYPE, payload);
  }

  private static String refused(String type, String payload) {
    JournalRecord record = new JournalRecord(type, 1, Utf8.encode(payload));
    MalformedRecordException refused =
        assertThrows(MalformedRecordException.class, () -> decodedAndEncoded(record), payload);
    return String.valueOf(refused.getMessage());
  }

  /** Bytes lost, doubled, moved, overwritten by others or by what JSON is made of. */
  private static Bytes mutated(Bytes payload, RandomGenerator random) {
    byte[] scraps =
        "{}[]\",:\\0-9eE.+nulltrue u00é".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Bytes bytes = payload;
    for (int times = random.nextInt(1, 4); times > 0 && bytes.size() > 0; times--) {
      int at = random.nextInt(bytes.size());
      int end = at + random.nextInt(1, Math.min(40, bytes.size() - at) + 1);
      Bytes before = bytes.slice(0, at);
      Bytes piece = bytes.slice(at, end);
      Bytes after = bytes.slice(end, bytes.size());
      Bytes one =
          Bytes.of(
              new byte[] {
                random.nextBoolean()
                    ? (byte) random.nextInt()
                    : scraps[random.nextInt(scraps.length)]
              });
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> Bytes.concat(before, after);
            case 1 -> Bytes.concat(before, one, piece, after);
            case 2 -> Bytes.concat(before, one, bytes.slice(at + 1, bytes.size()));
            case 3 -> Bytes.concat(before, piece, piece, after);
            default -> Bytes.concat(after, piece, before);
          };
    }
    return bytes;
  }
}
