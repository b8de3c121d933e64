package org.beaconcohort.cohort.bitcoin.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** The older constant, by values of BIP-173 and NIP-19. */
final class Bech32Test {
  private static final String NPUB =
      "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg";
  private static final Bytes NPUB_KEY =
      Bytes.ofHex("7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e");

  @Test
  void publishedTextsAreReadAndWritten() {
    assertEquals(new Bech32m.Decoded("npub", NPUB_KEY), Bech32.decode(NPUB, 100));
    assertEquals(NPUB, Bech32.encode("npub", NPUB_KEY));
    assertEquals("a12uel5l", Bech32.encode("a", Bytes.EMPTY));
    assertEquals(Bytes.EMPTY, Bech32.decode("a12uel5l", 90).data());
  }

  @Test
  void neitherConstantStandsInForTheOther() {
    String newer = Bech32m.encode("npub", NPUB_KEY);
    assertThrows(MalformedBech32mException.class, () -> Bech32.decode(newer, 100));
    assertThrows(MalformedBech32mException.class, () -> Bech32m.decode(NPUB, 100));
  }

  @Test
  void anyTextIsTheOneOfItsBytesOrRefused() {
    Fuzz.ofText("Bech32", List.of(NPUB, "a12uel5l"))
        .refusing(MalformedBech32mException.class)
        .run(text -> {
          Bech32m.Decoded decoded = Bech32.decode(text, 100);
          assertEquals(text, Bech32.encode(decoded.hrp(), decoded.data()));
        });
  }
}
