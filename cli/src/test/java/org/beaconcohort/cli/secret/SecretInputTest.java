package org.beaconcohort.cli.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Where secrets come from, and what is said when they do not. */
final class SecretInputTest {
  private static final Wanted OPENS = Wanted.toOpen("password of x", "--password-fd", true);
  private static final Wanted SEALS = Wanted.toSeal("password for x", "--password-fd", true);
  private static final Wanted OTHER = Wanted.toOpen("secret", "--secret-fd", false);
  private static final Map<String, String> SET = Map.of(SecretInput.VARIABLE, "from outside");

  private static SecretInput input(Map<String, String> environment, String... typed) {
    Deque<String> answers = new ArrayDeque<>(List.of(typed));
    return new SecretInput(
        environment, question -> Optional.ofNullable(answers.poll()).map(text -> of(text)));
  }

  private static SecretText of(String text) {
    return SecretText.of(text.toCharArray());
  }

  private static String said(SecretText text) {
    return new String(text.copy());
  }

  private static Optional<Integer> number(Descriptor descriptor) {
    return Optional.of(Integer.parseInt(descriptor.number()));
  }

  @Test
  void aDescriptorGoesBeforeTheEnvironmentAndThatBeforeAPrompt() {
    try (Descriptor lines = Descriptor.of("from a file");
        SecretInput input = input(SET, "typed")) {
      assertEquals("from a file", said(input.get(number(lines), OPENS)));
      assertEquals("from outside", said(input.get(Optional.empty(), OPENS)));
      assertEquals("typed", said(input.get(Optional.empty(), OTHER)));
    }
    assertEquals("typed", said(input(Map.of(), "typed").get(Optional.empty(), OPENS)));
    assertEquals(
        "typed",
        said(input(Map.of(SecretInput.VARIABLE, ""), "typed").get(Optional.empty(), OPENS)));
  }

  @Test
  void oneDescriptorGivesALineToEachThatAsks() {
    try (Descriptor lines = Descriptor.of("first", "sécond ", "");
        SecretInput input = input(Map.of())) {
      assertEquals("first", said(input.get(number(lines), OPENS)));
      assertEquals("sécond ", said(input.get(number(lines), OTHER)));
      assertEquals("", said(input.get(number(lines), OTHER)));
      failure(ExitCode.BAD_INPUT, "no line left", () -> input.get(number(lines), OTHER));
    }
  }

  @Test
  void aLastLineNeedsNoLineFeed() {
    try (Descriptor line = Descriptor.of("password".getBytes(StandardCharsets.UTF_8));
        SecretInput input = input(Map.of())) {
      assertEquals("password", said(input.get(number(line), OPENS)));
    }
  }

  @Test
  void whatIsTooLongOrNoTextIsRefusedAndNotRepeated() {
    try (Descriptor line = Descriptor.of("geheim".repeat(1000));
        SecretInput input = input(Map.of())) {
      failure(ExitCode.BAD_INPUT, "longer than 4096", () -> input.get(number(line), OPENS));
    }
    try (Descriptor line = Descriptor.of(new byte[] {'g', 'e', 'h', (byte) 0xff, '\n'});
        SecretInput input = input(Map.of())) {
      failure(ExitCode.BAD_INPUT, "no UTF-8", () -> input.get(number(line), OPENS));
    }
    failure(
        ExitCode.BAD_INPUT,
        "descriptor 98765 cannot be read",
        () -> input(Map.of()).get(Optional.of(98_765), OPENS));
    failure(
        ExitCode.BAD_INPUT,
        "descriptor -1 cannot be read",
        () -> input(Map.of()).get(Optional.of(-1), OPENS));
  }

  @Test
  void aNewSecretIsTypedTwiceTheSame() {
    assertEquals("geheim", said(input(Map.of(), "geheim", "geheim").get(Optional.empty(), SEALS)));
    failure(
        ExitCode.USAGE,
        "typed twice the same",
        () -> input(Map.of(), "geheim", "geheum").get(Optional.empty(), SEALS));
  }

  @Test
  void withNobodyToAskItSaysHowToGiveIt() {
    CommandFailure nobody =
        failure(
            ExitCode.USAGE,
            "no terminal to ask at",
            () -> input(Map.of()).get(Optional.empty(), OPENS));
    assertTrue(nobody.next().contains("--password-fd 3"), nobody.next());
    assertTrue(nobody.next().contains(SecretInput.VARIABLE), nobody.next());
    CommandFailure other =
        failure(ExitCode.USAGE, "no terminal", () -> input(SET).get(Optional.empty(), OTHER));
    assertFalse(other.next().contains(SecretInput.VARIABLE), other.next());
  }

  @Test
  void anyBytesOfADescriptorAreASecretOrRefused() {
    Fuzz.ofBytes(
            "SecretInput", List.of(Bytes.of("password\nnext".getBytes(StandardCharsets.UTF_8))))
        .refusing(CommandFailure.class)
        // The file behind the descriptor costs more than the reading.
        .allocatingAlways(2 << 20)
        .run(bytes -> {
          try (Descriptor line = Descriptor.of(bytes.toArray());
              SecretInput input = input(Map.of())) {
            String text = said(input.get(number(line), OPENS));
            byte[] again = text.getBytes(StandardCharsets.UTF_8);
            assertEquals(Bytes.of(again), bytes.slice(0, again.length));
          }
        });
  }

  private static CommandFailure failure(ExitCode code, String why, Runnable getting) {
    CommandFailure failure = assertThrows(CommandFailure.class, getting::run);
    assertEquals(code, failure.exitCode());
    String said = String.valueOf(failure.getMessage());
    assertTrue(said.contains(why), said);
    assertFalse(said.contains("geh") || failure.next().contains("geh"), said);
    return failure;
  }
}
