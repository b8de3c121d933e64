package org.beaconcohort.musig2.oracle;

import fr.acinq.secp256k1.Secp256k1;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/** Keys and tweaks as libsecp256k1 holds them, and a session of theirs. */
final class TheirCohort {
  private final Secp256k1 library;
  private final byte[] cache = new byte[Secp256k1.MUSIG2_PUBLIC_KEYAGG_CACHE_SIZE];
  private Bytes xOnlyAggregateKey;

  TheirCohort(Secp256k1 library, List<Bytes> keys) {
    this.library = library;
    this.xOnlyAggregateKey = xOnly(library.musigPubkeyAgg(arrays(keys), cache));
  }

  void tweak(Bytes tweak, boolean xOnly) {
    byte[] tweaked =
        xOnly
            ? library.musigPubkeyXonlyTweakAdd(cache, tweak.toArray())
            : library.musigPubkeyTweakAdd(cache, tweak.toArray());
    xOnlyAggregateKey = xOnly(tweaked);
  }

  Bytes xOnlyAggregateKey() {
    return xOnlyAggregateKey;
  }

  /** The secret nonce and, in its last 66 bytes, the public one. */
  Bytes nonce(Bytes random, Bytes secretKey, Bytes publicKey, Bytes message, Bytes extraInput) {
    return Bytes.of(
        library.musigNonceGen(
            random.toArray(),
            secretKey.toArray(),
            publicKey.toArray(),
            message.toArray(),
            cache,
            extraInput.toArray()));
  }

  Bytes aggregateNonces(List<Bytes> publicNonces) {
    return Bytes.of(library.musigNonceAgg(arrays(publicNonces)));
  }

  Bytes session(Bytes aggregateNonce, Bytes message) {
    return Bytes.of(library.musigNonceProcess(aggregateNonce.toArray(), message.toArray(), cache));
  }

  Bytes sign(Bytes nonce, Bytes secretKey, Bytes session) {
    byte[] secretNonce = nonce.slice(0, nonce.size() - 66).toArray();
    return Bytes.of(
        library.musigPartialSign(secretNonce, secretKey.toArray(), cache, session.toArray()));
  }

  boolean verifies(Bytes partial, Bytes publicNonce, Bytes publicKey, Bytes session) {
    return library.musigPartialSigVerify(
            partial.toArray(), publicNonce.toArray(), publicKey.toArray(), cache, session.toArray())
        == 1;
  }

  Bytes aggregate(Bytes session, List<Bytes> partials) {
    return Bytes.of(library.musigPartialSigAgg(session.toArray(), arrays(partials)));
  }

  private static Bytes xOnly(byte[] key) {
    return key.length == 32 ? Bytes.of(key) : Bytes.of(key).slice(1, 33);
  }

  private static byte[][] arrays(List<Bytes> all) {
    return all.stream().map(Bytes::toArray).toArray(byte[][]::new);
  }
}
