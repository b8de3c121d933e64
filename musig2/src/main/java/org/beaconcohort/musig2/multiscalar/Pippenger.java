package org.beaconcohort.musig2.multiscalar;

import java.util.List;

/**
 * In each window of bits, points with the same digit are added up in a bucket, and the buckets'
 * sums are multiplied by their digits; good for many points.
 */
final class Pippenger {
  private Pippenger() {}

  /** About how many additions it takes; the first point of a bucket takes none. */
  static int additions(List<Term> terms, int width) {
    int digits = 0;
    int most = 0;
    for (Term term : terms) {
      int first = term.first().windows(width);
      int second = term.second().windows(width);
      digits += first + second;
      most = Math.max(most, Math.max(first, second));
    }
    return digits + (most << (width - 1));
  }

  static AffinePoint[] sumsByPosition(List<Term> terms, int width, DeferredAdditions additions) {
    int windows = Math.ceilDiv(SignedNumber.POSITIONS, width);
    int largestDigit = 1 << (width - 1);
    PointGroups buckets = new PointGroups(windows * largestDigit);
    for (Term term : terms) {
      fill(buckets, term.first(), term.point(), width);
      fill(buckets, term.second(), Secp256k1Curve.image(term.point()), width);
    }
    return weighted(buckets.sums(additions), windows, width, additions);
  }

  private static void fill(PointGroups buckets, SignedNumber number, AffinePoint point, int width) {
    int largestDigit = 1 << (width - 1);
    number.forEachWindow(
        width,
        (position, digit) ->
            buckets.add(
                position / width * largestDigit + Math.abs(digit) - 1, point.negateIf(digit < 0)));
  }

  /**
   * Σ d·bucket(d) for each window, by positions: the buckets with odd d go to the lowest one, then
   * buckets 2d and 2d + 1 join in d for the next. All windows go together, which running sums
   * within a window would not.
   */
  private static AffinePoint[] weighted(
      AffinePoint[] sums, int windows, int width, DeferredAdditions additions) {
    int largestDigit = 1 << (width - 1);
    PointGroups positions = new PointGroups(windows * width);
    for (int level = 0; level < width; level++) {
      int largest = largestDigit >> level;
      for (int window = 0; window < windows; window++) {
        int zero = window * largestDigit - 1;
        for (int odd = 1; odd <= largest; odd += 2) {
          positions.add(window * width + level, sums[zero + odd]);
        }
        for (int d = 1; 2 * d <= largest; d++) {
          AffinePoint even = sums[zero + 2 * d];
          AffinePoint odd = 2 * d < largest ? sums[zero + 2 * d + 1] : AffinePoint.INFINITY;
          additions.add(sums, zero + d, even, odd);
        }
      }
      additions.finish();
    }
    return positions.sums(additions);
  }
}
