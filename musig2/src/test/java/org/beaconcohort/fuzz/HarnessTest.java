package org.beaconcohort.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the suites rely on: faults planted in a decoder are found, and cases can be repeated. */
final class HarnessTest {
  private static final List<String> SEEDS = List.of("{\"a\":[1,2],\"b\":\"text\"}", "[{},null]");

  private static String failure(Consumer<String> decode) {
    Fuzz<String> fuzz =
        Fuzz.ofJson("planted", SEEDS).refusing(IllegalArgumentException.class).upTo(2_000);
    return String.valueOf(assertThrows(AssertionError.class, () -> fuzz.run(decode)).getMessage());
  }

  private static void unlessSeed(String text, Runnable fault) {
    if (!SEEDS.contains(text)) {
      fault.run();
    }
  }

  @Test
  void anotherErrorIsACrashAndSaysHowToRepeatIt() {
    String said =
        failure(text ->
            unlessSeed(
                text,
                () -> {
                  throw new IllegalStateException("planted fault");
                }));

    assertTrue(said.contains("decoder planted, seed "), said);
    assertTrue(said.contains(" -Dfuzz.cases=1)\ninput, "), said);
    assertTrue(said.contains("IllegalArgumentException], got"), said);
    assertTrue(said.contains("planted fault"), said);
  }

  @Test
  void aSubclassOfTheTypedErrorIsACrash() {
    assertTrue(
        failure(text ->
                unlessSeed(
                    text,
                    () -> {
                      throw new NumberFormatException("planted fault");
                    }))
            .contains("NumberFormatException"));
  }

  @Test
  void anErrorOfTheMachineIsACrash() {
    assertTrue(failure(text -> unlessSeed(text, () -> depth(0))).contains("StackOverflow"));
  }

  @Test
  void aRefusedSeedIsACrash() {
    assertTrue(
        failure(
                text -> {
                  throw new IllegalArgumentException("planted fault");
                })
            .contains("must be accepted, being valid"));
  }

  @Test
  void whatAllocatesBeyondItsInputIsACrash() {
    Set<Integer> kept = new HashSet<>();
    String said = failure(text -> unlessSeed(text, () -> kept.add(new byte[10_000_000].length)));

    assertTrue(said.contains("it allocates 10"), said);
  }

  @Test
  void whatNeverEndsIsACrash() {
    AtomicBoolean over = new AtomicBoolean();
    Run run =
        new Run(
            "planted",
            new Cases("planted", Mutator.TEXT, List.of("a"), 10),
            new Bounds(1_000_000, 0, 100_000_000),
            List.of(),
            text -> {
              while (!over.get()) {
                Thread.onSpinWait();
              }
            });

    String said = String.valueOf(assertThrows(AssertionError.class, run::finish).getMessage());

    over.set(true);
    assertTrue(said.contains("must end within 0.1 s"), said);
    assertTrue(said.contains("at org.beaconcohort.fuzz.HarnessTest"), said);
  }

  @Test
  void whatIsSlowIsACrash() {
    Run run =
        new Run(
            "planted",
            new Cases("planted", Mutator.TEXT, List.of("a"), 10),
            new Bounds(1_000_000, 0, 1),
            List.of(),
            text -> {});

    String said = String.valueOf(assertThrows(AssertionError.class, run::finish).getMessage());

    assertTrue(said.contains("and takes"), said);
  }

  @Test
  void acceptedAndRefusedCasesAreCounted() {
    Tally tally =
        Fuzz.ofBytes("planted", List.of(Bytes.ofHex("00112233")))
            .refusing(IllegalArgumentException.class)
            .run(bytes -> {
              if (bytes.size() != 4) {
                throw new IllegalArgumentException("planted fault");
              }
            });

    assertTrue(tally.accepted() > 0 && tally.refused() > 0, tally.toString());
  }

  @ParameterizedTest
  @EnumSource(Mutator.class)
  void theSameCaseIsTheSameInput(Mutator mutator) {
    Cases cases = new Cases("planted", mutator, SEEDS, 4_000);
    Cases again = new Cases("planted", mutator, SEEDS, 4_000);
    Set<String> different = new HashSet<>();
    for (int number = 0; number < 2_000; number++) {
      String input = cases.input(number);
      assertEquals(input, again.input(number));
      assertTrue(input.length() <= 4_000, "case " + number + " has length " + input.length());
      assertTrue(mutator != Mutator.BYTES || input.chars().allMatch(c -> c <= 0xff));
      different.add(input);
    }
    assertTrue(different.size() > 1_000, "of 2,000 cases differ " + different.size());
  }

  @ParameterizedTest
  @EnumSource(Mutator.class)
  void nothingIsASeedToo(Mutator mutator) {
    Cases cases = new Cases("planted", mutator, List.of("", "a"), 100);
    for (int number = 0; number < 5_000; number++) {
      assertTrue(cases.input(number).length() <= 100);
    }
  }

  private static int depth(int above) {
    return above < 0 ? 0 : 1 + depth(above + 1);
  }
}
