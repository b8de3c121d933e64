package org.beaconcohort.musig2.protocol;

import java.util.List;
import org.beaconcohort.musig2.bip340.FaultySignatureException;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.beaconcohort.musig2.engine.Scalar;

/** BIP-327 Sign, with the self-check the BIP recommends. */
final class Sign {
  private Sign() {}

  /**
   * The partial signature, 32 bytes. The nonce is gone afterwards, whatever happens.
   *
   * @param noncePublicKey the key for which the nonce was made; without this check a nonce used
   *     with a related key allows forgery
   * @throws SessionMismatchException if the key is not the nonce's, or not in the session
   * @throws FaultySignatureException if the result does not verify
   */
  static Bytes sign(
      SecretNonce nonce, Bytes noncePublicKey, SecretKey key, SessionContext session) {
    try {
      PublicNonce publicNonce = NonceGen.publicNonce(nonce);
      int signer = signerIndex(key, noncePublicKey, session.keyAgg());
      Scalar sign = session.nonceSign();
      List<Scalar> nonceFactors = List.of(sign, sign.times(session.nonceCoefficient()));
      Bytes partial = nonce.answer(key, nonceFactors, session.keyFactor(signer));
      if (!PartialSignature.verify(session, signer, partial, publicNonce)) {
        throw new FaultySignatureException("partial signature");
      }
      return partial;
    } finally {
      nonce.destroy();
    }
  }

  private static int signerIndex(SecretKey key, Bytes noncePublicKey, KeyAggContext keyAgg) {
    Bytes publicKey = key.publicKey();
    if (!publicKey.equals(noncePublicKey)) {
      throw new SessionMismatchException(
          "secret key must be that of the nonce, " + noncePublicKey + ", got that of " + publicKey);
    }
    return signerIndex(publicKey, keyAgg);
  }

  /** The first index of the key; with duplicates any would do, as their coefficients are equal. */
  static int signerIndex(Bytes publicKey, KeyAggContext keyAgg) {
    int index = keyAgg.keys().indexOf(publicKey);
    if (index < 0) {
      throw new SessionMismatchException(
          "signer's public key must be among the session's keys, got " + publicKey);
    }
    return index;
  }
}
