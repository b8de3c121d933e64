package org.beaconcohort.musig2.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyAggContextTest {
  private static final String ORDER =
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

  private final SeededRandom random = new SeededRandom(15);
  private final List<Bytes> keys =
      List.of(random.key().publicKey(), random.key().publicKey(), random.key().publicKey());
  private final KeyAggContext context = KeyAggContext.of(keys);

  @ParameterizedTest
  @ValueSource(strings = {"", "01", ORDER + "00"})
  void aTweakOfAnotherLengthIsRefused(String hex) {
    assertTweakRefused(Bytes.ofHex(hex));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {ORDER, "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"})
  void aTweakNotBelowTheOrderIsRefused(String hex) {
    assertTweakRefused(Bytes.ofHex(hex));
  }

  private void assertTweakRefused(Bytes tweak) {
    assertThrows(InvalidTweakException.class, () -> context.withPlainTweak(tweak));
    assertThrows(InvalidTweakException.class, () -> context.withXOnlyTweak(tweak));
  }

  @Test
  void aTweakToInfinityIsRefused() {
    // One signer whose secret key is 1, so the coefficient is the aggregate's secret key.
    Bytes generator = SecretKey.of(Scalar.ONE.bytes().toArray()).publicKey();
    KeyAggContext alone = KeyAggContext.of(List.of(generator));
    Scalar secret = alone.coefficient(0);
    Bytes plain = secret.negate().bytes();
    assertThrows(InvalidTweakException.class, () -> alone.withPlainTweak(plain));
    Bytes xOnly = secret.times(alone.keySign()).negate().bytes();
    assertThrows(InvalidTweakException.class, () -> alone.withXOnlyTweak(xOnly));
  }

  @Test
  void aTweakOfZeroChangesNothing() {
    assertEquals(context, context.withPlainTweak(Scalar.ZERO.bytes()));
  }

  @Test
  void anotherOrderIsAnotherKeyUnlessSorted() {
    List<Bytes> reversed = new ArrayList<>(keys).reversed();
    assertNotEquals(context.aggregateKey(), KeyAggContext.of(reversed).aggregateKey());
    assertEquals(KeyAggContext.of(KeySort.sort(keys)), KeyAggContext.of(KeySort.sort(reversed)));
  }

  @Test
  void duplicateKeysAreLegalAndCount() {
    Bytes key = keys.getFirst();
    KeyAggContext once = KeyAggContext.of(List.of(key));
    KeyAggContext twice = KeyAggContext.of(List.of(key, key));
    assertEquals(List.of(key, key), twice.keys());
    assertNotEquals(once.aggregateKey(), twice.aggregateKey());
    assertEquals(List.of(key, key), KeySort.sort(List.of(key, key)));
  }

  @Test
  void theContextKeepsItsOwnKeyList() {
    List<Bytes> mutable = new ArrayList<>(keys);
    KeyAggContext other = KeyAggContext.of(mutable);
    mutable.clear();
    assertEquals(context, other);
    assertEquals(context.hashCode(), other.hashCode());
    assertEquals(keys, other.keys());
    assertThrows(UnsupportedOperationException.class, () -> other.keys().removeFirst());
  }

  @Test
  void theTwoFormsOfTheAggregateAgree() {
    KeyAggContext tweaked = context.withXOnlyTweak(random.bytes(32));
    assertEquals(33, tweaked.aggregateKey().size());
    assertEquals(tweaked.aggregateKey().slice(1, 33), tweaked.xOnlyAggregateKey());
    assertNotEquals(context.aggregateKey(), tweaked.aggregateKey());
    assertEquals(context, KeyAggContext.of(keys), "tweaking makes a new context");
  }
}
