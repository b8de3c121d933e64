package org.beaconcohort.cohort.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {
  @Test
  void writesTheSafeAlphabetWithoutPadding() {
    assertEquals("-_8", Base64Url.encode(Bytes.ofHex("fbff")));
    assertEquals("", Base64Url.encode(Bytes.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "AA=", "AA==", "AB", "A+", "A/", "A A", "AA\n", "Ä", "AAB", "A."})
  void refusesEveryOtherSpelling(String text) {
    assertThrows(MalformedJsonException.class, () -> Base64Url.decode(text));
  }

  @Test
  void aHashIs43Characters() {
    String hash = "A".repeat(43);
    assertEquals(Bytes.of(new byte[32]), Base64Url.decodeHash(hash, "hash"));
    for (String wrong :
        new String[] {"", "A".repeat(42), "A".repeat(44), "A".repeat(42) + "B", hash + "="}) {
      assertThrows(MalformedJsonException.class, () -> Base64Url.decodeHash(wrong, "hash"), wrong);
    }
  }

  @Test
  void everyByteStringHasOneText() {
    for (long seed = 1; seed <= 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[random.nextInt(70)];
      random.nextBytes(bytes);
      String text = Base64Url.encode(Bytes.of(bytes));
      assertEquals(Bytes.of(bytes), Base64Url.decode(text), "seed " + seed);
    }
  }
}
