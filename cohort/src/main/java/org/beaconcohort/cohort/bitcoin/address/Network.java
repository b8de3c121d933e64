package org.beaconcohort.cohort.bitcoin.address;

import java.util.Optional;

/**
 * A Bitcoin network that did:btcr2 names, with its number in an identifier (4 bits) and its address
 * prefixes. Four of them share the prefix {@code tb}, so an address does not name its network.
 */
public enum Network {
  BITCOIN("bitcoin", 0, "bc", 0x00),
  SIGNET("signet", 1, "tb", 0x6f),
  REGTEST("regtest", 2, "bcrt", 0x6f),
  TESTNET3("testnet3", 3, "tb", 0x6f),
  TESTNET4("testnet4", 4, "tb", 0x6f),
  MUTINYNET("mutinynet", 5, "tb", 0x6f);

  private final String specName;
  private final int didNibble;
  private final String addressHrp;
  private final int p2pkhVersion;

  Network(String specName, int didNibble, String addressHrp, int p2pkhVersion) {
    this.specName = specName;
    this.didNibble = didNibble;
    this.addressHrp = addressHrp;
    this.p2pkhVersion = p2pkhVersion;
  }

  /** The network that the did:btcr2 specification calls {@code name}, in exactly that spelling. */
  public static Optional<Network> ofSpecName(String name) {
    for (Network network : values()) {
      if (network.specName.equals(name)) {
        return Optional.of(network);
      }
    }
    return Optional.empty();
  }

  /** The network of number {@code nibble} in an identifier; 6 to 15 are reserved or custom. */
  public static Optional<Network> ofDidNibble(int nibble) {
    for (Network network : values()) {
      if (network.didNibble == nibble) {
        return Optional.of(network);
      }
    }
    return Optional.empty();
  }

  /** The name in the did:btcr2 specification and in JSON, for instance {@code regtest}. */
  public String specName() {
    return specName;
  }

  /** The low four bits of an identifier's first byte. */
  public int didNibble() {
    return didNibble;
  }

  /** The human-readable part of segwit addresses, without the separator. */
  public String addressHrp() {
    return addressHrp;
  }

  /** The version byte of Base58Check P2PKH addresses. */
  public int p2pkhVersion() {
    return p2pkhVersion;
  }
}
