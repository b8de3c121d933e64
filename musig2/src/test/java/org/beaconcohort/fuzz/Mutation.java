package org.beaconcohort.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** One change to an input, in place. An input of bytes is a text of characters up to U+00FF. */
@FunctionalInterface
interface Mutation {
  /**
   * Changes {@code input}, which may be empty.
   *
   * @param donor another valid input
   * @param max the length that a growing change keeps to
   */
  void apply(StringBuilder input, String donor, RandomGenerator random, int max);

  /** One of {@code choices}. */
  static <T> T pick(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A length from 1 to {@code most}, short ones as likely as long ones by order of magnitude. */
  static int length(int most, RandomGenerator random) {
    return 1 + (int) Math.pow(most, random.nextDouble()) % most;
  }
}
