package org.beaconcohort.cohort.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StatementCodecTest {
  @ParameterizedTest
  @EnumSource(StatementKind.class)
  void whatIsEncodedDecodesToTheSame(StatementKind kind) {
    for (long seed = 0; seed < 200; seed++) {
      RandomStatements statements = new RandomStatements(new SplittableRandom(seed));
      Header header = statements.header();
      Statement body = statements.body(kind);

      String content = StatementCodec.encode(header, body);

      assertEquals(
          new StatementCodec.Decoded(header, body),
          StatementCodec.decode(kind, content, SimNotary::read),
          "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(StatementKind.class)
  void theContentIsPrintableAsciiInOneLine(StatementKind kind) {
    for (long seed = 0; seed < 50; seed++) {
      RandomStatements statements = new RandomStatements(new SplittableRandom(seed));
      String content = StatementCodec.encode(statements.header(), statements.body(kind));

      assertTrue(content.matches("[ -\u007f]*"), "seed " + seed + ": " + content);
    }
  }

  @Test
  void updatesAreWrittenInTheOrderOfTheirDids() {
    Bytes hash = Bytes.of(new byte[32]);
    NonceOffer nonce = new NonceOffer(1, Bytes.of(new byte[66]));
    Header header = new RandomStatements(new SplittableRandom(1)).header();

    assertEquals(
        StatementCodec.encode(header, new Response(Map.of("a", hash, "b", hash), nonce)),
        StatementCodec.encode(header, new Response(Map.of("b", hash, "a", hash), nonce)));
  }

  @Test
  void anEventWithinAStatementSurvivesAsItIs() {
    Bytes id = Bytes.of(new byte[32]);
    String event = "{\"id\":\"00\",\"content\":\"{\\\"a\\\":\\\"\\u00e9é\\\"}\\n\"}";
    KeysetProposal body =
        new KeysetProposal(
            event,
            java.util.List.of(Bytes.of(new byte[33])),
            java.util.List.of(id),
            0,
            "bcrt1p",
            id,
            Bytes.EMPTY);
    Header header = new RandomStatements(new SplittableRandom(1)).header();

    StatementCodec.Decoded decoded =
        StatementCodec.decode(
            StatementKind.KEYSET_PROPOSAL, StatementCodec.encode(header, body), SimNotary::read);

    assertEquals(body, decoded.body());
  }

  @Test
  void aStatementThatIsTooLongIsNotEncoded() {
    RandomStatements statements = new RandomStatements(new SplittableRandom(1));
    Map<String, Bytes> updates = Map.of("d".repeat(41_000), Bytes.of(new byte[32]));
    Response body = new Response(updates, new NonceOffer(1, Bytes.of(new byte[66])));

    MalformedStatementException refused =
        assertThrows(
            MalformedStatementException.class,
            () -> StatementCodec.encode(statements.header(), body));
    assertTrue(String.valueOf(refused.getMessage()).contains("TOO_LARGE"), refused::getMessage);
  }

  @Test
  void halfOfASurrogatePairIsNotEncoded() {
    RandomStatements statements = new RandomStatements(new SplittableRandom(1));
    NonceOffer nonce = new NonceOffer(1, Bytes.of(new byte[66]));
    Response inKey = new Response(Map.of("\ud800", Bytes.of(new byte[32])), nonce);

    assertThrows(
        MalformedStatementException.class, () -> StatementCodec.encode(statements.header(), inKey));
  }

  @Test
  void noErrorRepeatsAChannelKey() {
    RandomStatements statements = new RandomStatements(new SplittableRandom(1));
    Bytes secret = Bytes.ofHex("5ec2e7".repeat(10) + "5ec2");
    Bytes id = Bytes.of(new byte[32]);
    String content =
        StatementCodec.encode(
            statements.header(), new Welcome(new ChannelKey(secret), id, Bytes.EMPTY));
    int refused = 0;
    for (int at = 0; at < content.length(); at++) {
      try {
        StatementCodec.decode(
            StatementKind.WELCOME,
            content.substring(0, at) + content.substring(at + 1),
            SimNotary::read);
      } catch (MalformedStatementException damaged) {
        refused++;
        for (Throwable cause = damaged; cause != null; cause = cause.getCause()) {
          String message = String.valueOf(cause.getMessage());
          assertFalse(message.contains("5ec2e75ec2e7"), "without character " + at);
        }
      }
    }
    assertTrue(refused > 300, "nearly all must be refused, got " + refused);
  }
}
