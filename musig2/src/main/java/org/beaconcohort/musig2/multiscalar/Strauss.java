package org.beaconcohort.musig2.multiscalar;

import java.util.List;

/** Digits look up multiples in a table for each point; good for few points. */
final class Strauss {
  private Strauss() {}

  /** About how many additions it takes. */
  static int additions(List<Term> terms) {
    return terms.stream().mapToInt(OddMultiples::additions).sum();
  }

  static AffinePoint[] sumsByPosition(List<Term> terms, DeferredAdditions additions) {
    List<OddMultiples> tables = OddMultiples.of(terms, additions);
    PointGroups positions = new PointGroups(SignedNumber.POSITIONS);
    for (int i = 0; i < terms.size(); i++) {
      OddMultiples table = tables.get(i);
      terms
          .get(i)
          .first()
          .forEachOdd(
              table.width(), (position, digit) -> positions.add(position, table.multiple(digit)));
      terms
          .get(i)
          .second()
          .forEachOdd(
              table.width(), (position, digit) -> positions.add(position, table.image(digit)));
    }
    return positions.sums(additions);
  }
}
