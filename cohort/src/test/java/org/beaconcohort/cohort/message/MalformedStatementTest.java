package org.beaconcohort.cohort.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The decoder of statements takes one text per statement and refuses all others. */
final class MalformedStatementTest {
  private static final String GOOD =
      "{\"cohort\":\""
          + "ab".repeat(32)
          + "\",\"round\":\"\",\"instance\":\""
          + "cd".repeat(16)
          + "\",\"seq\":7,\"previous\":\""
          + "ef".repeat(32)
          + "\",\"epoch\":0,\"body\":{\"number\":3}}";

  private static MalformedStatementException refused(StatementKind kind, String content) {
    return assertThrows(
        MalformedStatementException.class,
        () -> StatementCodec.decode(kind, content, SimNotary::read),
        () -> "must be refused: " + content);
  }

  private static MalformedStatementException refused(String content) {
    assertNotEquals(GOOD, content, "the case must change something");
    return refused(StatementKind.ROUND_REQUEST, content);
  }

  @Test
  void theStatementThatAllCasesStartFromIsGood() {
    StatementCodec.Decoded decoded =
        StatementCodec.decode(StatementKind.ROUND_REQUEST, GOOD, SimNotary::read);

    assertEquals(new RoundStatement.RoundRequest(3), decoded.body());
    assertEquals(7, decoded.header().seq());
  }

  @Test
  void whatIsNoJsonObjectIsRefused() {
    for (String content :
        List.of(
            "", " ", "null", "7", "\"text\"", "[]", "[" + GOOD + "]", "{", "\u0000", "\ud800")) {
      refused(content);
    }
  }

  @Test
  void truncatedTextIsRefused() {
    for (int end = 0; end < GOOD.length(); end++) {
      refused(GOOD.substring(0, end));
    }
  }

  @Test
  void anythingAfterTheObjectIsRefused() {
    for (String trailing : List.of(" ", "\n", "}", "{}", "0", GOOD, "\u0000")) {
      refused(GOOD + trailing);
    }
  }

  @Test
  void anythingBeforeTheObjectIsRefused() {
    for (String leading : List.of(" ", "\ufeff", "\n", "{}")) {
      refused(leading + GOOD);
    }
  }

  @Test
  void spacesAreRefused() {
    refused(GOOD.replace(":7", ": 7"));
    refused(GOOD.replace(",\"seq\"", ",\n\"seq\""));
    refused(GOOD.replace("{\"number", "{ \"number"));
  }

  @Test
  void duplicateKeysAreRefused() {
    refused(GOOD.replace("\"seq\":7", "\"seq\":7,\"seq\":7"));
    refused(GOOD.replace("\"seq\":7", "\"seq\":8,\"seq\":7"));
    refused(GOOD.replace("\"number\":3", "\"number\":3,\"number\":3"));
    refused(GOOD.replace("\"number\":3", "\"number\":3,\"n\\u0075mber\":3"));
  }

  @Test
  void unknownFieldsAreRefused() {
    refused(GOOD.replace("\"seq\":7", "\"seq\":7,\"extra\":1"));
    refused(GOOD.replace("\"number\":3", "\"number\":3,\"extra\":null"));
    refused(GOOD.replace("\"number\":3}", "\"number\":3},\"extra\":{}"));
  }

  @Test
  void missingFieldsAreRefused() {
    refused(GOOD.replace("\"seq\":7,", ""));
    refused(GOOD.replace("\"round\":\"\",", ""));
    refused(GOOD.replace("\"number\":3", ""));
    refused(GOOD.replace(",\"body\":{\"number\":3}", ""));
  }

  @Test
  void anotherOrderOfFieldsIsRefused() {
    refused(GOOD.replace("\"seq\":7,", "").replace("\"epoch\":0", "\"epoch\":0,\"seq\":7"));
  }

