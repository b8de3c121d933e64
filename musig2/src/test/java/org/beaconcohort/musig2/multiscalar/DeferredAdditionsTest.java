package org.beaconcohort.musig2.multiscalar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;

final class DeferredAdditionsTest {
  private final SeededRandom random = new SeededRandom(62);

  /** More than are deferred at a time; sums, doublings, cancellations and infinity in any order. */
  @Test
  void everyAdditionIsDoneWhereverItStands() {
    AffinePoint[] multiples = new AffinePoint[9];
    for (int i = 0; i < multiples.length; i++) {
      int multiple = i - 4;
      multiples[i] =
          multiple == 0
              ? AffinePoint.INFINITY
              : AffinePoint.of(KnownPoints.product(BigInteger.valueOf(multiple)).normalize());
    }
    DeferredAdditions additions = new DeferredAdditions();
    AffinePoint[] sums = new AffinePoint[2000];
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      int a = random.below(9);
      int b = random.below(9);
      expected.add(a - 4 + b - 4);
      additions.add(sums, i, multiples[a], multiples[b]);
    }
    additions.finish();
    for (int i = 0; i < sums.length; i++) {
      assertEquals(
          KnownPoints.product(BigInteger.valueOf(expected.get(i))), sums[i].onCurve(), "at " + i);
    }
  }

  @Test
  void aSumMayTakeThePlaceOfWhatIsAdded() {
    DeferredAdditions additions = new DeferredAdditions();
    AffinePoint[] doubled = {Secp256k1Curve.GENERATOR};
    for (int i = 0; i < 10; i++) {
      additions.add(doubled, 0, doubled[0], doubled[0]);
      additions.finish();
    }
    assertEquals(KnownPoints.product(BigInteger.valueOf(1024)), doubled[0].onCurve());
  }

  @Test
  void groupsOfAnySizeAreSummedUp() {
    PointGroups groups = new PointGroups(50);
    for (int group = 0; group < 50; group++) {
      for (int i = 0; i < group; i++) {
        groups.add(group, Secp256k1Curve.GENERATOR);
      }
      groups.add(group, AffinePoint.INFINITY);
    }
    AffinePoint[] sums = groups.sums(new DeferredAdditions());
    for (int group = 0; group < 50; group++) {
      assertEquals(KnownPoints.product(BigInteger.valueOf(group)), sums[group].onCurve());
    }
  }
}
