package org.beaconcohort.musig2.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.InvalidContributionException;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SigningSession;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;

/** What signers send to whoever collects it, under mutation. */
final class CollectionsFuzzTest {
  private static final SeededRandom RANDOM = new SeededRandom(62);
  private static final Bytes MESSAGE = RANDOM.bytes(32);
  private static final SecretKey FIRST = RANDOM.key();
  private static final SecretKey SECOND = RANDOM.key();
  private static final KeyAggContext KEYS =
      KeyAggContext.of(List.of(FIRST.publicKey(), SECOND.publicKey()));

  private final SigningSession first = session(FIRST);
  private final SigningSession second = session(SECOND);
  private final NonceCollection oneNonce = NonceCollection.of(KEYS).with(0, first.publicNonce());

  private static SigningSession session(SecretKey key) {
    return SigningSession.start(key, KEYS, Optional.of(MESSAGE), Bytes.EMPTY, RANDOM);
  }

  @Test
  void aNonceIsCollectedOrRefused() {
    Fuzz.ofBytes("NonceCollection.with", List.of(second.publicNonce()))
        .refusing(InvalidContributionException.class)
        .run(bytes -> assertEquals(66, oneNonce.with(1, bytes).aggregateNonce().size()));
  }

  @Test
  void aPartialSignatureIsCollectedOrRefusedAndTheResultNamesItsMaker() {
    PartialSignatureCollection partials = oneNonce.with(1, second.publicNonce()).sign(MESSAGE);
    PartialSignatureCollection one = partials.with(0, first.sign(partials.session()));
    Bytes right = second.sign(partials.session());
    // A wrong one makes every partial signature verified, which on Bouncy Castle takes 0.6 MB.
    Fuzz.ofBytes("PartialSignatureCollection.with", List.of(right))
        .refusing(InvalidContributionException.class)
        .allocatingAlways(2 << 20)
        .run(bytes -> {
          SigningResult result = one.with(1, bytes).result();
          if (!bytes.equals(right)) {
            assertEquals(new SigningResult.Faulty(List.of(1)), result);
          }
        });
  }
}
