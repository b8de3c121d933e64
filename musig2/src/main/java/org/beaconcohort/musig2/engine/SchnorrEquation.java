package org.beaconcohort.musig2.engine;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.hash.ChallengeHash;

/** BIP-340 verification over any engine's points: x(s·G − e·P) = r, with even y. */
final class SchnorrEquation {
  private SchnorrEquation() {}

  /** The signature must be 64 bytes; false if its numbers are out of range or P is no point. */
  static boolean holds(CurveEngine engine, Bytes xOnlyKey, Bytes message, Bytes signature) {
    Bytes r = signature.slice(0, 32);
    Bytes s = signature.slice(32, 64);
    if (!Scalar.fits(s)) {
      return false;
    }
    CurvePoint key;
    try {
      key = engine.liftX(xOnlyKey);
    } catch (InvalidPointException noKey) {
      return false;
    }
    Scalar e = Scalar.reduce(ChallengeHash.of(r, xOnlyKey, message));
    CurvePoint nonce = engine.sumOfProducts(Scalar.of(s), List.of(e.negate()), List.of(key));
    return !nonce.isInfinity() && nonce.hasEvenY() && nonce.xOnly().equals(r);
  }
}
