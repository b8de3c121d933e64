package org.beaconcohort.musig2.bip340;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.ChosenNonces;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchnorrTest {
  private static final Bytes ORDER =
      Bytes.ofHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
  private static final Bytes ONES = Bytes.ofHex("ff".repeat(32));

  private final SeededRandom random = new SeededRandom(6);
  private final SecretKey key = random.key();
  private final Bytes publicKey = key.xOnlyPublicKey();
  private final Bytes message = random.bytes(32);
  private final Bytes signature = Schnorr.sign(key, message, random.bytes(32));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 64, 65, 1000})
  void aSignatureOfAnyBytesOfAnyLengthIsJustFalse(int size) {
    assertFalse(Schnorr.verify(publicKey, message, random.bytes(size)), random::toString);
    assertFalse(Schnorr.verify(publicKey, message, Bytes.of(new byte[size])));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 64})
  void aKeyOfAnyBytesOfAnyLengthIsJustFalse(int size) {
    assertFalse(Schnorr.verify(random.bytes(size), message, signature), random::toString);
    assertFalse(Schnorr.verify(Bytes.of(new byte[size]), message, signature));
  }

  @Test
  void theCompressedKeyIsNotTheXOnlyKey() {
    assertFalse(Schnorr.verify(key.publicKey(), message, signature));
  }

  @Test
  void halvesOutOfRangeAreFalse() {
    Bytes r = signature.slice(0, 32);
    Bytes s = signature.slice(32, 64);
    assertTrue(Schnorr.verify(publicKey, message, Bytes.concat(r, s)));
    assertFalse(Schnorr.verify(publicKey, message, Bytes.concat(r, ORDER)));
    assertFalse(Schnorr.verify(publicKey, message, Bytes.concat(r, ONES)));
    assertFalse(Schnorr.verify(publicKey, message, Bytes.concat(ONES, s)));
    assertFalse(Schnorr.verify(publicKey, message, Bytes.concat(s, r)));
  }

  @Test
  void trailingBytesMakeItFalse() {
    assertFalse(Schnorr.verify(publicKey, message, Bytes.concat(signature, Bytes.of(new byte[1]))));
  }

  @Test
  void anyFlippedBitMakesItFalse() {
    for (int bit = 0; bit < 512; bit += 7) {
      Bytes flipped = flip(signature, bit);
      assertFalse(Schnorr.verify(publicKey, message, flipped), "signature bit " + bit);
    }
    for (int bit = 0; bit < 256; bit += 7) {
      assertFalse(Schnorr.verify(publicKey, flip(message, bit), signature), "message bit " + bit);
      assertFalse(Schnorr.verify(flip(publicKey, bit), message, signature), "key bit " + bit);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 100, 10_000})
  void aMessageHasAnyLength(int size) {
    Bytes other = random.bytes(size);
    Bytes signed = Schnorr.sign(key, other, random.bytes(32));
    assertTrue(Schnorr.verify(publicKey, other, signed), random::toString);
    assertFalse(Schnorr.verify(publicKey, Bytes.concat(other, Bytes.of(new byte[1])), signed));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void auxiliaryRandomnessOfAnotherLengthIsRefused(int size) {
    Bytes auxiliary = random.bytes(size);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Schnorr.sign(key, message, auxiliary));
    assertEquals("auxiliary randomness must be 32 bytes, got " + size, refusal.getMessage());
  }

  @Test
  void signingLeavesTheKeyUsable() {
    assertTrue(Schnorr.verify(publicKey, message, Schnorr.sign(key, message, ONES)));
    assertTrue(Schnorr.verify(publicKey, message, Schnorr.sign(key, message, ONES)));
  }

  @Test
  void aFaultySignatureIsNotHandedOut() {
    Bytes number = random.bytes(32);
    SecretNonce right = ChosenNonces.of(number);
    SecretNonce faulty = ChosenNonces.faulty(right.points(), random.bytes(32));
    SecretKey evenKey = key.withEvenY();
    assertThrows(FaultySignatureException.class, () -> Schnorr.sign(faulty, evenKey, message));
    assertTrue(Schnorr.verify(publicKey, message, Schnorr.sign(right, evenKey, message)));
  }

  private static Bytes flip(Bytes bytes, int bit) {
    byte[] copy = bytes.toArray();
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return Bytes.of(copy);
  }
}
