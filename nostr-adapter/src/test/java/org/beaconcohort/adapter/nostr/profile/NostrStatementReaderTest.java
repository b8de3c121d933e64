package org.beaconcohort.adapter.nostr.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.beaconcohort.adapter.nostr.event.UnsignedEvent;
import org.beaconcohort.cohort.journal.JournalRecord;
import org.beaconcohort.cohort.journal.ParticipantRecords;
import org.beaconcohort.cohort.journal.RecordCodec;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/** A statement that was kept comes back with the very event that others have. */
final class NostrStatementReaderTest {
  private static final Bytes SECRET = Bytes.ofHex("c0ffee5e".repeat(8));

  private final SeededRandom random = new SeededRandom(4640);
  private final SecretKey key = SecretKey.generate(random);
  private final NostrNotary notary =
      new NostrNotary(key, () -> Instant.parse("2026-01-01T12:00:00.750Z"), random);
  private final NostrStatementReader reader = new NostrStatementReader();
  private final Header header =
      new Header(fill("c0", 32), Bytes.EMPTY, fill("1a", 16), 3, fill("99", 32), 0);

  @Test
  void whatWasSignedIsReadAsItWas() {
    SignedStatement announcement =
        notary.sign(header, new Announcement("kept", Simulation.terms(2, 5)));
    List<SignedStatement> said =
        List.of(
            announcement,
            notary.sign(header, new RoundRequest(1)),
            notary.sign(header, new Welcome(new ChannelKey(SECRET), fill("4b", 32), Bytes.EMPTY)),
            notary.sign(
                header,
                new KeysetProposal(
                    announcement.event(),
                    java.util.Collections.nCopies(1000, fill("02", 33)),
                    java.util.Collections.nCopies(1000, fill("0c", 32)),
                    0,
                    "bcrt1",
                    fill("c5", 32),
                    Bytes.EMPTY)));
    for (SignedStatement statement : said) {
      assertEquals(statement, reader.read(statement.event()));
    }
  }

  @Test
  void aMembersRecordHoldsTheEventItself() {
    RecordCodec<ParticipantFact> codec = ParticipantRecords.codec(reader);
    SignedStatement said = notary.sign(header, new RoundRequest(1));
    ParticipantFact made =
        new ParticipantFact.Made(said, new Recipient.Channel(new ChannelKey(SECRET), 1));
    JournalRecord record = codec.encode(made);
    assertEquals(made, codec.decode(record));
  }

  @Test
  void anEventKeptByTheFirstVersionIsStillRead() {
    String kept =
        """
        {"id":"de3e9f28e245083763fdc09457f368a46e790dd8eed48886ea3061075e3f33d5","pubkey":"dbc\
        cc457aad8bb5805fbd159a4fe16c7bc20916067b8dab7f6315e100d5bd4ef","created_at":1767268800\
        ,"kind":4646,"tags":[],"content":"{\\"cohort\\":\\"c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c\
        0c0c0c0c0c0c0c0c0c0c0c0c0c0c0\\",\\"round\\":\\"\\",\\"instance\\":\\"1a1a1a1a1a1a1a1a\
        1a1a1a1a1a1a1a1a\\",\\"seq\\":3,\\"previous\\":\\"999999999999999999999999999999999999\
        9999999999999999999999999999\\",\\"epoch\\":0,\\"body\\":{\\"number\\":1}}","sig":"3e9\
        18b6a9d9f1203939c050ef188aa2e31bd9153f34d4cbf84ccbd3d2b8164fae700a998ae07f1f6445f107a6\
        44b21cb16f55f6a8c82daa0773e131617d1c4bd"}\
        """;
    assertEquals(new RoundRequest(1), reader.read(kept).body());
    assertEquals(header, reader.read(kept).header());
    assertEquals(kept, reader.read(kept).event());
  }

  @Test
  void anEventOfOthersFieldsIsRefused() {
    String event = notary.sign(header, new RoundRequest(1)).event();
    refused(event.replace("\"kind\":4646", "\"kind\":4645"));
    refused(event.replace("\\\"number\\\":1", "\\\"number\\\":2"));
    refused(event.replace("\"tags\":[]", "\"tags\":[[\"d\",\"x\"]]"));
    refused(event.replace(",", ", "));
    refused(event + " ");
    refused("");
    String content = StatementCodec.encode(header, new RoundRequest(1));
    refused(signed(4646, List.of(List.of("t", "x")), content));
    refused(signed(1, List.of(), content));
    refused(signed(4646, List.of(), content + " "));
  }

  private String signed(int kind, List<List<String>> tags, String content) {
    return new UnsignedEvent(1_700_000_000, kind, tags, content).sign(key, fill("00", 32)).toJson();
  }

  @Test
  void whateverIsChangedNoOtherErrorComesOutAndNoneRepeatsAChannelKey() {
    RandomGenerator chance = new SplittableRandom(11);
    Statement welcome = new Welcome(new ChannelKey(SECRET), fill("4b", 32), Bytes.EMPTY);
    String event = notary.sign(header, welcome).event();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(event);
      for (int times = chance.nextInt(1, 4); times > 0; times--) {
        int at = chance.nextInt(text.length());
        switch (chance.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "\"\\{}[],:0a\u0000é".charAt(chance.nextInt(12)));
          default -> text.setCharAt(at, (char) chance.nextInt(0x100));
        }
      }
      String changed = text.toString();
      if (!changed.equals(event)) {
        MalformedStatementException refused =
            assertThrows(MalformedStatementException.class, () -> reader.read(changed), changed);
        assertFalse(String.valueOf(refused.getMessage()).contains("c0ffee5e"), changed);
      }
    }
  }

  private void refused(String event) {
    assertThrows(MalformedStatementException.class, () -> reader.read(event), event);
  }

  private static Bytes fill(String twoDigits, int size) {
    return Bytes.ofHex(twoDigits.repeat(size));
  }
}
