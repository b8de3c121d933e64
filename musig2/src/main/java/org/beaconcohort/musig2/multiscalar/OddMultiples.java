package org.beaconcohort.musig2.multiscalar;

import java.util.ArrayList;
import java.util.List;

/** P, 3P, 5P, … of a point P, and their images under λ: what odd digits are looked up in. */
final class OddMultiples {
  private static final int GENERATOR_WIDTH = 8;

  private final int width;
  private final AffinePoint[] multiples;
  private final AffinePoint[] images;

  /** Enough for digits of this width: the multiples up to 2^(width−1) − 1. */
  private OddMultiples(int width) {
    this.width = width;
    this.multiples = new AffinePoint[1 << (width - 2)];
    this.images = new AffinePoint[multiples.length];
  }

  /** Made once, and therefore wide. */
  private static final class OfGenerator {
    static final OddMultiples TABLE = tabulate();

    private static OddMultiples tabulate() {
      OddMultiples table = new OddMultiples(GENERATOR_WIDTH);
      table.multiples[0] = Secp256k1Curve.GENERATOR;
      fill(List.of(table), new DeferredAdditions());
      return table;
    }
  }

  /** A table for each term, as wide as pays for the lengths of its numbers. */
  static List<OddMultiples> of(List<Term> terms, DeferredAdditions additions) {
    List<OddMultiples> all = new ArrayList<>(terms.size());
    List<OddMultiples> fresh = new ArrayList<>(terms.size());
    for (Term term : terms) {
      if (term.point() == Secp256k1Curve.GENERATOR) {
        all.add(OfGenerator.TABLE);
      } else {
        OddMultiples table = new OddMultiples(bestWidth(term.bits()));
        table.multiples[0] = term.point();
        all.add(table);
        fresh.add(table);
      }
    }
    fill(fresh, additions);
    return all;
  }

  /** Additions for a table of this width and a term of so many bits, in both halves together. */
  private static int additions(int width, int bits) {
    return (1 << (width - 2)) + width - 3 + bits / (width + 1);
  }

  /** What a term costs by such a table. */
  static int additions(Term term) {
    return term.point() == Secp256k1Curve.GENERATOR
        ? term.bits() / (GENERATOR_WIDTH + 1)
        : additions(bestWidth(term.bits()), term.bits());
  }

  private static int bestWidth(int bits) {
    int best = 2;
    while (additions(best + 1, bits) < additions(best, bits)) {
      best++;
    }
    return best;
  }

  /** Doubles the tables, all together: 3P from 2P; 5P, 7P from 4P; 9P to 15P from 8P and so on. */
  private static void fill(List<OddMultiples> tables, DeferredAdditions additions) {
    AffinePoint[] doubled = new AffinePoint[tables.size()];
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] = tables.get(i).multiples[0];
    }
    for (int size = 1, unfinished = doubled.length; unfinished > 0; size *= 2) {
      unfinished = 0;
      for (int i = 0; i < doubled.length; i++) {
        if (size < tables.get(i).multiples.length) {
          unfinished++;
          additions.add(doubled, i, doubled[i], doubled[i]);
        }
      }
      additions.finish();
      for (int i = 0; i < doubled.length; i++) {
        OddMultiples table = tables.get(i);
        if (size < table.multiples.length) {
          for (int j = 0; j < size; j++) {
            additions.add(table.multiples, size + j, table.multiples[j], doubled[i]);
          }
        }
      }
    }
    additions.finish();
    for (OddMultiples table : tables) {
      for (int j = 0; j < table.images.length; j++) {
        table.images[j] = Secp256k1Curve.image(table.multiples[j]);
      }
    }
  }

  int width() {
    return width;
  }

  /** digit·P for an odd digit of this table's width. */
  AffinePoint multiple(int digit) {
    return multiples[Math.abs(digit) / 2].negateIf(digit < 0);
  }

  /** digit·λ·P. */
  AffinePoint image(int digit) {
    return images[Math.abs(digit) / 2].negateIf(digit < 0);
  }
}
