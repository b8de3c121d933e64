package org.beaconcohort.cohort.bitcoin.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

class Bech32mTest {
  private static final int LIMIT = 100;
  private static final String KEY_DID_TEXT =
      "k1qqp8n0nx0muaewav2ksx99wwsu9swq5mlndjmn3gm9vl9q2mzmup0xqhmkf96";
  private static final Bytes KEY_DID_DATA =
      Bytes.ofHex("000279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

  @Test
  void encodesTheKnownKeyIdentifier() {
    assertEquals(KEY_DID_TEXT, Bech32m.encode("k", KEY_DID_DATA));
  }

  @Test
  void decodesTheKnownKeyIdentifier() {
    assertEquals(new Bech32m.Decoded("k", KEY_DID_DATA), Bech32m.decode(KEY_DID_TEXT, LIMIT));
  }

  @Test
  void decodesTheKnownExternalIdentifier() {
    Bech32m.Decoded decoded =
        Bech32m.decode("x1qhjw6jnhwcyu5wau4x0cpwvz74c3g82c3uaehqpaf7lzfgmnwsd7spmmf54", LIMIT);
    assertEquals("x", decoded.hrp());
    assertEquals(33, decoded.data().size());
    assertTrue(decoded.data().hex().startsWith("05e4ed4a77"), decoded.data().hex());
    assertTrue(decoded.data().hex().endsWith("1be8"), decoded.data().hex());
  }

  @Test
  void acceptsTheTextsOfBip350ThatHoldWholeBytes() {
    assertEquals(Bytes.EMPTY, Bech32m.decode("a1lqfn3a", 90).data());
    assertEquals(
        Bytes.ofHex("ffbbcdeb38bdab49ca307b9ac5a928398a418820"),
        Bech32m.decode("abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx", 90).data());
  }

  @Test
  void everyLengthComesBack() {
    SplittableRandom random = new SplittableRandom(7);
    for (int size = 0; size <= 60; size++) {
      byte[] data = new byte[size];
      random.nextBytes(data);
      String text = Bech32m.encode("hrp1x", Bytes.of(data));
      Bech32m.Decoded decoded = Bech32m.decode(text, 200);
      assertEquals("hrp1x", decoded.hrp(), "seed 7, size " + size);
      assertEquals(Bytes.of(data), decoded.data(), "seed 7, size " + size);
    }
  }

  @Test
  void refusesAnyChangedCharacter() {
    for (int i = 0; i < KEY_DID_TEXT.length(); i++) {
      for (char c : "qz0l1b-Q\u212a".toCharArray()) {
        if (KEY_DID_TEXT.charAt(i) != c) {
          String changed = KEY_DID_TEXT.substring(0, i) + c + KEY_DID_TEXT.substring(i + 1);
          assertThrows(
              MalformedBech32mException.class, () -> Bech32m.decode(changed, LIMIT), changed);
        }
      }
    }
  }

  @Test
  void refusesTextsThatBip350Refuses() {
    refused(" 1xj0phk", "space in the human-readable part");
    refused("\u007f1g6xzxy", "DEL in the human-readable part");
    refused("qyrz8wqd2c9m", "no separator");
    refused("1qyrz8wqd2c9m", "empty human-readable part");
    refused("y1b0jsk6g", "character outside the alphabet");
    refused("lt1igcx5c0", "character outside the alphabet");
    refused("in1muywd", "short checksum");
    refused("mm1crxm3i", "bad character in the checksum");
    refused("au1s5cgom", "bad character in the checksum");
    refused("m1vpdug0", "checksum over an upper-case part");
    refused("16plkw9", "empty human-readable part");
    refused("1p2gdwpf", "empty human-readable part");
    refused("", "empty text");
    refused("1", "separator alone");
    refused("k1", "nothing after the separator");
  }

  @Test
  void refusesUpperAndMixedCase() {
    refused("A1LQFN3A", "upper case is not what encode gives");
    refused("a1lqFn3a", "mixed case");
  }

  @Test
  void refusesBech32AndSaysSo() {
    MalformedBech32mException refused =
        assertThrows(MalformedBech32mException.class, () -> Bech32m.decode("a12uel5l", LIMIT));
    assertEquals("checksum must be Bech32m, got Bech32", refused.getMessage());
  }

  @Test
  void refusesMoreThanFourPaddingBits() {
    String fiveBits = Bech32m.encodeSymbols("k", Bytes.ofHex("00"), Bech32m.Variant.BECH32M);
    refused(fiveBits, "five padding bits");
    String sevenBits = Bech32m.encodeSymbols("k", Bytes.ofHex("000000"), Bech32m.Variant.BECH32M);
    refused(sevenBits, "seven padding bits");
  }

  @Test
  void refusesPaddingBitsThatAreNotZero() {
    for (int low = 1; low < 4; low++) {
      Bytes symbols = Bytes.of(new byte[] {31, (byte) (28 | low)});
      refused(Bech32m.encodeSymbols("k", symbols, Bech32m.Variant.BECH32M), "padding bits " + low);
    }
  }

  @Test
  void refusesATextLongerThanTheCallersLimit() {
    assertEquals(KEY_DID_DATA, Bech32m.decode(KEY_DID_TEXT, KEY_DID_TEXT.length()).data());
    assertThrows(
        MalformedBech32mException.class,
        () -> Bech32m.decode(KEY_DID_TEXT, KEY_DID_TEXT.length() - 1));
  }

  @Test
  void refusesToEncodeAnUnprintableOrUpperCasePrefix() {
    for (String hrp : new String[] {"", "K", "k k", "\u00e9", "k".repeat(84)}) {
      assertThrows(MalformedBech32mException.class, () -> Bech32m.encode(hrp, KEY_DID_DATA), hrp);
    }
  }

  @Test
  void anyTextEitherDecodesAndComesBackOrIsRefused() {
    long seed = 20261120;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(KEY_DID_TEXT);
      int edits = 1 + random.nextInt(4);
      for (int e = 0; e < edits && text.length() > 0; e++) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(0x180));
          case 1 -> text.deleteCharAt(at);
          case 2 -> text.insert(at, KEY_DID_TEXT.charAt(random.nextInt(KEY_DID_TEXT.length())));
          default -> text.setLength(at + 1);
        }
      }
      String changed = text.toString();
      try {
        Bech32m.Decoded decoded = Bech32m.decode(changed, LIMIT);
        assertEquals(changed, Bech32m.encode(decoded.hrp(), decoded.data()), "seed " + seed);
      } catch (MalformedBech32mException expected) {
        assertTrue(expected.getMessage() != null, "seed " + seed);
      }
    }
  }

  private static void refused(String text, String why) {
    assertThrows(MalformedBech32mException.class, () -> Bech32m.decode(text, LIMIT), why);
  }
}
