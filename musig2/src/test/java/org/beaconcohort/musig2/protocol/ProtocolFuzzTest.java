package org.beaconcohort.musig2.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.InvalidPointException;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.beaconcohort.musig2.taproot.TaprootTweak;
import org.junit.jupiter.api.Test;

/** What co-signers and aggregators send, and signatures, under mutation. */
final class ProtocolFuzzTest {
  private static final CurveEngine ENGINE = CurveEngines.get();
  private static final SeededRandom RANDOM = new SeededRandom(62);
  private static final Bytes MESSAGE = RANDOM.bytes(32);
  private static final SecretKey FIRST = RANDOM.key();
  private static final SecretKey SECOND = RANDOM.key();
  private static final KeyAggContext KEYS =
      KeyAggContext.of(List.of(FIRST.publicKey(), SECOND.publicKey()));
  private static final Bytes NONCE_OF_FIRST;
  private static final Bytes AGGREGATE_NONCE;
  private static final List<Bytes> PARTIALS = new ArrayList<>();
  private static final SessionContext SESSION;

  static {
    SigningSession first =
        SigningSession.start(FIRST, KEYS, Optional.of(MESSAGE), Bytes.EMPTY, RANDOM);
    SigningSession second =
        SigningSession.start(SECOND, KEYS, Optional.of(MESSAGE), Bytes.EMPTY, RANDOM);
    NONCE_OF_FIRST = first.publicNonce();
    AGGREGATE_NONCE = NonceAgg.aggregate(List.of(first.publicNonce(), second.publicNonce()));
    SESSION = SessionContext.of(AGGREGATE_NONCE, KEYS, MESSAGE);
    PARTIALS.add(first.sign(SESSION));
    PARTIALS.add(second.sign(SESSION));
  }

  /** Elements of {@code size} bytes, the last one perhaps shorter. */
  private static List<Bytes> elements(Bytes joined, int size) {
    List<Bytes> elements = new ArrayList<>();
    for (int from = 0; from < joined.size(); from += size) {
      elements.add(joined.slice(from, Math.min(from + size, joined.size())));
    }
    return elements;
  }

  @Test
  void bytesAreAPublicNonceOrRefused() {
    Fuzz.ofBytes("PublicNonce.check", List.of(NONCE_OF_FIRST, AGGREGATE_NONCE))
        .refusing(InvalidContributionException.class)
        .run(PublicNonce::check);
  }

  @Test
  void bytesAreAnAggregateNonceOrRefused() {
    Bytes infinity = Bytes.of(new byte[66]);
    Fuzz.ofBytes("PublicNonce.aggregate", List.of(AGGREGATE_NONCE, infinity))
        .refusing(InvalidContributionException.class)
        .run(bytes -> assertEquals(bytes, PublicNonce.aggregate(ENGINE, bytes).bytes()));
  }

  @Test
  void noncesHaveAnAggregateOrAreRefused() {
    Fuzz.ofBytes("NonceAgg.aggregate", List.of(NONCE_OF_FIRST, twice(NONCE_OF_FIRST)))
        .refusing(InvalidContributionException.class, IllegalArgumentException.class)
        .upTo(5 * 66)
        .run(bytes -> PublicNonce.aggregate(ENGINE, NonceAgg.aggregate(elements(bytes, 66))));
  }

  @Test
  void keysHaveAnAggregateOrAreRefused() {
    Fuzz.ofBytes("KeyAggContext.of", List.of(FIRST.publicKey(), twice(SECOND.publicKey())))
        .refusing(InvalidContributionException.class, IllegalArgumentException.class)
        .upTo(3 * 33)
        .run(bytes ->
            assertEquals(32, KeyAggContext.of(elements(bytes, 33)).xOnlyAggregateKey().size()));
  }

  @Test
  void bytesAreATweakOrRefused() {
    Fuzz.ofBytes("KeyAggContext.withXOnlyTweak", List.of(MESSAGE, Bytes.of(new byte[32])))
        .refusing(InvalidTweakException.class)
        .run(KEYS::withXOnlyTweak);
  }

  @Test
  void anAggregateNonceMakesASessionOrIsRefused() {
    Fuzz.ofBytes("SessionContext.of", List.of(AGGREGATE_NONCE, Bytes.of(new byte[66])))
        .refusing(InvalidContributionException.class)
        .run(bytes -> SessionContext.of(bytes, KEYS, MESSAGE));
  }

  @Test
  void aPartialSignatureWithItsNonceIsRightOrWrong() {
    Bytes seed = Bytes.concat(PARTIALS.get(0), NONCE_OF_FIRST);
    Fuzz.ofBytes("PartialSignature.verify", List.of(seed))
        .refusing(InvalidContributionException.class)
        .run(bytes -> {
          int split = Math.min(32, bytes.size());
          boolean right =
              PartialSignature.verify(
                  SESSION, 0, bytes.slice(0, split), bytes.slice(split, bytes.size()));
          assertEquals(bytes.equals(seed), right);
        });
  }

  @Test
  void partialSignaturesHaveAnAggregateOrAreRefused() {
    Bytes seed = Bytes.concat(PARTIALS.get(0), PARTIALS.get(1));
    Fuzz.ofBytes("PartialSigAgg.aggregate", List.of(seed))
        .refusing(InvalidContributionException.class, IllegalArgumentException.class)
        .run(bytes ->
            assertEquals(64, PartialSigAgg.aggregate(SESSION, elements(bytes, 32)).size()));
  }

  @Test
  void theNonceOfTheOthersIsSignedWithOrRefused() {
    // Signing and the check of what was signed take half a megabyte on Bouncy Castle.
    Fuzz.ofBytes("DeterministicSign.sign", List.of(NONCE_OF_FIRST))
        .refusing(InvalidContributionException.class)
        .allocatingAlways(2 << 20)
        .run(bytes -> DeterministicSign.sign(SECOND, bytes, KEYS, MESSAGE, RANDOM));
  }

  @Test
  void bytesAreAnInternalKeyOrRefused() {
    Fuzz.ofBytes("TaprootTweak.outputKey", List.of(KEYS.xOnlyAggregateKey()))
        .refusing(InvalidPointException.class)
        .run(bytes -> TaprootTweak.outputKey(bytes, Optional.empty()));
  }

  private static Bytes twice(Bytes bytes) {
    return Bytes.concat(bytes, bytes);
  }
}
