package org.beaconcohort.cohort.bitcoin.address;

import java.util.Locale;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A segwit address (BIP-173, BIP-350): P2TR (version 1, 32 bytes), and P2WPKH and P2WSH (version 0,
 * 20 and 32 bytes), which change may go to. Other versions and lengths are refused: nobody here can
 * say who may spend them.
 */
public record SegwitAddress(Network network, int version, Bytes program) {
  /** The longest address, in characters (BIP-173). */
  public static final int MAX_LENGTH = 90;

  private static final int OP_1 = 0x51;

  public SegwitAddress {
    int size = program.size();
    boolean known = version == 1 ? size == 32 : version == 0 && (size == 20 || size == 32);
    if (!known) {
      throw new MalformedAddressException(
          "address must be P2TR (version 1, 32 bytes), P2WPKH or P2WSH (version 0, 20 or 32 bytes),"
              + " got version "
              + version
              + " with "
              + size
              + " bytes");
    }
  }

  /** The P2TR address of a 32-byte x-only output key, already tweaked. */
  public static SegwitAddress p2tr(Network network, Bytes outputKey) {
    return new SegwitAddress(network, 1, outputKey);
  }

  /** The address of an output script, if it is of one of the three kinds. */
  public static Optional<SegwitAddress> ofScript(Network network, Bytes script) {
    int size = script.size();
    if ((size != 22 && size != 34) || script.at(1) != size - 2) {
      return Optional.empty();
    }
    int version = script.at(0) == 0 ? 0 : script.at(0) == OP_1 ? 1 : -1;
    if (version < 0 || (version == 1 && size != 34)) {
      return Optional.empty();
    }
    return Optional.of(new SegwitAddress(network, version, script.slice(2, size)));
  }

  /**
   * Parses an address in all lower or all upper case.
   *
   * @throws MalformedAddressException if it is malformed, of another network's prefix or of another
   *     kind
   */
  public static SegwitAddress parse(String text, Network network) {
    if (text.length() > MAX_LENGTH) {
      throw new MalformedAddressException(
          "address must be at most " + MAX_LENGTH + " characters, got " + text.length());
    }
    // Checked first: some letters outside ASCII turn into ASCII ones when their case changes.
    if (!text.chars().allMatch(c -> c >= 33 && c <= 126)) {
      throw new MalformedAddressException("address must be printable ASCII without spaces");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT))) {
      throw new MalformedAddressException("address must not mix upper and lower case, got " + text);
    }
    String prefix = network.addressHrp() + "1";
    if (!lower.startsWith(prefix) || lower.lastIndexOf('1') != prefix.length() - 1) {
      throw new MalformedAddressException(
          "address on "
              + network.specName()
              + " must be a segwit address that starts with "
              + prefix
              + ", got "
              + text);
    }
    // The first symbol is the version, and the version decides which checksum the rest must have.
    boolean versionZero = lower.startsWith("q", prefix.length());
    try {
      Bech32m.Symbols symbols =
          Bech32m.decodeSymbols(
              lower, MAX_LENGTH, versionZero ? Bech32m.Variant.BECH32 : Bech32m.Variant.BECH32M);
      if (symbols.values().size() == 0) {
        throw new MalformedAddressException("address must have a witness version, got " + text);
      }
      Bytes program = Bech32m.toBytes(symbols.values().slice(1, symbols.values().size()));
      return new SegwitAddress(network, symbols.values().at(0), program);
    } catch (MalformedBech32mException malformed) {
      throw new MalformedAddressException(
          "address " + text + " is malformed: " + malformed.getMessage(), malformed);
    }
  }

  /** The address as people exchange it, in lower case. */
  public String text() {
    Bytes symbols = Bytes.concat(Bytes.of(new byte[] {(byte) version}), Bech32m.toSymbols(program));
    return Bech32m.encodeSymbols(
        network.addressHrp(),
        symbols,
        version == 0 ? Bech32m.Variant.BECH32 : Bech32m.Variant.BECH32M);
  }

  /** The output script: version opcode and one push of the program. */
  public Bytes script() {
    byte opcode = (byte) (version == 0 ? 0 : OP_1);
    return Bytes.concat(Bytes.of(new byte[] {opcode, (byte) program.size()}), program);
  }

  /** Same as {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }
}
