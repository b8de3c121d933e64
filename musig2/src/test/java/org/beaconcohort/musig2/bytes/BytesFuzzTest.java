package org.beaconcohort.musig2.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.beaconcohort.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** Hexadecimal under mutation. */
final class BytesFuzzTest {
  @Test
  void aTextIsHexadecimalOrRefused() {
    Fuzz.ofText("Bytes.ofHex", List.of("", "00ff", "ABcd09", "0123456789abcdef".repeat(8)))
        .refusing(IllegalArgumentException.class, NumberFormatException.class)
        .run(text -> assertEquals(text.toLowerCase(Locale.ROOT), Bytes.ofHex(text).hex()));
  }
}
