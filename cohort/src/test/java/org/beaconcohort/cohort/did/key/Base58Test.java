package org.beaconcohort.cohort.did.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Base58Test {
  /** From the Base58 draft of the IETF and Bitcoin Core's test data. */
  @ParameterizedTest
  @CsvSource({
    "48656c6c6f20576f726c6421, 2NEpo7TZRRrLZSi2U",
    "0000287fb4cd, 11233QC4",
    "61, 2g",
    "626262, a3gV",
    "00000000000000000000, 1111111111",
    "00eb15231dfceb60925886b67d065299925915aeb172c06647, 1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"
  })
  void agreesWithPublishedVectors(String hex, String text) {
    Bytes bytes = Bytes.ofHex(hex);
    assertEquals(text, Base58.encode(bytes));
    assertEquals(bytes, Base58.decode(text, bytes.size()));
  }

  @Test
  void nothingHasTheEmptyText() {
    assertEquals("", Base58.encode(Bytes.EMPTY));
    assertEquals(Bytes.EMPTY, Base58.decode("", 0));
  }

  @Test
  void refusesOtherCharacters() {
    for (String text : new String[] {"0", "O", "I", "l", "a b", "2g\n", "é", "+"}) {
      assertThrows(MalformedKeyException.class, () -> Base58.decode(text, 2), text);
    }
  }

  @Test
  void refusesOneByteMoreOrLess() {
    assertThrows(MalformedKeyException.class, () -> Base58.decode("a3gV", 2));
    assertThrows(MalformedKeyException.class, () -> Base58.decode("a3gV", 4));
    assertThrows(MalformedKeyException.class, () -> Base58.decode("1a3gV", 3));
    assertThrows(MalformedKeyException.class, () -> Base58.decode("", 1));
  }

  @Test
  void refusesAMegabyteWithoutDecodingIt() {
    String long1 = "z".repeat(1 << 20);
    assertThrows(MalformedKeyException.class, () -> Base58.decode(long1, 64));
  }

  @Test
  void refusesAWrongChecksum() {
    String text = Base58.encodeCheck(Bytes.ofHex("6f00112233445566778899aabbccddeeff00112233"));
    assertEquals(21, Base58.decodeCheck(text, 21).size());
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'a' ? 'b' : 'a';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      assertThrows(MalformedKeyException.class, () -> Base58.decodeCheck(changed, 21), changed);
    }
  }

  /** bitcoin-kmp is the second opinion. */
  @Test
  void agreesWithAnIndependentImplementation() {
    for (long seed = 1; seed <= 1_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      for (int zeros = random.nextInt(4); zeros > 0 && zeros <= bytes.length; zeros--) {
        bytes[zeros - 1] = 0;
      }
      String text = fr.acinq.bitcoin.Base58.encode(bytes);
      assertEquals(text, Base58.encode(Bytes.of(bytes)), "seed " + seed);
      assertEquals(Bytes.of(bytes), Base58.decode(text, bytes.length), "seed " + seed);
    }
  }

  @Test
  void randomTextGivesBytesOfThatTextOrATypedError() {
    for (long seed = 1; seed <= 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append((char) random.nextInt(48, 123));
      }
      String message = "seed " + seed;
      try {
        assertEquals(text.toString(), Base58.encode(Base58.decode(text.toString(), 8)), message);
      } catch (MalformedKeyException expected) {
        // The other outcome.
      }
    }
  }
}
