package org.beaconcohort.musig2.multiscalar;

import org.bouncycastle.math.ec.custom.sec.SecP256K1Field;
import org.bouncycastle.math.raw.Nat256;

/**
 * Additions of affine points that do not need one another's results, done together so that they
 * share one inversion: each costs five multiplications and a squaring, where a mixed addition in
 * Jacobian coordinates costs eight and three.
 */
final class DeferredAdditions {
  /** So many that the inversion is lost among them, and so few that all stay in a near cache. */
  private static final int CAPACITY = 512;

  private final AffinePoint[] left = new AffinePoint[CAPACITY];
  private final AffinePoint[] right = new AffinePoint[CAPACITY];
  private final AffinePoint[][] sums = new AffinePoint[CAPACITY][];
  private final int[] index = new int[CAPACITY];

  /** What each is to be divided by. */
  private final int[][] divisor = new int[CAPACITY][];

  /** The product of each divisor and all before it. */
  private final int[][] product = new int[CAPACITY][];

  private final int[] inverse = Nat256.create();
  private final int[] slope = Nat256.create();
  private final int[] scratch = Nat256.create();
  private final int[] wide = Nat256.createExt();
  private int made;
  private int count;

  /** Puts a + b into {@code to[at]}, at the latest when {@link #finish} returns. */
  void add(AffinePoint[] to, int at, AffinePoint a, AffinePoint b) {
    if (a.isInfinity() || b.isInfinity()) {
      to[at] = a.isInfinity() ? b : a;
      return;
    }
    makeRoom();
    if (!divide(divisor[count], a, b)) {
      to[at] = AffinePoint.INFINITY;
      return;
    }
    if (count == 0) {
      Nat256.copy(divisor[0], product[0]);
    } else {
      SecP256K1Field.multiply(product[count - 1], divisor[count], product[count], wide);
    }
    left[count] = a;
    right[count] = b;
    sums[count] = to;
    index[count] = at;
    count++;
    if (count == CAPACITY) {
      finish();
    }
  }

  private void makeRoom() {
    if (made == count) {
      divisor[made] = Nat256.create();
      product[made] = Nat256.create();
      made++;
    }
  }

  /** The divisor of the slope of a + b; false if that sum is infinity. */
  private static boolean divide(int[] by, AffinePoint a, AffinePoint b) {
    SecP256K1Field.subtract(b.x, a.x, by);
    if (!Nat256.isZero(by)) {
      return true;
    }
    // Never 0: the order of the curve is odd, so no point is its own negation.
    SecP256K1Field.twice(a.y, by);
    return Nat256.eq(a.y, b.y);
  }

  /** Does what was deferred. */
  void finish() {
    if (count == 0) {
      return;
    }
    SecP256K1Field.inv(product[count - 1], inverse);
    for (int i = count - 1; i > 0; i--) {
      SecP256K1Field.multiply(inverse, product[i - 1], slope, wide);
      SecP256K1Field.multiply(inverse, divisor[i], inverse, wide);
      sums[i][index[i]] = divided(left[i], right[i]);
    }
    Nat256.copy(inverse, slope);
    sums[0][index[0]] = divided(left[0], right[0]);
    count = 0;
  }

  /** a + b, where {@code slope} holds the inverse of the divisor. */
  private AffinePoint divided(AffinePoint a, AffinePoint b) {
    if (Nat256.eq(a.x, b.x)) {
      SecP256K1Field.square(a.x, scratch, wide);
      SecP256K1Field.multiply(slope, scratch, scratch, wide);
      SecP256K1Field.twice(scratch, slope);
      SecP256K1Field.add(slope, scratch, slope);
    } else {
      SecP256K1Field.subtract(b.y, a.y, scratch);
      SecP256K1Field.multiply(slope, scratch, slope, wide);
    }
    int[] x = Nat256.create();
    SecP256K1Field.square(slope, x, wide);
    SecP256K1Field.subtract(x, a.x, x);
    SecP256K1Field.subtract(x, b.x, x);
    int[] y = Nat256.create();
    SecP256K1Field.subtract(a.x, x, y);
    SecP256K1Field.multiply(slope, y, y, wide);
    SecP256K1Field.subtract(y, a.y, y);
    return new AffinePoint(x, y);
  }
}