  @Test
  void otherSpellingsOfNumbersAreRefused() {
    for (String seven : List.of("7.0", "7e0", "70e-1", "07", "+7", "0x7", "7.", "\"7\"", "-7")) {
      refused(GOOD.replace("\"seq\":7", "\"seq\":" + seven));
    }
    refused(GOOD.replace("\"epoch\":0", "\"epoch\":-0"));
    refused(GOOD.replace("\"epoch\":0", "\"epoch\":0.0"));
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    for (String number :
        List.of("0", "-1", "1000001", "2147483648", "9007199254740992", "1e400", "NaN", "7.5")) {
      refused(GOOD.replace("\"number\":3", "\"number\":" + number));
    }
    refused(GOOD.replace("\"seq\":7", "\"seq\":1099511627777"));
    refused(GOOD.replace("\"epoch\":0", "\"epoch\":2147483648"));
  }

  @Test
  void otherTypesAreRefused() {
    for (String other : List.of("null", "true", "\"3\"", "[3]", "{}", "3.5")) {
      refused(GOOD.replace("\"number\":3", "\"number\":" + other));
    }
    for (String other : List.of("null", "0", "[]", "{}", "false")) {
      refused(GOOD.replace("\"round\":\"\"", "\"round\":" + other));
    }
    for (String other : List.of("null", "0", "[]", "\"\"", "[{\"number\":3}]")) {
      refused(GOOD.replace("{\"number\":3}", other));
    }
  }

  @Test
  void upperCaseHexIsRefused() {
    refused(GOOD.replace("ab", "AB"));
    refused(GOOD.replaceFirst("ab", "aB"));
  }

  @Test
  void otherTextThanHexIsRefused() {
    for (String other : List.of("xy", "a", "a ", "\\u00e9b", "\u0661b", "0x")) {
      refused(GOOD.replaceFirst("ab", other));
    }
  }

  @Test
  void bytesOfAnotherLengthAreRefused() {
    refused(GOOD.replaceFirst("ab", "abab"));
    refused(GOOD.replaceFirst("ab", ""));
    refused(GOOD.replace("ab".repeat(32), ""));
    refused(GOOD.replaceFirst("cd", ""));
    refused(GOOD.replace("\"round\":\"\"", "\"round\":\"ab\""));
  }

  @Test
  void escapesThatAreNotNeededAreRefused() {
    refused(GOOD.replace("\"seq\"", "\"s\\u0065q\""));
    refused(GOOD.replaceFirst("ab", "\\u0061b"));
  }

  @Test
  void charactersBeyondAsciiAreRefusedUnlessEscapedTheOneWay() {
    String content =
        GOOD.replace(
            "{\"number\":3}",
            "{\"optInId\":\""
                + "ab".repeat(32)
                + "\",\"code\":\"NOT_ENOUGH\",\"detail\":\"two of three\"}");
    StatementCodec.decode(StatementKind.OPT_IN_REFUSED, content, SimNotary::read);
    for (String detail : List.of("é", "\\u00e9", "\\/", "\\u0020", "\\ud800", "\ud800")) {
      refused(StatementKind.OPT_IN_REFUSED, content.replace("two of three", detail));
    }
    refused(StatementKind.OPT_IN_REFUSED, content.replace("NOT_ENOUGH", "not_enough"));
    refused(StatementKind.OPT_IN_REFUSED, content.replace("NOT_ENOUGH", "WHATEVER"));
  }

  @Test
  void deepNestingIsRefused() {
    for (int depth : List.of(7, 64, 65, 1000, 19_000)) {
      refused(GOOD.replace("\"number\":3", "\"number\":" + "[".repeat(depth) + "]".repeat(depth)));
      refused("[".repeat(depth));
      refused("{\"body\":".repeat(Math.min(depth, 4000)));
    }
  }

  @ParameterizedTest
  @EnumSource(StatementKind.class)
  void tooLongTextIsRefusedBeforeItIsRead(StatementKind kind) {
    int most = StatementCodec.maxSize(kind);

    assertTrue(message(refused(kind, "x".repeat(most + 1))).contains("TOO_LARGE"));
    assertTrue(!message(refused(kind, "x".repeat(most))).contains("TOO_LARGE"));
  }

  @Test
  void textThatIsTooLongInUtf8OnlyIsRefused() {
    refused(GOOD.replace("\"round\":\"\"", "\"round\":\"" + "€".repeat(40_000) + "\""));
  }

