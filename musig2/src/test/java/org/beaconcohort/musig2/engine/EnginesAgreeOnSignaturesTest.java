package org.beaconcohort.musig2.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same BIP-340 signatures are valid on both engines. */
@Tag("names-its-engines")
final class EnginesAgreeOnSignaturesTest {
  private static final Bytes ORDER = Bytes.concat(Scalar.MINUS_ONE.bytes().slice(0, 31), end());
  private static final Bytes FIELD =
      Bytes.ofHex("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f");
  private static final Bytes NO_X = Bytes.ofHex("00".repeat(31) + "05");

  private final CurveEngine java = CurveEngines.bouncyCastle();
  private final CurveEngine c = TestEngines.nativeOrSkip();
  private final SeededRandom random = new SeededRandom(42);

  private static Bytes end() {
    return Bytes.ofHex("41");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 64, 100, 1000})
  void signaturesOverMessagesOfAnyLength(int size) {
    for (int i = 0; i < 20; i++) {
      Bytes message = random.bytes(size);
      SecretKey key = SecretKey.of(i % 2 == 0 ? java : c, random.bytes(32).toArray());
      Bytes signature = Schnorr.sign(key, message, random.bytes(32));
      Bytes publicKey = key.xOnlyPublicKey();
      assertTrue(verdict(publicKey, message, signature));
      assertFalse(verdict(damaged(publicKey), message, signature));
      assertFalse(verdict(publicKey, message, damaged(signature)));
      assertFalse(verdict(publicKey, Bytes.concat(message, Bytes.of(new byte[1])), signature));
    }
  }

  @Test
  void whatIsNoKeyOrNoSignatureIsNotValid() {
    SecretKey key = random.key();
    Bytes message = random.bytes(32);
    Bytes good = Schnorr.sign(key, message, random.bytes(32));
    Bytes r = good.slice(0, 32);
    Bytes s = good.slice(32, 64);
    Bytes zero = Scalar.ZERO.bytes();
    for (Bytes text : List.of(message, Bytes.EMPTY, random.bytes(33))) {
      for (Bytes no : List.of(Bytes.EMPTY, NO_X, FIELD, zero, key.publicKey(), r.slice(0, 31))) {
        assertFalse(verdict(no, text, good), no::hex);
      }
      for (Bytes no :
          List.of(
              Bytes.EMPTY,
              r,
              good.slice(0, 63),
              Bytes.concat(good, end()),
              Bytes.concat(r, ORDER),
              Bytes.concat(r, zero),
              Bytes.concat(FIELD, s),
              Bytes.concat(zero, s),
              Bytes.concat(NO_X, s),
              Bytes.of(new byte[64]),
              Bytes.ofHex("ff".repeat(64)))) {
        assertFalse(verdict(key.xOnlyPublicKey(), text, no), no::hex);
      }
    }
    assertTrue(verdict(key.xOnlyPublicKey(), message, good));
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 5})
  void aNonceAtInfinityOrWithOddYIsNotValid(int size) {
    for (int i = 0; i < 20; i++) {
      Bytes message = random.bytes(size);
      Scalar secret = Scalar.reduce(random.bytes(32));
      CurvePoint point = java.multiplyGeneratorSecret(secret.bytes().toArray());
      Bytes publicKey = point.xOnly();
      Scalar evenSecret = secret.negateIf(!point.hasEvenY());

      // s·G − e·P is infinity for s = e·d.
      Bytes anyR = random.key().xOnlyPublicKey();
      Scalar e = Schnorr.challenge(anyR, publicKey, message);
      assertFalse(verdict(publicKey, message, Bytes.concat(anyR, e.times(evenSecret).bytes())));

      Scalar nonce = Scalar.reduce(random.bytes(32));
      CurvePoint noncePoint = java.multiplyGeneratorSecret(nonce.bytes().toArray());
      Scalar evenNonce = nonce.negateIf(!noncePoint.hasEvenY());
      Bytes r = noncePoint.xOnly();
      Scalar answer = Schnorr.challenge(r, publicKey, message).times(evenSecret);
      assertTrue(verdict(publicKey, message, Bytes.concat(r, evenNonce.plus(answer).bytes())));
      assertFalse(
          verdict(publicKey, message, Bytes.concat(r, evenNonce.negate().plus(answer).bytes())));
    }
  }

  /** Fails if the two disagree. */
  private boolean verdict(Bytes publicKey, Bytes message, Bytes signature) {
    boolean one = java.verifySchnorr(publicKey, message, signature);
    assertEquals(
        one,
        c.verifySchnorr(publicKey, message, signature),
        () -> publicKey + ", " + message + ", " + signature);
    return one;
  }

  private Bytes damaged(Bytes bytes) {
    byte[] copy = bytes.toArray();
    int bit = random.below(8 * copy.length);
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return Bytes.of(copy);
  }
}
