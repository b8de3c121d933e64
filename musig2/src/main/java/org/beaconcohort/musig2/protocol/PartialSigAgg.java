package org.beaconcohort.musig2.protocol;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.Scalar;

/** BIP-327 PartialSigAgg. */
public final class PartialSigAgg {
  private PartialSigAgg() {}

  /**
   * The final BIP-340 signature, 64 bytes. It is valid if all partial signatures are, which is not
   * checked here: verify the result, and the partial signatures if that fails.
   *
   * @param partials 32 bytes per signer, in the order of the session's keys
   * @throws InvalidContributionException for the first that is not 32 bytes or not below n
   * @throws IllegalArgumentException unless there are as many as keys
   */
  public static Bytes aggregate(SessionContext session, List<Bytes> partials) {
    KeyAggContext keyAgg = session.keyAgg();
    int signers = keyAgg.keys().size();
    if (partials.size() != signers) {
      throw new IllegalArgumentException(
          "partial signatures must be one per key, " + signers + ", got " + partials.size());
    }
    Scalar s = session.challenge().times(keyAgg.tweakShare());
    for (int i = 0; i < signers; i++) {
      s = s.plus(decode(i, partials.get(i)));
    }
    return Bytes.concat(session.finalNonce().xOnly(), s.bytes());
  }

  private static Scalar decode(int signer, Bytes partial) {
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
}
