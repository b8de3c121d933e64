package org.beaconcohort.cli.bench.musig2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.beaconcohort.cli.bench.musig2.Aim.Measure;
import org.beaconcohort.cli.bench.table.Line;
import org.junit.jupiter.api.Test;

final class AimTest {
  @Test
  void aRatioIsMetUpToItsLimit() {
    Aim aim = only(Measure.ROUND_RATIO, 1000, "libsecp256k1");
    assertTrue(aim.isMetBy(0.1));
    assertFalse(aim.isMetBy(0.1001));
  }

  @Test
  void aRateIsMetFromItsLimitOn() {
    Aim aim = only(Measure.EVENTS_PER_SECOND, 0, "bouncycastle");
    assertTrue(aim.isMetBy(4_500));
    assertFalse(aim.isMetBy(4_499));
  }

  @Test
  void ratiosOfSmallCohortsAreNotAimedAt() {
    assertEquals(List.of(), about(Measure.ROUND_RATIO, 10, "bouncycastle"));
    assertEquals(List.of(), about(Measure.KEY_AGGREGATION_RATIO, 100, "bouncycastle"));
  }

  @Test
  void whatIsLeftAfterTheLastPartialIsAimedAtForEveryNumberAndEngine() {
    assertEquals(0.3, only(Measure.AFTER_LAST_PARTIAL, 7, "another").limit());
  }

  @Test
  void aComparisonSaysWhatWasFoundAndWhetherItIsGoodEnough() {
    Line line = only(Measure.ROUND_RATIO, 100, "bouncycastle").line(100, "bouncycastle", 0.31234);
    assertEquals(
        "{\"target\":\"round-ratio\",\"n\":100,\"engine\":\"bouncycastle\",\"atMost\":0.3,"
            + "\"value\":0.3123,\"met\":false}",
        line.fields().toString());
    assertEquals(
        List.of(
            "round with cached keys, ratio", "100", "bouncycastle", "at most 0.3", "0.312", "no"),
        line.cells());
  }

  private static Aim only(Measure measure, int signers, String engine) {
    List<Aim> found = about(measure, signers, engine);
    assertEquals(1, found.size());
    return found.getFirst();
  }

  private static List<Aim> about(Measure measure, int signers, String engine) {
    return Aim.ALL.stream().filter(aim -> aim.isAbout(measure, signers, engine)).toList();
  }
}
