package org.beaconcohort.adapter.keystore.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cohort.bitcoin.address.Bech32;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no key is refused with a word on why, and never quoted. */
final class MalformedKeysTest {
  private static final SeededRandom RANDOM = new SeededRandom(86);
  private static final String WIF = "KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617";
  private static final String WORDS =
      "legal winner thank year wave sausage worth useful legal winner thank yellow";

  @Test
  void everyKeyRoundTripsInEveryFormat() {
    for (int i = 0; i < 40; i++) {
      KeyNumber key = KeyNumber.generate(RANDOM);
      assertEquals(key.publicKey(), HexKey.decode(HexKey.encode(key)).publicKey());
      for (Network network : Network.values()) {
        SecretText wif = Wif.encode(key, network);
        assertEquals(52, wif.length());
        assertEquals(key.publicKey(), Wif.decode(wif, network).publicKey());
      }
      SecretText password = text("pass " + i + " ä");
      String sealed = Ncryptsec.encode(key, password, 1 + i % 4, RANDOM);
      assertEquals(key.publicKey(), Ncryptsec.decode(sealed, password).publicKey());
    }
  }

  @Test
  void aWifOfAnotherNetworkIsRefused() {
    refused(
        "bitcoin (version byte 80), got version byte ef",
        () -> {
          KeyNumber key = KeyNumber.generate(RANDOM);
          Wif.decode(Wif.encode(key, Network.SIGNET), Network.BITCOIN);
        });
    refused("(version byte ef), got version byte 80", () -> Wif.decode(text(WIF), Network.REGTEST));
  }

  @Test
  void anUncompressedWifIsRefused() {
    refused(
        "compressed public key, got one of 51",
        () ->
            Wif.decode(
                text("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"), Network.BITCOIN));
  }

