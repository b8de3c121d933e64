package org.beaconcohort.musig2.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BisectionTest {
  /** Counts what it is asked. */
  private static final class Counting implements Batch {
    private final int size;
    private final Set<Integer> failing;
    private int alone;
    private int together;

    private Counting(int size, Set<Integer> failing) {
      this.size = size;
      this.failing = failing;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public boolean holds(int index) {
      alone++;
      return !failing.contains(index);
    }

    @Override
    public boolean allHold(int from, int to) {
      together += to - from;
      return IntStream.range(from, to).noneMatch(failing::contains);
    }
  }

  private static Set<Integer> chosen(int size, int count) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(all, new Random(count));
    return new TreeSet<>(all.subList(0, count));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 9, 15, 16, 17, 100, 1000})
  void exactlyThoseThatFailAreFound(int size) {
    for (int count : List.of(0, 1, 2, 3, size / 10, size / 2, size)) {
      if (count <= size) {
        Set<Integer> failing = chosen(size, count);
        List<Integer> expected = List.copyOf(failing);
        assertEquals(expected, Bisection.failing(new Counting(size, failing)));
        assertEquals(expected, Bisection.oneByOne(new Counting(size, failing)));
        assertEquals(expected, Bisection.failingIn(new Counting(size, failing)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 499, 500, 999})
  void aSingleOneIsFoundByHalves(int failing) {
    Counting batch = new Counting(1000, Set.of(failing));
    assertEquals(List.of(failing), Bisection.failingIn(batch));
    assertTrue(batch.alone < 16, () -> "alone " + batch.alone);
    assertTrue(batch.together <= 2000, () -> "together " + batch.together);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 50, 500, 1000})
  void lookingAtHalvesEndsWhenItWouldBeMoreWork(int count) {
    Counting batch = new Counting(1000, chosen(1000, count));
    Bisection.failing(batch);
    assertTrue(batch.alone <= 1000, () -> "alone " + batch.alone);
    assertTrue(batch.together <= 5000, () -> "together " + batch.together);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 1000})
  void nothingIsAskedAloneWhereAllHold(int size) {
    Counting batch = new Counting(size, Set.of());
    assertEquals(List.of(), Bisection.failing(batch));
    assertEquals(0, batch.alone);
    assertEquals(size, batch.together);
  }
}
