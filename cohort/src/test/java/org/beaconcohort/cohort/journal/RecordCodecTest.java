package org.beaconcohort.cohort.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** What a record gives back is the fact, and what it is made of has the names of the code. */
final class RecordCodecTest {
  static final RecordCodec<ParticipantFact> PARTICIPANT = ParticipantRecords.codec(SimNotary::read);
  static final RecordCodec<CoordinatorFact> COORDINATOR = CoordinatorRecords.codec(SimNotary::read);

  @Test
  void everyFactComesBackAsItWas() {
    for (long seed = 1; seed <= 40; seed++) {
      RandomFacts facts = new RandomFacts(seed);
      for (ParticipantFact fact : facts.ofParticipant()) {
        comesBack(PARTICIPANT, fact, "seed " + seed);
      }
      for (CoordinatorFact fact : facts.ofCoordinator()) {
        comesBack(COORDINATOR, fact, "seed " + seed);
      }
    }
  }

  private static <F> void comesBack(RecordCodec<F> codec, F fact, String where) {
    JournalRecord record = codec.encode(fact);
    F decoded = codec.decode(record);
    assertEquals(fact, decoded, where);
    assertEquals(record, codec.encode(decoded), where);
  }

  @Test
  void everyTypeOfFactIsAmongThem() {
    RandomFacts facts = new RandomFacts(1);
    assertEquals(types(ParticipantFact.class), types(facts.ofParticipant()));
    assertEquals(types(CoordinatorFact.class), types(facts.ofCoordinator()));
  }

  private static Set<String> types(Class<?> facts) {
    return all(facts).map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Records, also those of a family of their own. */
  static Stream<Class<?>> all(Class<?> facts) {
    return facts.isRecord()
        ? Stream.of(facts)
        : Arrays.stream(facts.getPermittedSubclasses()).flatMap(RecordCodecTest::all);
  }

  private static Set<String> types(List<?> facts) {
    return facts.stream()
        .map(fact -> fact.getClass().getSimpleName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void typesAndFieldsHaveTheNamesOfTheCode() {
    RandomFacts facts = new RandomFacts(2);
    facts.ofParticipant().forEach(fact -> named("participant", fact, PARTICIPANT.encode(fact)));
    facts.ofCoordinator().forEach(fact -> named("coordinator", fact, COORDINATOR.encode(fact)));
  }

  private static void named(String role, Object fact, JournalRecord record) {
    assertEquals(role + "." + fact.getClass().getSimpleName(), record.type());
    assertEquals(1, record.version());
    Set<String> fields = new TreeSet<>();
    JsonFields.object(
            StrictJson.parse(record.payload(), new JsonLimits(JournalRecord.MAX_SIZE, 48)), "fact")
        .fieldNames()
        .forEachRemaining(fields::add);
    assertEquals(
        Stream.of(fact.getClass().getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(TreeSet::new)),
        fields,
        record.type());
  }

  @Test
  void wordsWithHalfASurrogatePairKeepNoFactOut() {
    for (String detail : List.of("\ud83d", "a\udc00b", "\udc00\ud83d", "é\ud83d\ude00\ud83d")) {
      var fact = new ParticipantFact.Ended(new Outcome.Failed(Code.HALTED, detail));
      var kept = PARTICIPANT.decode(PARTICIPANT.encode(fact));
      assertEquals(
          detail
              .replaceAll("[\\ud800-\\udbff](?![\\udc00-\\udfff])", "\ufffd")
              .replaceAll("(?<![\\ud800-\\udbff])[\\udc00-\\udfff]", "\ufffd"),
          ((Outcome.Failed) ((ParticipantFact.Ended) kept).outcome()).detail());
    }
  }

  @Test
  void aFactThatNoRecordHoldsIsNotWritten() {
    MalformedRecordException negative =
        assertThrows(
            MalformedRecordException.class,
            () -> PARTICIPANT.encode(new ParticipantFact.SignalAnchored(-1, Instant.EPOCH)));
    assertEquals(
        "SignalAnchored of a participant cannot be a record: depth must be"
            + " 0..9007199254740991, got -1",
        negative.getMessage());
    Bytes id = Bytes.of(new byte[32]);
    Bytes other = Bytes.of(new byte[31]);
    for (ParticipantFact fact :
        List.of(
            new ParticipantFact.KeysetVerified(other, Instant.EPOCH),
            new ParticipantFact.Claimed(id, 1, other, id, Instant.EPOCH),
            new ParticipantFact.Claimed(id, 1, id, other, Instant.EPOCH),
            new ParticipantFact.Completed(id, Instant.EPOCH))) {
      assertThrows(MalformedRecordException.class, () -> PARTICIPANT.encode(fact));
    }
    String words = "x".repeat(JournalRecord.MAX_SIZE);
    assertThrows(
        MalformedRecordException.class,
        () ->
            COORDINATOR.encode(new CoordinatorFact.Ended(new Outcome.Failed(Code.HALTED, words))));
  }

  @Test
  void aRecordPrintsNoChannelKey() {
    Bytes secret = Bytes.ofHex("5e".repeat(32));
    JournalRecord record =
        COORDINATOR.encode(new CoordinatorFact.ChannelDrawn(new ChannelKey(secret)));
    assertEquals("JournalRecord[coordinator.ChannelDrawn version 1, 74 bytes]", record.toString());
    assertFalse(record.toString().contains(record.payload().hex()));
    assertTrue(record.payload().size() > 64);
  }
}
