package org.beaconcohort.musig2.taproot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaprootTweakTest {
  private final SeededRandom random = new SeededRandom(7);

  @Test
  void secretKeyPublicKeyAndContextTweakToOneOutputKey() {
    for (int i = 0; i < 16; i++) {
      SecretKey key = random.key();
      Optional<Bytes> root = i % 2 == 0 ? Optional.empty() : Optional.of(random.bytes(32));
      TaprootOutputKey output = TaprootTweak.outputKey(key.xOnlyPublicKey(), root);
      SecretKey tweaked = key.tweakedForTaproot(root);
      assertEquals(output.xOnly(), tweaked.xOnlyPublicKey(), random::toString);
      assertEquals(output.parity(), tweaked.publicKey().at(0) - 2, random::toString);
      KeyAggContext untweaked =
          KeyAggContext.of(List.of(key.publicKey(), random.key().publicKey()));
      assertEquals(
          TaprootTweak.outputKey(untweaked.xOnlyAggregateKey(), root).xOnly(),
          TaprootTweak.apply(untweaked, root).xOnlyAggregateKey(),
          random::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void anInternalKeyOrRootOfAnotherLengthIsRefused(int size) {
    Bytes wrong = random.bytes(size);
    Bytes right = random.key().xOnlyPublicKey();
    assertThrows(IllegalArgumentException.class, () -> TaprootTweak.tweak(wrong, Optional.empty()));
    assertThrows(
        IllegalArgumentException.class, () -> TaprootTweak.tweak(right, Optional.of(wrong)));
    assertThrows(
        IllegalArgumentException.class, () -> TaprootTweak.outputKey(wrong, Optional.empty()));
  }

  @Test
  void anInternalKeyOffTheCurveIsRefused() {
    Bytes offCurve = Bytes.ofHex("00".repeat(31) + "05");
    assertThrows(
        IllegalArgumentException.class, () -> TaprootTweak.outputKey(offCurve, Optional.empty()));
  }
}
