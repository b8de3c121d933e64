package org.beaconcohort.cohort.bitcoin.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Addresses of BIP-173 and BIP-350, and the beacon address of a recorded cohort. */
class SegwitAddressTest {
  private static final String P2TR =
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0";
  private static final Bytes X_OF_G =
      Bytes.ofHex("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
  private static final String BEACON =
      "bcrt1pp85h4v3n3tthl7an2afzw7qjlsrtx8c7fajfq0w68w343zcskgpqkz93g0";

  @Test
  void encodesAndParsesP2tr() {
    assertEquals(P2TR, SegwitAddress.p2tr(Network.BITCOIN, X_OF_G).text());
    assertEquals(X_OF_G, SegwitAddress.parse(P2TR, Network.BITCOIN).program());
  }

  @Test
  void parsesARecordedBeaconAddress() {
    SegwitAddress address = SegwitAddress.parse(BEACON, Network.REGTEST);
    assertEquals(
        "512009e97ab2338ad77ffbb35752277812fc06b31f1e4f64903dda3ba3588b10b202",
        address.script().hex());
    assertEquals(BEACON, address.toString());
  }

  @Test
  void parsesVersionZeroForChange() {
    String p2wpkh = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    SegwitAddress key = SegwitAddress.parse(p2wpkh, Network.BITCOIN);
    assertEquals("0014751e76e8199196d454941c45d1b3a323f1433bd6", key.script().hex());
    assertEquals(p2wpkh, key.text());
    String p2wsh = "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7";
    SegwitAddress script = SegwitAddress.parse(p2wsh, Network.SIGNET);
    assertEquals(
        "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
        script.script().hex());
    assertEquals(p2wsh, script.text());
  }

  @Test
  void parsesAllUpperCase() {
    assertEquals(P2TR, SegwitAddress.parse(P2TR.toUpperCase(Locale.ROOT), Network.BITCOIN).text());
  }

  @Test
  void refusesMixedCase() {
    refused(P2TR.replace('x', 'X'), Network.BITCOIN);
  }

  @Test
  void refusesLettersThatBecomeAsciiWhenTheirCaseChanges() {
    String upper = P2TR.toUpperCase(Locale.ROOT);
    assertTrue(upper.contains("K"));
    refused(upper.replace('K', '\u212a'), Network.BITCOIN);
  }

  @Test
  void refusesAnotherNetworksPrefix() {
    refused(P2TR, Network.REGTEST);
    refused(P2TR, Network.SIGNET);
    refused(BEACON, Network.BITCOIN);
    refused(BEACON, Network.TESTNET4);
  }

  @Test
  void oneTestPrefixServesFourNetworks() {
    String text = SegwitAddress.p2tr(Network.SIGNET, X_OF_G).text();
    for (Network network :
        new Network[] {Network.SIGNET, Network.TESTNET3, Network.TESTNET4, Network.MUTINYNET}) {
      assertEquals(X_OF_G, SegwitAddress.parse(text, network).program());
    }
  }

  @Test
  void refusesWhatBip350Refuses() {
    refused("tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut", Network.BITCOIN);
    // Version 1 with the older checksum, version 0 with the newer one.
    refused("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", Network.BITCOIN);
    refused("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KEMEAWH", Network.BITCOIN);
    refused("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", Network.BITCOIN);
    refused("bc1pw5dgrnzv", Network.BITCOIN);
    refused("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", Network.BITCOIN);
    refused("bc1gmk9yu", Network.BITCOIN);
  }

  @Test
  void refusesVersionsAndLengthsNobodyHereCanSpend() {
    refused("bc1sw50qgdz25j", Network.BITCOIN);
    refused("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", Network.BITCOIN);
    refused(
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        Network.BITCOIN);
    assertThrows(
        MalformedAddressException.class,
        () -> new SegwitAddress(Network.BITCOIN, 1, Bytes.ofHex("4e73")));
  }

  @Test
  void refusesMissingPartsAndOversize() {
    for (String text :
        new String[] {"", "1", "bc", "bc1", "bc1q", "bc1p" + "q".repeat(200), "bc1 " + P2TR}) {
      refused(text, Network.BITCOIN);
    }
    refused(P2TR + "q", Network.BITCOIN);
    refused(P2TR + "\n", Network.BITCOIN);
    refused(P2TR.substring(0, P2TR.length() - 1), Network.BITCOIN);
  }

  @Test
  void findsTheAddressOfAScriptAndOnlyOfTheThreeKinds() {
    Bytes script = Bytes.concat(Bytes.ofHex("5120"), X_OF_G);
    assertEquals(
        Optional.of(P2TR),
        SegwitAddress.ofScript(Network.BITCOIN, script).map(SegwitAddress::text));
    for (String other :
        new String[] {
          "",
          "51",
          "6a20" + X_OF_G.hex(),
          "5220" + X_OF_G.hex(),
          "5121" + X_OF_G.hex(),
          "5114751e76e8199196d454941c45d1b3a323f1433bd6",
          "51024e73"
        }) {
      assertEquals(
          Optional.empty(), SegwitAddress.ofScript(Network.BITCOIN, Bytes.ofHex(other)), other);
    }
  }

  @Test
  void mutatedAddressesComeBackOrAreRefused() {
    long seed = 350;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(BEACON);
      for (int e = 1 + random.nextInt(3); e > 0; e--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x100));
      }
      if (random.nextInt(4) == 0) {
        text.setLength(random.nextInt(text.length()));
      }
      String changed = text.toString();
      try {
        assertEquals(changed, SegwitAddress.parse(changed, Network.REGTEST).text(), "seed " + seed);
      } catch (MalformedAddressException expected) {
        assertTrue(expected.getMessage() != null, "seed " + seed);
      }
    }
  }

  private static void refused(String text, Network network) {
    assertThrows(MalformedAddressException.class, () -> SegwitAddress.parse(text, network), text);
  }
}
