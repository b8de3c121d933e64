package org.beaconcohort.cohort.bitcoin.address;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Bech32 as BIP-173 has it, over whole bytes, for texts that kept the older constant (NIP-19,
 * NIP-49). As strict as {@link Bech32m}: one text for each byte string.
 */
public final class Bech32 {
  private Bech32() {}

  /**
   * The Bech32 text of {@code data}.
   *
   * @throws MalformedBech32mException if {@code hrp} is not 1 to 83 printable lower-case characters
   */
  public static String encode(String hrp, Bytes data) {
    return Bech32m.encodeSymbols(hrp, Bech32m.toSymbols(data), Bech32m.Variant.BECH32);
  }

  /**
   * The bytes of a Bech32 text.
   *
   * @param maxLength the longest text accepted, in characters
   * @throws MalformedBech32mException if {@code text} is not what {@link #encode} gives
   */
  public static Bech32m.Decoded decode(String text, int maxLength) {
    Bech32m.Symbols symbols = Bech32m.decodeSymbols(text, maxLength, Bech32m.Variant.BECH32);
    return new Bech32m.Decoded(symbols.hrp(), Bech32m.toBytes(symbols.values()));
  }
}
