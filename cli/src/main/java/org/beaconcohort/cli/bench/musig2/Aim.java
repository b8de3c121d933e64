package org.beaconcohort.cli.bench.musig2;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.beaconcohort.cli.bench.table.Line;

/**
 * How good something should be.
 *
 * @param measure what is looked at
 * @param n for how many signers; {@link #ANY} for every number
 * @param engine on which; {@link #ANY_ENGINE} for every one
 * @param limit the greatest or, for a rate, the least that is good
 */
record Aim(Measure measure, int n, String engine, double limit) {
  private static final int ANY = 0;
  private static final String ANY_ENGINE = "";

  /** What the program aims at. */
  static final List<Aim> ALL =
      List.of(
          new Aim(Measure.ROUND_RATIO, 100, "bouncycastle", 0.3),
          new Aim(Measure.ROUND_RATIO, 1000, "bouncycastle", 0.25),
          new Aim(Measure.ROUND_RATIO, 100, "libsecp256k1", 0.12),
          new Aim(Measure.ROUND_RATIO, 1000, "libsecp256k1", 0.1),
          new Aim(Measure.AFTER_LAST_PARTIAL, ANY, ANY_ENGINE, 0.3),
          new Aim(Measure.KEY_AGGREGATION_RATIO, 1000, ANY_ENGINE, 1.5),
          new Aim(Measure.EVENTS_PER_SECOND, ANY, "libsecp256k1", 15_000),
          new Aim(Measure.EVENTS_PER_SECOND, ANY, "bouncycastle", 4_500));

  /** What aims are about. */
  enum Measure {
    /** A round with cached keys, to one of the native calls with key aggregation. */
    ROUND_RATIO("round-ratio", "round with cached keys, ratio", true),
    /** Milliseconds after the last partial signature. */
    AFTER_LAST_PARTIAL("after-last-partial-ms", "after the last partial, ms", true),
    /** Key aggregation, to the native call. */
    KEY_AGGREGATION_RATIO("key-aggregation-ratio", "key aggregation, ratio", true),
    /** Whole events verified. */
    EVENTS_PER_SECOND("events-per-second", "events verified per second", false);

    private final String code;
    private final String words;
    private final boolean lessIsBetter;

    Measure(String code, String words, boolean lessIsBetter) {
      this.code = code;
      this.words = words;
      this.lessIsBetter = lessIsBetter;
    }
  }

  /** Whether it says something about this. */
  boolean isAbout(Measure found, int signers, String onEngine) {
    return measure == found
        && (n == ANY || n == signers)
        && (engine.equals(ANY_ENGINE) || engine.equals(onEngine));
  }

  /** Whether this is good enough. */
  boolean isMetBy(double value) {
    return measure.lessIsBetter ? value <= limit : value >= limit;
  }

  /** The comparison with what was found; {@code signers} as above. */
  Line line(int signers, String onEngine, double value) {
    Line line = new Line(Section.TARGET).forMachines("target", measure.code).cell(measure.words);
    (signers == ANY ? line.cell("") : line.count("n", signers))
        .text("engine", onEngine)
        .forMachines(measure.lessIsBetter ? "atMost" : "atLeast", limit)
        .cell((measure.lessIsBetter ? "at most " : "at least ") + plain(limit))
        .number("value", value)
        .yes("met", isMetBy(value), "yes", "no");
    return line;
  }

  private static String plain(double number) {
    return new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(number);
  }
}
