package org.beaconcohort.cohort.bitcoin.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.acinq.bitcoin.Block;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void numbersAndNamesAreThoseOfTheSpecification() {
    String[] names = {"bitcoin", "signet", "regtest", "testnet3", "testnet4", "mutinynet"};
    for (int nibble = 0; nibble < names.length; nibble++) {
      String name = names[nibble];
      assertEquals(Optional.of(name), Network.ofDidNibble(nibble).map(Network::specName));
      assertEquals(Network.ofDidNibble(nibble), Network.ofSpecName(name));
    }
  }

  @Test
  void blockZeroIsWhereAnotherImplementationHasIt() {
    Map<Network, Block> blocks =
        Map.of(
            Network.BITCOIN, Block.LivenetGenesisBlock,
            Network.SIGNET, Block.SignetGenesisBlock,
            Network.MUTINYNET, Block.SignetGenesisBlock,
            Network.REGTEST, Block.RegtestGenesisBlock,
            Network.TESTNET3, Block.Testnet3GenesisBlock,
            Network.TESTNET4, Block.Testnet4GenesisBlock);
    assertEquals(Network.values().length, blocks.size());
    blocks.forEach(
        (network, block) -> assertEquals(block.blockId.toString(), network.genesisHash()));
  }

  @Test
  void onlyOneNetworkIsMainnet() {
    assertEquals(
        List.of(Network.BITCOIN),
        Arrays.stream(Network.values()).filter(Network::isMainnet).toList());
  }

  @Test
  void reservedNumbersAndOtherSpellingsAreNoNetwork() {
    for (int nibble = 6; nibble < 16; nibble++) {
      assertEquals(Optional.empty(), Network.ofDidNibble(nibble));
    }
    assertEquals(Optional.empty(), Network.ofDidNibble(-1));
    for (String name : new String[] {"", "Bitcoin", "mainnet", "REGTEST", "testnet"}) {
      assertEquals(Optional.empty(), Network.ofSpecName(name), name);
    }
  }
}
