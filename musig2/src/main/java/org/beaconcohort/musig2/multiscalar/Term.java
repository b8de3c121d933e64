package org.beaconcohort.musig2.multiscalar;

/** first·point + second·λ·point. */
record Term(AffinePoint point, SignedNumber first, SignedNumber second) {
  int bits() {
    return first.bits() + second.bits();
  }
}
