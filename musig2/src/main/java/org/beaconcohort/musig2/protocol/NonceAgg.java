package org.beaconcohort.musig2.protocol;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;

/**
 * BIP-327 NonceAgg. Anyone may do it; a wrong result only makes the signing fail.
 *
 * <p>Nonces that cancel out give a half of 33 zero bytes, which is valid: the culprit shows at the
 * partial signatures.
 */
public final class NonceAgg {
  private NonceAgg() {}

  /**
   * The aggregate, 66 bytes, of one public nonce of 66 bytes per signer.
   *
   * @throws InvalidContributionException for the first nonce that is not one
   * @throws IllegalArgumentException for no nonces
   */
  public static Bytes aggregate(List<Bytes> publicNonces) {
    return aggregate(CurveEngines.get(), publicNonces);
  }

  /** As {@link #aggregate(List)}, computed by {@code engine}. */
  public static Bytes aggregate(CurveEngine engine, List<Bytes> publicNonces) {
    if (publicNonces.isEmpty()) {
      throw new IllegalArgumentException("nonce list must have a nonce, got none");
    }
    List<PublicNonce> nonces = new ArrayList<>();
    for (int i = 0; i < publicNonces.size(); i++) {
      nonces.add(PublicNonce.ofSigner(engine, i, publicNonces.get(i)));
    }
    return sum(engine, nonces).bytes();
  }

  static PublicNonce sum(CurveEngine engine, List<PublicNonce> nonces) {
    List<CurvePoint> firsts = nonces.stream().map(PublicNonce::first).toList();
    List<CurvePoint> seconds = nonces.stream().map(PublicNonce::second).toList();
    return new PublicNonce(engine.sum(firsts), engine.sum(seconds));
  }
}
