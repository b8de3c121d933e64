package org.beaconcohort.musig2.curve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretNonceTest {
  private static final List<Scalar> ONE = List.of(Scalar.ONE);

  private final SeededRandom random = new SeededRandom(2);
  private final SecretKey key = random.key();

  @Test
  void aSecondAnswerThrows() {
    SecretNonce nonce = nonce();
    Bytes answer = nonce.answer(key, ONE, Scalar.ONE);
    assertEquals(32, answer.size());
    assertTrue(nonce.isDestroyed());
    assertThrows(NonceAlreadyUsedException.class, () -> nonce.answer(key, ONE, Scalar.ONE));
  }

  @Test
  void aFailedAnswerUsesTheNonceUp() {
    SecretNonce nonce = nonce();
    SecretKey destroyed = random.key();
    destroyed.destroy();
    assertThrows(IllegalStateException.class, () -> nonce.answer(destroyed, ONE, Scalar.ONE));
    assertThrows(NonceAlreadyUsedException.class, () -> nonce.answer(key, ONE, Scalar.ONE));
  }

  @Test
  void aWrongNumberOfFactorsUsesTheNonceUp() {
    SecretNonce nonce = nonce();
    assertThrows(IllegalArgumentException.class, () -> nonce.answer(key, List.of(), Scalar.ONE));
    assertThrows(NonceAlreadyUsedException.class, () -> nonce.answer(key, ONE, Scalar.ONE));
  }

  @Test
  void aDestroyedNonceDoesNotAnswer() {
    SecretNonce nonce = nonce();
    nonce.destroy();
    assertThrows(NonceAlreadyUsedException.class, () -> nonce.answer(key, ONE, Scalar.ONE));
  }

  @Test
  void theNumbersAreWipedByTheAnswer() {
    byte[] number = random.bytes(32).toArray();
    SecretNonce.of(CurveEngines.get(), List.of(number)).answer(key, ONE, Scalar.ONE);
    assertArrayEquals(new byte[32], number);
  }

  @Test
  void theNumbersAreWipedByDestruction() {
    byte[] number = random.bytes(32).toArray();
    SecretNonce.of(CurveEngines.get(), List.of(number)).destroy();
    assertArrayEquals(new byte[32], number);
  }

  @Test
  void theNumbersAreWipedWhenOneIsRefused() {
    byte[] number = random.bytes(32).toArray();
    assertThrows(
        IllegalArgumentException.class,
        () -> SecretNonce.of(CurveEngines.get(), List.of(number, new byte[32])));
    assertArrayEquals(new byte[32], number);
  }

  @Test
  void theMaskIsWiped() {
    byte[] mask = random.bytes(32).toArray();
    SecretNonce.derive(Optional.of(key), mask, "tag", List.of(Bytes.EMPTY));
    assertArrayEquals(new byte[32], mask);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
      })
  void aNumberOutOfRangeIsRefused(String hex) {
    Bytes good = random.bytes(32);
    assertThrows(IllegalArgumentException.class, () -> ChosenNonces.of(good, Bytes.ofHex(hex)));
    assertThrows(IllegalArgumentException.class, () -> ChosenNonces.of(Bytes.ofHex(hex), good));
  }

  private SecretNonce nonce() {
    byte[] mask = random.bytes(32).toArray();
    return SecretNonce.derive(Optional.of(key), mask, "tag", List.of(Bytes.EMPTY));
  }
}
