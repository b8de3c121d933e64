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
    Scalar sum = Scalar.ZERO;
    for (int i = 0; i < signers; i++) {
      sum = sum.plus(PartialSignature.decode(i, partials.get(i)));
    }
    return ofSum(session, sum);
  }

  /**
   * The final signature, 64 bytes, of partial signatures that were added up before.
   *
   * @param sum of all signers' partial signatures mod n
   */
  public static Bytes ofSum(SessionContext session, Scalar sum) {
    Scalar tweaks = session.challenge().times(session.keyAgg().tweakShare());
    return Bytes.concat(session.finalNonce().xOnly(), sum.plus(tweaks).bytes());
  }
}