  @ParameterizedTest
  @EnumSource(StatementKind.class)
  void aStatementOfAnotherKindIsRefused(StatementKind kind) {
    RandomStatements statements = new RandomStatements(new SplittableRandom(5));
    String content = StatementCodec.encode(statements.header(), statements.body(kind));
    for (StatementKind other : StatementKind.values()) {
      if (other != kind) {
        refused(other, content);
      }
    }
  }

  @Test
  void txidsAreLowerCaseHexOf32Bytes() {
    RandomStatements statements = new RandomStatements(new SplittableRandom(5));
    String content =
        StatementCodec.encode(statements.header(), statements.body(StatementKind.OPPORTUNITY));
    String txid = content.replaceAll(".*\"txid\":\"([^\"]*)\".*", "$1");

    refused(
        StatementKind.OPPORTUNITY, content.replace(txid, txid.toUpperCase(java.util.Locale.ROOT)));
    refused(StatementKind.OPPORTUNITY, content.replace(txid, txid.substring(2)));
    refused(StatementKind.OPPORTUNITY, content.replace(txid, txid + "00"));
    refused(StatementKind.OPPORTUNITY, content.replaceAll("\"vout\":\\d+", "\"vout\":-1"));
    refused(StatementKind.OPPORTUNITY, content.replaceAll("\"vout\":\\d+", "\"vout\":4294967295"));
  }

  @Test
  void termsOfAnotherProfileAreRefused() {
    RandomStatements statements = new RandomStatements(new SplittableRandom(5));
    String content =
        StatementCodec.encode(statements.header(), statements.body(StatementKind.ANNOUNCEMENT));

    refused(StatementKind.ANNOUNCEMENT, content.replace("beacon-cohort/1", "beacon-cohort/2"));
  }

  @Test
  void whateverIsChangedNothingButTheTypedErrorComesOut() {
    long seed = 20260;
    RandomGenerator random = new SplittableRandom(seed);
    RandomStatements statements = new RandomStatements(random);
    List<StatementKind> kinds = List.of(StatementKind.values());
    int changed = 0;
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      StatementKind kind = kinds.get(i % kinds.size());
      String good = StatementCodec.encode(statements.header(), statements.body(kind));
      String content = mutated(good, random);
      changed += content.equals(good) ? 0 : 1;
      try {
        StatementCodec.Decoded decoded = StatementCodec.decode(kind, content, SimNotary::read);
        // What decodes is the text of what it decodes to.
        assertEquals(content, StatementCodec.encode(decoded.header(), decoded.body()));
      } catch (MalformedStatementException expected) {
        refused++;
      } catch (RuntimeException | StackOverflowError other) {
        throw new AssertionError("seed " + seed + ", case " + i + ": " + content, other);
      }
    }
    assertTrue(changed > 9_000, "seed " + seed + " must change most cases, changed " + changed);
    assertTrue(refused > 5_000, "seed " + seed + " must refuse most cases, refused " + refused);
  }

  private static String message(MalformedStatementException refused) {
    return String.valueOf(refused.getMessage());
  }

  private static String mutated(String content, RandomGenerator random) {
    List<String> scraps =
        List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "\\",
            "0",
            "-",
            "1e9",
            "null",
            "true",
            "\\u0000",
            "\ud83d",
            "é",
            "99999999999999999999",
            "\"seq\":1,",
            "\u0000",
            " ",
            "FF",
            "{}",
            "[]");
    StringBuilder text = new StringBuilder(content);
    for (int times = random.nextInt(1, 4); times > 0 && text.length() > 0; times--) {
      int at = random.nextInt(text.length());
      int length = random.nextInt(1, Math.min(40, text.length() - at) + 1);
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, at + length);
        case 1 -> text.insert(at, scraps.get(random.nextInt(scraps.size())));
        case 2 -> text.setCharAt(at, (char) random.nextInt(0, 0x180));
        case 3 -> text.insert(at, text.substring(at, at + length));
        default -> {
          String moved = text.substring(at, at + length);
          text.delete(at, at + length);
          text.insert(random.nextInt(text.length() + 1), moved);
        }
      }
    }
    return text.toString();
  }
}
