package org.beaconcohort.musig2.curve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.InvalidPointException;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretKeyTest {
  private static final String ORDER =
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
  private static final Bytes ZEROS = Bytes.of(new byte[32]);

  private final SeededRandom random = new SeededRandom(1);

  @Test
  void aSumIsThatOfTheNumbersModuloTheOrderAndLeavesThemAsTheyAre() {
    BigInteger order = new BigInteger(ORDER, 16);
    for (int i = 0; i < 50; i++) {
      BigInteger first = new BigInteger(1, random.bytes(32).toArray()).mod(order);
      BigInteger second = i == 0 ? first : order.subtract(BigInteger.valueOf(i));
      byte[] one = fixed(first);
      byte[] other = fixed(second);
      assertArrayEquals(fixed(first.add(second).mod(order)), SecretKey.sum(one, other));
      assertArrayEquals(fixed(first), one);
      assertArrayEquals(fixed(second), other);
    }
  }

  @Test
  void aSumOfWhatIsNoKeyOrThatIsZeroIsRefused() {
    BigInteger order = new BigInteger(ORDER, 16);
    byte[] one = fixed(BigInteger.ONE);
    for (byte[] no : List.of(new byte[32], new byte[31], fixed(order))) {
      assertThrows(InvalidSecretKeyException.class, () -> SecretKey.sum(one, no));
      assertThrows(InvalidSecretKeyException.class, () -> SecretKey.sum(no, one));
    }
    InvalidSecretKeyException zero =
        assertThrows(
            InvalidSecretKeyException.class,
            () -> SecretKey.sum(one, fixed(order.subtract(BigInteger.ONE))));
    assertEquals("sum must be from 1 to n - 1, got 0", zero.getMessage());
  }

  private static byte[] fixed(BigInteger number) {
    return Bytes.ofHex("%064x".formatted(number)).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 64})
  void anotherLengthThan32IsRefused(int size) {
    byte[] bytes = random.bytes(size).toArray();
    InvalidSecretKeyException refusal =
        assertThrows(InvalidSecretKeyException.class, () -> SecretKey.of(bytes));
    assertEquals("secret key must be 32 bytes, got " + size, refusal.getMessage());
    assertArrayEquals(new byte[size], bytes, "wiped even when refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        ORDER,
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364142",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void aNumberThatIsNotAKeyIsRefusedWithoutBeingShown(String hex) {
    byte[] bytes = Bytes.ofHex(hex).toArray();
    InvalidSecretKeyException refusal =
        assertThrows(InvalidSecretKeyException.class, () -> SecretKey.of(bytes));
    assertFalse(String.valueOf(refusal.getMessage()).contains(hex.substring(0, 8)));
    assertArrayEquals(new byte[32], bytes);
  }

  @Test
  void theLargestAndSmallestKeysHaveOppositePublicKeys() {
    Bytes one = Bytes.ofHex("00".repeat(31) + "01");
    Bytes largest = Bytes.ofHex(ORDER.substring(0, 62) + "40");
    SecretKey first = SecretKey.of(one.toArray());
    SecretKey last = SecretKey.of(largest.toArray());
    assertEquals(first.xOnlyPublicKey(), last.xOnlyPublicKey());
    assertEquals(2, first.publicKey().at(0));
    assertEquals(3, last.publicKey().at(0));
  }

  @Test
  void theCallersArrayIsCopiedAndWiped() {
    byte[] bytes = random.bytes(32).toArray();
    SecretKey key = SecretKey.of(bytes);
    assertArrayEquals(new byte[32], bytes);
    assertSigns(key);
  }

  @Test
  void generationDrawsAgainWhenTheNumberIsNotAKey() {
    Bytes good = random.bytes(32);
    Deque<Bytes> draws = new ArrayDeque<>(List.of(ZEROS, Bytes.ofHex(ORDER), good));
    SecureRandom scripted =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            System.arraycopy(draws.remove().toArray(), 0, bytes, 0, bytes.length);
          }
        };
    SecretKey key = SecretKey.generate(scripted);
    assertEquals(SecretKey.of(good.toArray()).publicKey(), key.publicKey());
  }

  @Test
  void aDestroyedKeyRefusesEverythingButItsPublicKey() {
    SecretKey key = random.key();
    Bytes publicKey = key.publicKey();
    Bytes other = random.key().xOnlyPublicKey();
    key.destroy();
    assertTrue(key.isDestroyed());
    assertEquals(publicKey, key.publicKey());
    assertThrows(IllegalStateException.class, () -> key.derive("purpose", ZEROS));
    assertThrows(IllegalStateException.class, () -> key.ecdh(other));
    assertThrows(IllegalStateException.class, () -> key.tweakedForTaproot(Optional.empty()));
    assertThrows(IllegalStateException.class, key::withEvenY);
    assertThrows(IllegalStateException.class, () -> Schnorr.sign(key, ZEROS, ZEROS));
  }

  @Test
  void whatIsLentToAComputationIsWiped() {
    SecretKey key = random.key();
    List<byte[]> kept = new ArrayList<>();
    key.compute(kept::add);
    assertThrows(
        ArithmeticException.class,
        () ->
            key.compute(number -> {
              kept.add(number);
              throw new ArithmeticException();
            }));
    assertEquals(2, kept.size());
    kept.forEach(copy -> assertArrayEquals(new byte[32], copy));
    assertSigns(key);
  }

  @Test
  void aChildKeyOutlivesItsParent() {
    SecretKey parent = random.key();
    SecretKey child = parent.derive("purpose", ZEROS);
    parent.destroy();
    assertSigns(child);
  }

  @Test
  void childrenDependOnKeyPurposeAndContext() {
    SecretKey key = random.key();
    List<Bytes> children = new ArrayList<>();
    children.add(key.publicKey());
    children.add(key.derive("inbox", ZEROS).publicKey());
    children.add(key.derive("inbox", Bytes.EMPTY).publicKey());
    children.add(key.derive("cohort", ZEROS).publicKey());
    children.add(random.key().derive("inbox", ZEROS).publicKey());
    assertEquals(children.size(), children.stream().distinct().count());
    assertEquals(children.get(1), key.derive("inbox", ZEROS).publicKey());
  }

  @Test
  void purposeAndContextDoNotRunIntoEachOther() {
    SecretKey key = random.key();
    assertNotEquals(
        key.derive("ab", Bytes.ofHex("63")).publicKey(),
        key.derive("a", Bytes.ofHex("6263")).publicKey());
  }

  @Test
  void bothSidesOfAnExchangeShareOneSecret() {
    for (int i = 0; i < 8; i++) {
      SecretKey alice = random.key();
      SecretKey bob = random.key();
      assertEquals(
          x(alice.ecdh(bob.xOnlyPublicKey())),
          x(bob.ecdh(alice.xOnlyPublicKey())),
          random::toString);
    }
  }

  @Test
  void anExchangeWithWhatIsNoKeyIsRefused() {
    SecretKey key = random.key();
    assertThrows(InvalidPointException.class, () -> key.ecdh(ZEROS));
    assertThrows(InvalidPointException.class, () -> key.ecdh(key.publicKey()));
    assertThrows(InvalidPointException.class, () -> key.ecdh(Bytes.EMPTY));
  }

  @Test
  void aSharedSecretIsLentOnceAndWiped() {
    SharedSecret secret = random.key().ecdh(random.key().xOnlyPublicKey());
    List<byte[]> kept = new ArrayList<>();
    secret.useX(kept::add);
    assertArrayEquals(new byte[32], kept.getFirst());
    assertTrue(secret.isDestroyed());
    assertThrows(IllegalStateException.class, () -> secret.useX(kept::add));
  }

  @Test
  void aSharedSecretIsWipedWhenItsUseFails() {
    SharedSecret secret = random.key().ecdh(random.key().xOnlyPublicKey());
    List<byte[]> kept = new ArrayList<>();
    assertThrows(
        ArithmeticException.class,
        () ->
            secret.useX(x -> {
              kept.add(x);
              throw new ArithmeticException();
            }));
    assertArrayEquals(new byte[32], kept.getFirst());
  }

  @Test
  void aDestroyedSharedSecretIsNotLent() {
    SharedSecret secret = random.key().ecdh(random.key().xOnlyPublicKey());
    secret.destroy();
    assertThrows(IllegalStateException.class, () -> secret.useX(x -> {}));
  }

  @Test
  void theEvenKeyIsTheKeyOrItsNegation() {
    for (int i = 0; i < 16; i++) {
      SecretKey key = random.key();
      SecretKey even = key.withEvenY();
      assertEquals(2, even.publicKey().at(0));
      assertEquals(key.xOnlyPublicKey(), even.xOnlyPublicKey());
      assertEquals(
          even.publicKey(),
          even.compute(number -> SecretKey.of(number.clone())).publicKey(),
          random::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void aMerkleRootOfAnotherLengthIsRefused(int size) {
    SecretKey key = random.key();
    Optional<Bytes> root = Optional.of(random.bytes(size));
    assertThrows(IllegalArgumentException.class, () -> key.tweakedForTaproot(root));
  }

  private static void assertSigns(SecretKey key) {
    Bytes signature = Schnorr.sign(key, ZEROS, ZEROS);
    assertTrue(Schnorr.verify(key.xOnlyPublicKey(), ZEROS, signature));
  }

  private static Bytes x(SharedSecret secret) {
    List<Bytes> copy = new ArrayList<>();
    secret.useX(x -> copy.add(Bytes.of(x)));
    return copy.getFirst();
  }
}
