package org.beaconcohort.cohort.did.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fr.acinq.bitcoin.Bitcoin;
import fr.acinq.bitcoin.Block;
import fr.acinq.bitcoin.BlockHash;
import fr.acinq.bitcoin.PublicKey;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

class KeyAddressTest {
  private static final Bytes GENERATOR =
      Bytes.ofHex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

  private static final Map<Network, BlockHash> CHAINS =
      Map.of(
          Network.BITCOIN, Block.LivenetGenesisBlock.hash,
          Network.REGTEST, Block.RegtestGenesisBlock.hash,
          Network.SIGNET, Block.SignetGenesisBlock.hash,
          Network.TESTNET3, Block.Testnet3GenesisBlock.hash);

  @Test
  void theGeneratorHasItsWellKnownAddresses() {
    assertEquals(
        "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", KeyAddress.p2pkh(Network.BITCOIN, GENERATOR));
    assertEquals(
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        KeyAddress.p2wpkh(Network.BITCOIN, GENERATOR));
  }

  /** bitcoin-kmp is the second opinion. */
  @Test
  void agreesWithAnIndependentImplementation() throws NoSuchAlgorithmException {
    SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
    random.setSeed(1);
    for (int i = 0; i < 40; i++) {
      Bytes key = SecretKey.generate(random).publicKey();
      PublicKey other = PublicKey.parse(key.toArray());
      CHAINS.forEach((network, chain) -> {
        String message = network + ", key " + key;
        assertEquals(
            Bitcoin.computeP2PkhAddress(other, chain), KeyAddress.p2pkh(network, key), message);
        assertEquals(
            Bitcoin.computeP2WpkhAddress(other, chain), KeyAddress.p2wpkh(network, key), message);
        assertEquals(other.xOnly().p2trAddress(chain), KeyAddress.p2tr(network, key), message);
      });
    }
  }

  @Test
  void aMultikeyDecodesToItsKey() {
    String text = Multikey.encode(GENERATOR);
    assertEquals("zQ3sh", text.substring(0, 5));
    assertEquals(GENERATOR, Multikey.decode(text));
  }

  @Test
  void refusesEveryOtherMultikey() {
    String sound = Multikey.encode(GENERATOR);
    Bytes offCurve = Bytes.concat(Bytes.ofHex("e70102"), Bytes.of(new byte[32]));
    Bytes ed25519 = Bytes.concat(Bytes.ofHex("ed01"), GENERATOR);
    Bytes uncompressed = Bytes.concat(Bytes.ofHex("e70104"), Bytes.of(new byte[32]));
    for (String text :
        new String[] {
          "",
          "z",
          sound.substring(1),
          "u" + sound.substring(1),
          sound + "1",
          "z1" + sound.substring(1),
          sound.substring(0, sound.length() - 1),
          sound.replace('Q', '0'),
          "z" + Base58.encode(offCurve),
          "z" + Base58.encode(ed25519),
          "z" + Base58.encode(uncompressed),
          "z" + Base58.encode(GENERATOR)
        }) {
      assertThrows(MalformedKeyException.class, () -> Multikey.decode(text), text);
    }
  }
}
