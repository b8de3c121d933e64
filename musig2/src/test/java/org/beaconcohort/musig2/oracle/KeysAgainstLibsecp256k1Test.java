package org.beaconcohort.musig2.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.acinq.secp256k1.Secp256k1;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.beaconcohort.musig2.taproot.TaprootTweak;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class KeysAgainstLibsecp256k1Test {
  private static final int RUNS = 200;

  private final Secp256k1 library = Libsecp256k1.orSkip();

  @BeforeAll
  static void skipWithoutLibrary() {
    Libsecp256k1.orSkip();
  }

  @Test
  void publicKeysAreTheSame() {
    SeededRandom random = new SeededRandom(20);
    for (int i = 0; i < RUNS; i++) {
      Bytes secret = random.bytes(32);
      Bytes theirs = Bytes.of(library.pubKeyCompress(library.pubkeyCreate(secret.toArray())));
      assertEquals(theirs, SecretKey.of(secret.toArray()).publicKey(), random::toString);
    }
  }

  @Test
  void schnorrSignaturesAreTheSameAndVerifyOnBothSides() {
    SeededRandom random = new SeededRandom(21);
    for (int i = 0; i < RUNS; i++) {
      Bytes secret = random.bytes(32);
      Bytes message = random.bytes(32);
      Bytes auxiliary = random.bytes(32);
      SecretKey key = SecretKey.of(secret.toArray());
      Bytes ours = Schnorr.sign(key, message, auxiliary);
      byte[] theirs = library.signSchnorr(message.toArray(), secret.toArray(), auxiliary.toArray());
      assertEquals(Bytes.of(theirs), ours, random::toString);
      assertTrue(verifiesOnBothSides(key.xOnlyPublicKey(), message, ours), random::toString);
    }
  }

  @Test
  void bothSidesRefuseTheSameSignatures() {
    SeededRandom random = new SeededRandom(22);
    int refused = 0;
    for (int i = 0; i < RUNS; i++) {
      SecretKey key = random.key();
      Bytes message = random.bytes(32);
      Bytes signature = Schnorr.sign(key, message, random.bytes(32));
      Bytes publicKey = key.xOnlyPublicKey();
      int part = random.below(3);
      boolean valid =
          verifiesOnBothSides(
              part == 0 ? damaged(publicKey, random) : publicKey,
              part == 1 ? damaged(message, random) : message,
              part == 2 ? damaged(signature, random) : signature);
      assertFalse(valid, random::toString);
      refused++;
    }
    assertEquals(RUNS, refused);
  }

  /** Fails if the two disagree. */
  private boolean verifiesOnBothSides(Bytes publicKey, Bytes message, Bytes signature) {
    boolean ours = Schnorr.verify(publicKey, message, signature);
    assertEquals(theirVerdict(publicKey, message, signature), ours, "who verifies " + signature);
    return ours;
  }

  /** The library throws on a key off the curve. */
  private boolean theirVerdict(Bytes publicKey, Bytes message, Bytes signature) {
    try {
      return library.verifySchnorr(signature.toArray(), message.toArray(), publicKey.toArray());
    } catch (fr.acinq.secp256k1.Secp256k1Exception badKey) {
      return false;
    }
  }

  private static Bytes damaged(Bytes bytes, SeededRandom random) {
    byte[] copy = bytes.toArray();
    int bit = random.below(8 * copy.length);
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return Bytes.of(copy);
  }

  @Test
  void taprootKeysAreTheSame() {
    SeededRandom random = new SeededRandom(23);
    for (int i = 0; i < RUNS; i++) {
      Bytes secret = random.bytes(32);
      SecretKey key = SecretKey.of(secret.toArray());
      Optional<Bytes> root = i % 2 == 0 ? Optional.empty() : Optional.of(random.bytes(32));
      byte[] even =
          key.publicKey().at(0) == 2 ? secret.toArray() : library.privKeyNegate(secret.toArray());
      byte[] tweak = TaprootTweak.tweak(key.xOnlyPublicKey(), root).toArray();
      byte[] theirs = library.pubkeyCreate(library.privKeyTweakAdd(even, tweak));
      assertEquals(
          Bytes.of(library.pubKeyCompress(theirs)),
          key.tweakedForTaproot(root).publicKey(),
          random::toString);
    }
  }

  @Test
  void sharedSecretsAreTheSame() {
    SeededRandom random = new SeededRandom(24);
    for (int i = 0; i < RUNS; i++) {
      Bytes secret = random.bytes(32);
      Bytes other = random.key().withEvenY().publicKey();
      byte[] theirs = library.pubKeyTweakMul(other.toArray(), secret.toArray());
      List<Bytes> ours = new ArrayList<>();
      SecretKey.of(secret.toArray()).ecdh(other.slice(1, 33)).useX(x -> ours.add(Bytes.of(x)));
      assertEquals(List.of(Bytes.of(theirs).slice(1, 33)), ours, random::toString);
    }
  }
}