  @Test
  void aWifWithAnyCharacterChangedIsRefused() {
    for (int i = 0; i < WIF.length(); i++) {
      char other = WIF.charAt(i) == 'x' ? 'y' : 'x';
      String changed = WIF.substring(0, i) + other + WIF.substring(i + 1);
      assertThrows(
          MalformedKeyException.class, () -> Wif.decode(text(changed), Network.BITCOIN), changed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "0x", "zz"})
  void whatIsNot64DigitsIsRefused(String text) {
    refused("64 digits", () -> HexKey.decode(text(text)));
    refused("from 1 to n - 1", () -> HexKey.decode(text("0".repeat(64))));
    refused("from 1 to n - 1", () -> HexKey.decode(text("f".repeat(64))));
    refused("character 64 is none", () -> HexKey.decode(text("0".repeat(63) + "g")));
    refused("character 1 is none", () -> HexKey.decode(text("\uff11" + "0".repeat(63))));
  }

  @Test
  void aWordThatIsNotInTheListIsNamedByItsPlace() {
    refused("word 3 is none", () -> seed(WORDS.replace("thank year", "thanks year")));
    refused("word 2 is none", () -> seed("legal  winner"));
    refused("word 1 is none", () -> seed(""));
    refused("got 11", () -> seed(WORDS.substring(WORDS.indexOf(' ') + 1)));
    refused("checksum", () -> seed(WORDS.replace("yellow", "year")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m/86'/1'/0'/0/0",
        "m/84'/0'/0'/0/0",
        "m/86'/0'/0/0/0",
        "m/86'/0'/0'/2/0",
        "m/86'/0'/0'/0/2147483648",
        "m/86'/0'/2147483648'/0/0",
        "m/86'/0'/0'/0/0/0",
        "86'/0'/0'/0/0",
        ""
      })
  void anotherPathThanBip86OfThatNetworkIsRefused(String path) {
    refused("path must", () -> KeyPath.parse(path, Network.BITCOIN));
  }

  @Test
  void anNcryptsecThatWantsAbsurdMemoryIsRefusedBeforeItTakesAny() {
    byte[] payload = new byte[91];
    payload[0] = 2;
    for (int logN : new int[] {0, 23, 31, 64, 127, 255}) {
      payload[1] = (byte) logN;
      String text = Bech32.encode("ncryptsec", Bytes.of(payload));
      refused("scrypt rounds", () -> Ncryptsec.decode(text, text("x")));
    }
    payload[0] = 1;
    String old = Bech32.encode("ncryptsec", Bytes.of(payload));
    refused("version 2, got 1", () -> Ncryptsec.decode(old, text("x")));
  }

  @Test
  void everyBitOfAnNcryptsecIsAuthenticatedOrRefused() {
    KeyNumber key = KeyNumber.generate(RANDOM);
    String sealed = Ncryptsec.encode(key, text("secret"), 1, RANDOM);
    byte[] payload = Bech32.decode(sealed, 200).data().toArray();
    for (int i = 0; i < payload.length; i++) {
      byte[] changed = payload.clone();
      changed[i] ^= (byte) (i == 1 ? 2 : 1);
      String text = Bech32.encode("ncryptsec", Bytes.of(changed));
      assertThrows(
          MalformedKeyException.class, () -> Ncryptsec.decode(text, text("secret")), "byte " + i);
    }
    assertThrows(
        MalformedKeyException.class, () -> Ncryptsec.decode(sealed.substring(1), text("secret")));
  }

  @Test
  void anyTextIsAKeyOrRefused() {
    String hex = "0c28fca386c7a227600b2fe50b7cae11ec86d3bf1fbe471be89827e19d72aa1d";
    Fuzz.ofText("HexKey", List.of(hex))
        .refusing(MalformedKeyException.class)
        .run(text -> HexKey.decode(text(text)).close());
    Fuzz.ofText("Wif", List.of(WIF))
        .refusing(MalformedKeyException.class)
        .run(text -> Wif.decode(text(text), Network.BITCOIN).close());
    Fuzz.ofText("KeyPath", List.of("m/86'/0'/0'/0/0"))
        .refusing(MalformedKeyException.class)
        .run(text ->
            assertTrue(KeyPath.parse(text, Network.BITCOIN).toString().startsWith("m/86'/0'/")));
  }

  @Test
  void anyWordsAreAMnemonicOrRefused() {
    Fuzz.ofText("Mnemonic", List.of(WORDS, "abandon ".repeat(23) + "art"))
        .refusing(MalformedKeyException.class)
        .allocatingAlways(4 << 20)
        .run(words -> {
          try (SecretText secret = text(words)) {
            assertEquals(64, Mnemonic.seed(secret, text("")).length);
          }
        });
  }

  @Test
  void anyNcryptsecIsAKeyOrRefused() {
    KeyNumber key = KeyNumber.generate(RANDOM);
    String sealed = Ncryptsec.encode(key, text("secret"), 1, RANDOM);
    Fuzz.ofText("Ncryptsec", List.of(sealed))
        .refusing(MalformedKeyException.class)
        .run(text -> opened(key, text));
    Fuzz.ofBytes("Ncryptsec payload", List.of(Bech32.decode(sealed, 200).data()))
        .refusing(MalformedKeyException.class)
        .run(payload -> {
          byte[] bytes = payload.toArray();
          if (bytes.length > 1 && bytes[1] >= 1 && bytes[1] <= Ncryptsec.MAX_LOG_N) {
            // Few rounds, whatever it asks for: how many are too many has its own test.
            bytes[1] = 1;
          }
          opened(key, Bech32.encode("ncryptsec", Bytes.of(bytes)));
        });
  }

  /** What opens is the key that was sealed. */
  private static void opened(KeyNumber key, String text) {
    try (KeyNumber found = Ncryptsec.decode(text, text("secret"))) {
      assertEquals(key.publicKey(), found.publicKey());
    }
  }

  private static void seed(String words) {
    assertEquals(64, Mnemonic.seed(text(words), text("")).length);
  }

  private static void refused(String why, Executable decoding) {
    MalformedKeyException refusal = assertThrows(MalformedKeyException.class, decoding);
    String said = String.valueOf(refusal.getMessage());
    assertTrue(said.contains(why), said);
    assertFalse(said.contains("winner") || said.contains("5Hue") || said.contains("Kwd"), said);
    assertFalse(refusal.next().isEmpty());
  }

  private static SecretText text(String text) {
    return SecretText.of(text.toCharArray());
  }
}
