package org.beaconcohort.musig2.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BytesTest {
  @Test
  void theContentIsCopiedInAndOut() {
    byte[] array = {1, 2, 3};
    Bytes bytes = Bytes.of(array);
    array[0] = 9;
    bytes.toArray()[1] = 9;
    assertEquals("010203", bytes.hex());
  }

  @Test
  void hexIsReadInBothCasesAndWrittenInLower() {
    assertEquals(Bytes.ofHex("aBcD"), Bytes.ofHex("AbCd"));
    assertEquals("abcd", Bytes.ofHex("ABCD").toString());
    assertEquals(0xab, Bytes.ofHex("abcd").at(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "abc", "0x", "zz", " ab", "ab ", "a b", "\u0661\u0661"})
  void whatIsNotHexIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Bytes.ofHex(text));
  }

  @Test
  void orderIsThatOfUnsignedBytes() {
    assertTrue(Bytes.ofHex("7f").compareTo(Bytes.ofHex("80")) < 0);
    assertTrue(Bytes.ofHex("80").compareTo(Bytes.ofHex("8000")) < 0);
    assertEquals(0, Bytes.ofHex("8000").compareTo(Bytes.ofHex("8000")));
  }

  @Test
  void partsAreJoinedAndSliced() {
    Bytes joined = Bytes.concat(Bytes.ofHex("01"), Bytes.EMPTY, Bytes.ofHex("0203"));
    assertEquals(Bytes.ofHex("010203"), joined);
    assertEquals(Bytes.ofHex("02"), joined.slice(1, 2));
    assertEquals(Bytes.EMPTY, joined.slice(3, 3));
    assertEquals(Bytes.EMPTY, Bytes.concat());
    assertNotEquals(joined, joined.slice(0, 2));
  }

  @Test
  void aSliceOutsideIsRefused() {
    Bytes bytes = Bytes.ofHex("0102");
    assertThrows(IndexOutOfBoundsException.class, () -> bytes.slice(-1, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> bytes.slice(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> bytes.slice(2, 1));
  }
}
