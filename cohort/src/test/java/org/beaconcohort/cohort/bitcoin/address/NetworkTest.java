package org.beaconcohort.cohort.bitcoin.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
