package org.beaconcohort.musig2.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the equations of a batch that do not hold: by halves while that is likely to be less work,
 * else one by one.
 */
public final class Bisection {
  /** Fewer than this are not checked together while something is known to be wrong with them. */
  private static final int SMALLEST_HALF = 8;

  /** For the cost of one equation alone, about so many are checked together. */
  private static final int SHARE = 4;

  private final Batch batch;
  private final List<Integer> failing = new ArrayList<>();

  /** How many more may be checked together before one by one would have been less work. */
  private int allowance;

  private Bisection(Batch batch) {
    this.batch = batch;
    this.allowance = SHARE * batch.size();
  }

  /** Those that do not hold, ascending, without ever checking several together. */
  public static List<Integer> oneByOne(Batch batch) {
    Bisection bisection = new Bisection(batch);
    bisection.oneByOne(0, batch.size());
    return List.copyOf(bisection.failing);
  }

  /** Those that do not hold, ascending. */
  public static List<Integer> failing(Batch batch) {
    return batch.size() == 0 || batch.allHold(0, batch.size()) ? List.of() : failingIn(batch);
  }

  /** As {@link #failing}, for a batch of which it is known already that not all hold. */
  public static List<Integer> failingIn(Batch batch) {
    Bisection bisection = new Bisection(batch);
    bisection.search(0, batch.size());
    return List.copyOf(bisection.failing);
  }

  /** One in the run fails, or there was no allowance to see whether. */
  private void search(int from, int to) {
    int middle = (from + to) >>> 1;
    if (middle - from < SMALLEST_HALF || allowance < to - from) {
      oneByOne(from, to);
      return;
    }
    if (allHold(from, middle)) {
      search(middle, to);
      return;
    }
    search(from, middle);
    if (allowance < to - middle || !allHold(middle, to)) {
      search(middle, to);
    }
  }

  private boolean allHold(int from, int to) {
    allowance -= to - from;
    return batch.allHold(from, to);
  }

  private void oneByOne(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!batch.holds(i)) {
        failing.add(i);
      }
    }
  }
}
