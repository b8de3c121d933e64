package org.beaconcohort.musig2.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.InvalidPointException;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;

/** Secret keys, and what they are asked to multiply, under mutation. */
final class SecretKeyFuzzTest {
  private static final SeededRandom RANDOM = new SeededRandom(60);

  @Test
  void bytesAreASecretKeyOrRefusedAndOverwritten() {
    Bytes one = Bytes.ofHex("00".repeat(31) + "01");
    Bytes last = Bytes.ofHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140");
    Fuzz.ofBytes("SecretKey.of", List.of(one, last, RANDOM.bytes(32)))
        .refusing(InvalidSecretKeyException.class)
        .run(bytes -> {
          byte[] number = bytes.toArray();
          try {
            SecretKey.of(number).destroy();
          } finally {
            assertEquals(Bytes.of(new byte[number.length]), Bytes.of(number));
          }
        });
  }

  @Test
  void bytesAreAPartnerOfEcdhOrRefused() {
    SecretKey mine = RANDOM.key();
    List<Bytes> theirs = Stream.generate(() -> RANDOM.key().xOnlyPublicKey()).limit(4).toList();
    Fuzz.ofBytes("SecretKey.ecdh", theirs)
        .refusing(InvalidPointException.class)
        .run(bytes -> mine.ecdh(bytes).destroy());
  }
}
