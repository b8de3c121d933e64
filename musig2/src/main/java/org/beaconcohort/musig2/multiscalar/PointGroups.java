package org.beaconcohort.musig2.multiscalar;

import java.util.Arrays;

/** Points in numbered groups, each to be summed up; all groups share their inversions. */
final class PointGroups {
  private final int groups;
  private AffinePoint[] points = new AffinePoint[256];
  private int[] groupOf = new int[256];
  private int count;

  /** Of {@code groups} groups, numbered from 0. */
  PointGroups(int groups) {
    this.groups = groups;
  }

  /** Infinity adds nothing. */
  void add(int group, AffinePoint point) {
    if (point.isInfinity()) {
      return;
    }
    if (count == points.length) {
      points = Arrays.copyOf(points, 2 * count);
      groupOf = Arrays.copyOf(groupOf, 2 * count);
    }
    points[count] = point;
    groupOf[count++] = group;
  }

  /** The sum of each group, infinity for an empty one. */
  AffinePoint[] sums(DeferredAdditions additions) {
    int[] start = new int[groups + 1];
    for (int i = 0; i < count; i++) {
      start[groupOf[i] + 1]++;
    }
    int largest = 0;
    for (int group = 0; group < groups; group++) {
      largest = Math.max(largest, start[group + 1]);
      start[group + 1] += start[group];
    }
    AffinePoint[] sorted = new AffinePoint[count];
    int[] next = start.clone();
    for (int i = 0; i < count; i++) {
      sorted[next[groupOf[i]]++] = points[i];
    }
    // Each round halves every group, its first half taking in the second.
    for (int size = largest; size > 1; size = (size + 1) / 2) {
      for (int group = 0; group < groups; group++) {
        int last = next[group] - 1;
        for (int i = start[group]; i < last; i++, last--) {
          additions.add(sorted, i, sorted[i], sorted[last]);
        }
        next[group] = last + 1;
      }
      additions.finish();
    }
    AffinePoint[] sums = new AffinePoint[groups];
    for (int group = 0; group < groups; group++) {
      sums[group] = start[group] == start[group + 1] ? AffinePoint.INFINITY : sorted[start[group]];
    }
    return sums;
  }
}
