package org.beaconcohort.cli.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In processes of their own, since an engine is chosen once for each. */
@Timeout(120)
final class CurveEngineChoiceTest {
  private static final String ASKED = "-D" + CurveEngines.PROPERTY + "=";

  /** Where the native library cannot be unpacked it does not load. */
  private static final String UNLOADABLE =
      "-Djava.io.tmpdir=" + Path.of("target", "no-such-directory").toAbsolutePath();

  private record Ended(int status, String out) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo --participants 2",
        "relay --port 0",
        "chain fund bcrt1q 1 --chain http://127.0.0.1:1",
        "update make --did nonsense --patch x --out y",
        "bench musig2 --sizes 2 --seconds 0"
      })
  void anEngineThatDoesNotExistEndsEveryCommandWithWordsAndNothingElse(String command)
      throws Exception {
    Ended ended = run(List.of(ASKED + "nonsense"), command);
    assertEquals(69, ended.status(), ended.out());
    assertEquals(
        "beacon-cohort: CURVE_ENGINE: beacon-cohort.curve-engine must be auto, bouncycastle or"
            + " libsecp256k1, got nonsense",
        ended.out().lines().findFirst().orElse(""));
    assertTrue(ended.out().contains("\n  next: "), ended.out());
    assertFalse(ended.out().contains("\tat "), ended.out());
  }

  @Test
  void insistingOnALibraryThatDoesNotLoadSaysWhy() throws Exception {
    Ended ended = run(List.of(ASKED + "libsecp256k1", UNLOADABLE), "demo");
    assertEquals(69, ended.status(), ended.out());
    assertTrue(ended.out().contains("CURVE_ENGINE"), ended.out());
    assertTrue(ended.out().contains("does not load here: "), ended.out());
    assertFalse(ended.out().contains("\tat "), ended.out());
  }

  @Test
  void theVersionTellsTheEngine() throws Exception {
    String loaded = CurveEngines.libsecp256k1().isPresent() ? "libsecp256k1" : "bouncycastle";
    assertTrue(run(List.of(), "--version").out().contains("\ncurve engine " + loaded));
    assertTrue(
        run(List.of(ASKED + "bouncycastle"), "--version")
            .out()
            .contains("\ncurve engine bouncycastle (beacon-cohort.curve-engine asks for it)"));
    assertTrue(
        run(List.of(UNLOADABLE), "--version")
            .out()
            .contains("\ncurve engine bouncycastle; no libsecp256k1: "));
    Ended none = run(List.of(ASKED + "nonsense"), "--version");
    assertEquals(0, none.status(), none.out());
    assertTrue(none.out().contains("\nno curve engine: "), none.out());
  }

  @Test
  void theBenchDoesWithoutTheLibraryAndSaysSo() throws Exception {
    Ended ended =
        run(List.of(ASKED + "bouncycastle"), "bench", "musig2", "--sizes", "2", "--seconds", "0");
    assertEquals(0, ended.status(), ended.out());
    assertTrue(ended.out().contains("forbidden by beacon-cohort.curve-engine"), ended.out());
    assertFalse(ended.out().contains("libsecp256k1-musig"), ended.out());
    assertFalse(ended.out().contains("  ratio  "), ended.out());
  }

  private static Ended run(List<String> options, String command) throws Exception {
    return run(options, command.split(" "));
  }

  private static Ended run(List<String> options, String... command)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--enable-native-access=ALL-UNNAMED");
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add("org.beaconcohort.cli.Main");
    line.addAll(List.of(command));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out);
  }
}
