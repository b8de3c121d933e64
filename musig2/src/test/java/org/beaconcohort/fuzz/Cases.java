package org.beaconcohort.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** The inputs of one decoder by number, the same in every run. */
record Cases(String decoder, Mutator mutator, List<String> seeds, int max) {
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int FIRST = Integer.getInteger("fuzz.first", 0);
  private static final int COUNT = Integer.getInteger("fuzz.cases", 10_000);

  int first() {
    return FIRST;
  }

  /** The number behind the last. */
  int end() {
    return FIRST + COUNT;
  }

  boolean isSeed(int number) {
    return number < seeds.size();
  }

  String input(int number) {
    return isSeed(number)
        ? seeds.get(number)
        : mutator.mutated(seeds, new SplittableRandom(streamOf(number)), max);
  }

  /** How to get this one case again. */
  String describe(int number) {
    return "decoder "
        + decoder
        + ", seed "
        + SEED
        + ", case "
        + number
        + " (again with -Dfuzz.seed="
        + SEED
        + " -Dfuzz.first="
        + number
        + " -Dfuzz.cases=1)\ninput, "
        + mutator.describe(input(number));
  }

  private long streamOf(int number) {
    return SEED * 0x9e37_79b9_7f4a_7c15L + ((long) decoder.hashCode() << 32) + number;
  }
}
