package org.beaconcohort.cohort.bitcoin.address;

import java.util.Optional;

/**
 * A Bitcoin network that did:btcr2 names, with its number in an identifier (4 bits) and its address
 * prefixes. Four of them share the prefix {@code tb}, so an address does not name its network.
 */
public enum Network {
  BITCOIN("bitcoin", 0, "bc", 0x00, Genesis.BITCOIN),
  SIGNET("signet", 1, "tb", 0x6f, Genesis.SIGNET),
  REGTEST("regtest", 2, "bcrt", 0x6f, Genesis.REGTEST),
  TESTNET3("testnet3", 3, "tb", 0x6f, Genesis.TESTNET3),
  TESTNET4("testnet4", 4, "tb", 0x6f, Genesis.TESTNET4),
  /** A signet of its own: all signets begin with one block and differ in who may sign the next. */
  MUTINYNET("mutinynet", 5, "tb", 0x6f, Genesis.SIGNET);

  private final String specName;
  private final int didNibble;
  private final String addressHrp;
  private final int p2pkhVersion;
  private final String genesisHash;

  Network(String specName, int didNibble, String addressHrp, int p2pkhVersion, String genesisHash) {
    this.specName = specName;
    this.didNibble = didNibble;
    this.addressHrp = addressHrp;
    this.p2pkhVersion = p2pkhVersion;
    this.genesisHash = genesisHash;
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

  /**
   * Hash of block 0 as explorers show it, 64 hexadecimal digits. Signet and Mutinynet share one.
   */
  public String genesisHash() {
    return genesisHash;
  }

  /**
   * Whether coins of this network are sold for money, so that its use takes an explicit consent.
   */
  public boolean isMainnet() {
    return this == BITCOIN;
  }

  private static final class Genesis {
    static final String BITCOIN =
        "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
    static final String SIGNET = "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6";
    static final String REGTEST =
        "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";
    static final String TESTNET3 =
        "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943";
    static final String TESTNET4 =
        "00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043";
  }
}
