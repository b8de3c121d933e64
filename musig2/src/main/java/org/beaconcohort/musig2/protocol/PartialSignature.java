package org.beaconcohort.musig2.protocol;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.Scalar;

/**
 * BIP-327 PartialSigVerify.
 *
 * <p>It finds the culprit of a failed session. It authenticates nobody: a partial signature can be
 * made without the key, so a valid one does not prove that the signer took part.
 */
public final class PartialSignature {
  private PartialSignature() {}

  /**
   * Whether this signer's partial signature is right; false for one of another length or not below
   * n. Blame needs an aggregate nonce that is the sum of the signers' nonces.
   *
   * @param index of the signer in the order of the session's keys, from 0
   * @param partial 32 bytes
   * @param publicNonce the signer's, 66 bytes
   * @throws InvalidContributionException if the public nonce is not one
   * @throws IndexOutOfBoundsException if the session has no signer of this index
   */
  public static boolean verify(
      SessionContext session, int index, Bytes partial, Bytes publicNonce) {
    int signers = session.keyAgg().keys().size();
    if (index < 0 || index >= signers) {
      throw new IndexOutOfBoundsException(
          "signer index must be from 0 to " + (signers - 1) + ", got " + index);
    }
    return verify(
        session,
        index,
        partial,
        PublicNonce.ofSigner(session.keyAgg().engine(), index, publicNonce));
  }

  /**
   * The number a partial signature is.
   *
   * @param partial 32 bytes, below n
   * @throws InvalidContributionException naming the signer, for anything else
   */
  public static Scalar decode(int signer, Bytes partial) {
    if (partial.size() != 32) {
      throw new InvalidContributionException(
          signer, Contribution.PARTIAL_SIGNATURE, "must be 32 bytes, got " + partial.size());
    }
    if (!Scalar.fits(partial)) {
      throw new InvalidContributionException(
          signer, Contribution.PARTIAL_SIGNATURE, "must be less than n, got " + partial);
    }
    return Scalar.of(partial);
  }

  /** As above for a nonce decoded before: whether s·G = ±(R₁ + b·R₂) + e·a·g·gacc·P. */
  public static boolean verify(
      SessionContext session, int index, Bytes partial, PublicNonce nonce) {
    if (!Scalar.fits(partial)) {
      return false;
    }
    Scalar minusSign = session.nonceSign().negate();
    List<Scalar> factors =
        List.of(
            minusSign,
            minusSign.times(session.nonceCoefficient()),
            session.keyFactor(index).negate());
    List<CurvePoint> points = List.of(nonce.first(), nonce.second(), session.keyAgg().point(index));
    return session.keyAgg().engine().sumsToInfinity(Scalar.of(partial), factors, points);
  }
}
