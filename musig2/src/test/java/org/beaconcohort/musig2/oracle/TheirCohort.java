package org.beaconcohort.musig2.oracle;

import fr.acinq.secp256k1.Secp256k1;
import java.util.List;
import java.util.Objects;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.beaconcohort.musig2.taproot.TaprootTweak;
import org.jspecify.annotations.Nullable;

/** The library's own MuSig2 calls. */
final class TheirCohort implements Implementation {
  private static final int PUBLIC_NONCE = 66;

  private final Secp256k1 library;
  private final RandomCohort cohort;
  private final byte[] cache = new byte[Secp256k1.MUSIG2_PUBLIC_KEYAGG_CACHE_SIZE];
  private final byte[][] secretNonces;
  private Bytes xOnlyAggregateKey;
  private byte @Nullable [] session;

  TheirCohort(Secp256k1 library, RandomCohort cohort) {
    this.library = library;
    this.cohort = cohort;
    this.secretNonces = new byte[cohort.signers()][];
    this.xOnlyAggregateKey = xOnly(library.musigPubkeyAgg(arrays(cohort.keys()), cache));
    for (RandomCohort.Tweak tweak : cohort.tweaks()) {
      xOnlyAggregateKey =
          xOnly(
              switch (tweak) {
                case RandomCohort.Tweak.Plain plain ->
                    library.musigPubkeyTweakAdd(cache, plain.number().toArray());
                case RandomCohort.Tweak.XOnly xOnly ->
                    library.musigPubkeyXonlyTweakAdd(cache, xOnly.number().toArray());
                case RandomCohort.Tweak.Taproot taproot ->
                    library.musigPubkeyXonlyTweakAdd(
                        cache,
                        TaprootTweak.tweak(xOnlyAggregateKey, taproot.merkleRoot()).toArray());
              });
    }
  }

  @Override
  public Bytes xOnlyAggregateKey() {
    return xOnlyAggregateKey;
  }

  @Override
  public Bytes startNonce(int seat, long seed, Bytes extraInput) {
    Bytes both =
        Bytes.of(
            library.musigNonceGen(
                new SeededRandom(seed).bytes(32).toArray(),
                cohort.secrets().get(seat).toArray(),
                cohort.keys().get(seat).toArray(),
                cohort.messageKnown() ? cohort.message().toArray() : null,
                cache,
                extraInput.toArray()));
    secretNonces[seat] = both.slice(0, both.size() - PUBLIC_NONCE).toArray();
    return both.slice(both.size() - PUBLIC_NONCE, both.size());
  }

  @Override
  public Bytes aggregateNonces(List<Bytes> publicNonces) {
    return Bytes.of(library.musigNonceAgg(arrays(publicNonces)));
  }

  @Override
  public void openSession(Bytes aggregateNonce) {
    session =
        library.musigNonceProcess(aggregateNonce.toArray(), cohort.message().toArray(), cache);
  }

  private byte[] session() {
    return Objects.requireNonNull(session);
  }

  @Override
  public Bytes sign(int seat) {
    byte[] secretKey = cohort.secrets().get(seat).toArray();
    return Bytes.of(library.musigPartialSign(secretNonces[seat], secretKey, cache, session()));
  }

  @Override
  public boolean verifies(int seat, Bytes partial, Bytes publicNonce) {
    return library.musigPartialSigVerify(
            partial.toArray(),
            publicNonce.toArray(),
            cohort.keys().get(seat).toArray(),
            cache,
            session())
        == 1;
  }

  @Override
  public Bytes aggregate(List<Bytes> partials) {
    return Bytes.of(library.musigPartialSigAgg(session(), arrays(partials)));
  }

  @Override
  public boolean verifies(Bytes signature) {
    return library.verifySchnorr(
        signature.toArray(), cohort.message().toArray(), xOnlyAggregateKey.toArray());
  }

  private static Bytes xOnly(byte[] key) {
    return key.length == 32 ? Bytes.of(key) : Bytes.of(key).slice(1, 33);
  }

  private static byte[][] arrays(List<Bytes> all) {
    return all.stream().map(Bytes::toArray).toArray(byte[][]::new);
  }

  @Override
  public String toString() {
    return "their MuSig2";
  }
}
