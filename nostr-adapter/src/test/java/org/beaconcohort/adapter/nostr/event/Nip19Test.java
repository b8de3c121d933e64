package org.beaconcohort.adapter.nostr.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import java.util.stream.Stream;
import nostr.crypto.bech32.Bech32;
import nostr.crypto.bech32.Bech32Prefix;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples are those of NIP-19. */
final class Nip19Test {
  private static final String NPUB =
      "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg";
  private static final String NPUB_HEX =
      "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e";
  private static final String NSEC =
      "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
  private static final String NSEC_HEX =
      "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa";

  @Test
  void theExamplesOfTheNipAreReproduced() {
    assertEquals(NPUB, Nip19.npub(Bytes.ofHex(NPUB_HEX)));
    assertEquals(NPUB_HEX, Nip19.publicKeyOf(NPUB).hex());
    assertEquals(
        SecretKey.of(Bytes.ofHex(NSEC_HEX).toArray()).xOnlyPublicKey(),
        Nip19.secretKeyOf(NSEC).xOnlyPublicKey());
  }

  @Test
  void aNoteIsReadBack() {
    Bytes id = Bytes.ofHex("0f".repeat(32));
    assertEquals(id, Nip19.eventIdOf(Nip19.note(id)));
  }

  static Stream<Arguments> nasty() {
    String changed = NPUB.substring(0, 62) + (NPUB.endsWith("g") ? 'f' : 'g');
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("the prefix alone", "npub1"),
        Arguments.of("upper case", NPUB.toUpperCase(Locale.ROOT)),
        Arguments.of("mixed case", NPUB.replace("elfc", "eLfc")),
        Arguments.of("another prefix", NSEC),
        Arguments.of("a wrong checksum", changed),
        Arguments.of("two characters swapped", NPUB.replace("lf", "fl")),
        Arguments.of("cut off", NPUB.substring(0, 62)),
        Arguments.of("one character more", NPUB + "q"),
        Arguments.of("white space", NPUB + " "),
        Arguments.of("a foreign character", NPUB.replace("elfc", "elbc")),
        Arguments.of("non-ASCII", NPUB.replace("elfc", "elƒc")),
        Arguments.of("hex", NPUB_HEX),
        Arguments.of("very long", "npub1" + "q".repeat(100_000)),
        Arguments.of("bech32m", "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qhszdw2"),
        Arguments.of(
            "padding bits set", "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8pl6x5k6"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nasty")
  void isRefused(String what, String text) {
    assertThrows(
        MalformedEventException.class,
        () -> Nip19.publicKeyOf(text),
        () -> "an npub with " + what + " was accepted");
  }

  @Test
  void aRefusalNeverQuotesASecret() {
    String damaged = NSEC.substring(0, 62) + "q";
    MalformedEventException refused =
        assertThrows(MalformedEventException.class, () -> Nip19.secretKeyOf(damaged));
    assertFalse(refused.toString().contains(damaged.substring(5, 15)), refused.toString());
  }

  @Test
  void zeroIsNoSecretKey() throws Exception {
    String zero = Bech32.toBech32(Bech32Prefix.NSEC, new byte[32]);
    assertThrows(MalformedEventException.class, () -> Nip19.secretKeyOf(zero));
  }
}
