package org.beaconcohort.musig2.protocol;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.FaultySignatureException;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.beaconcohort.musig2.hash.Sha256;

/**
 * BIP-327 DeterministicSign: the one signer who knows everyone else's aggregate nonce before making
 * its own can sign without keeping a secret between two steps. At most one signer of a session may.
 */
public final class DeterministicSign {
  private DeterministicSign() {}

  /**
   * What the deterministic signer sends.
   *
   * @param publicNonce 66 bytes
   * @param partialSignature 32 bytes
   */
  public record Result(Bytes publicNonce, Bytes partialSignature) {}

  /**
   * Nonce and partial signature at once; the same inputs may be signed again.
   *
   * @param aggregateOtherNonce the sum of all other signers' nonces, 66 bytes
   * @param random not what the nonce stands on, but what keeps a fault, the same in the signature
   *     and in its check, from giving two answers with one nonce
   * @throws InvalidContributionException if the aggregate is not two points
   * @throws SessionMismatchException if the key is not among the context's
   * @throws FaultySignatureException if the result does not verify
   */
  public static Result sign(
      SecretKey key,
      Bytes aggregateOtherNonce,
      KeyAggContext keyAgg,
      Bytes message,
      SecureRandom random) {
    byte[] fresh = new byte[32];
    random.nextBytes(fresh);
    byte[] mask = auxiliaryMask(fresh);
    try {
      return sign(key, aggregateOtherNonce, keyAgg, message, mask);
    } finally {
      Arrays.fill(mask, (byte) 0);
    }
  }

  /** The mask of the secret key that 32 random bytes give; they are overwritten with zeros. */
  static byte[] auxiliaryMask(byte[] random) {
    byte[] mask = Sha256.tagged("MuSig/aux").add(random).finish();
    Arrays.fill(random, (byte) 0);
    return mask;
  }

  /** As above, with the mask of the secret key given: zeros for the BIP's optional randomness. */
  static Result sign(
      SecretKey key, Bytes aggregateOtherNonce, KeyAggContext keyAgg, Bytes message, byte[] mask) {
    PublicNonce others = PublicNonce.aggregateOfOthers(keyAgg.engine(), aggregateOtherNonce);
    Sign.signerIndex(key.publicKey(), keyAgg);
    Bytes known =
        Bytes.concat(
            aggregateOtherNonce,
            keyAgg.xOnlyAggregateKey(),
            NonceGen.bigEndian(8, message.size()),
            message);
    SecretNonce nonce =
        SecretNonce.derive(
            Optional.of(key), mask, "MuSig/deterministic/nonce", NonceGen.numbered(known));
    PublicNonce own = NonceGen.publicNonce(nonce);
    Bytes aggregateNonce = NonceAgg.sum(keyAgg.engine(), List.of(own, others)).bytes();
    SessionContext session = SessionContext.of(aggregateNonce, keyAgg, message);
    return new Result(own.bytes(), Sign.sign(nonce, key.publicKey(), key, session));
  }
}
