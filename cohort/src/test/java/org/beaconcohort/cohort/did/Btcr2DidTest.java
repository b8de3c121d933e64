package org.beaconcohort.cohort.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.beaconcohort.cohort.bitcoin.address.Bech32m;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Btcr2DidTest {
  private static final Bytes KEY =
      Bytes.ofHex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
  private static final String KEY_DID =
      "did:btcr2:k1qqp8n0nx0muaewav2ksx99wwsu9swq5mlndjmn3gm9vl9q2mzmup0xqhmkf96";

  @Test
  void aKeyHasTheIdentifierOfTheSpecification() {
    Btcr2Did did = Btcr2Did.ofKey(Network.BITCOIN, KEY);
    assertEquals(KEY_DID, did.text());
    assertEquals(did, Btcr2Did.parse(KEY_DID));
    assertEquals(KEY, Btcr2Did.parse(KEY_DID).key().orElseThrow());
    assertEquals(Network.BITCOIN, Btcr2Did.parse(KEY_DID).network());
  }

  @Test
  void aGenesisHashHasTheIdentifierOfTheSpecification() {
    Btcr2Did did =
        Btcr2Did.parse("did:btcr2:x1qhjw6jnhwcyu5wau4x0cpwvz74c3g82c3uaehqpaf7lzfgmnwsd7spmmf54");
    assertEquals(Network.MUTINYNET, did.network());
    assertEquals(
        "e4ed4a777609ca3bbca99f80b982f571141d588f3b9b803d4fbe24a373741be8",
        did.genesisBytes().hex());
    assertTrue(did.key().isEmpty());
    assertEquals(did, Btcr2Did.ofGenesisHash(Network.MUTINYNET, did.genesisBytes()));
  }

  /** The keys of the recorded cohorts, regtest. */
  @ParameterizedTest
  @CsvSource({
    "032c0b7cf95324a07d05398b240174dc0c2be444d96b159aa6c7f7b1e668680991,"
        + " k1qgpjczmul9fjfgraq5uckfqpwnwqc2lygnvkk9v65mrl0v0xdp5qnygrgxjj2",
    "034f355bdcb7cc0af728ef3cceb9615d90684bb5b2ca5f859ab0f0b704075871aa,"
        + " k1qgp57d2mmjmuczhh9rhnen4ev9weq6ztkkev5hu9n2c0pdcyqav8r2s4uc20q",
    "02466d7fcae563e5cb09a0d1870bb580344804617879a14949cf22285f1bae3f27,"
        + " k1qgpyvmtletjk8ewtpxsdrpctkkqrgjqyv9u8ng2ff88jy2zlrwhr7fc3g8yws",
    "023c72addb4fdf09af94f0c94d7fe92a386a7e70cf8a1d85916386bb2535c7b1b1,"
        + " k1qgprcu4dmd8a7zd0jncvjntlay4rs6n7wr8c58v9j93cdwe9xhrmrvgcyh0n2"
  })
  void agreesWithRecordedIdentifiers(String key, String identifier) {
    assertEquals(
        "did:btcr2:" + identifier, Btcr2Did.ofKey(Network.REGTEST, Bytes.ofHex(key)).text());
  }

  @Test
  void everyNetworkComesBack() {
    for (Network network : Network.values()) {
      Btcr2Did did = Btcr2Did.ofKey(network, KEY);
      assertEquals(network, Btcr2Did.parse(did.text()).network());
    }
  }

  @ParameterizedTest
  @CsvSource({"6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "32", "240", "255"})
  void refusesReservedNetworksCustomNetworksAndOtherVersions(int first) {
    Bytes data = Bytes.concat(Bytes.of(new byte[] {(byte) first}), KEY);
    String text = "did:btcr2:" + Bech32m.encode("k", data);
    assertThrows(InvalidDidException.class, () -> Btcr2Did.parse(text));
  }

  @Test
  void refusesEverythingElse() {
    String body = KEY_DID.substring("did:btcr2:".length());
    Bytes hash = Bytes.of(new byte[32]);
    Bytes zero = Bytes.of(new byte[1]);
    Bytes offCurve = Bytes.concat(Bytes.of(new byte[] {0, 2}), hash);
    for (String text :
        new String[] {
          "",
          "did:btcr2:",
          "did:btcr2:_",
          "did:btc1:" + body,
          "DID:BTCR2:" + body,
          "did:btcr2:" + body.toUpperCase(java.util.Locale.ROOT),
          "did:btcr2:K" + body.substring(1),
          KEY_DID + "#initialKey",
          KEY_DID + "?versionId=2",
          KEY_DID + " ",
          " " + KEY_DID,
          KEY_DID + "\n",
          KEY_DID + "q",
          KEY_DID.substring(0, KEY_DID.length() - 1),
          KEY_DID.replace("qqp8", "qqq8"),
          "did:btcr2:" + "q".repeat(1 << 20),
          // A hash under k, a key under x, another prefix, nothing at all, half a key.
          "did:btcr2:" + Bech32m.encode("k", Bytes.concat(zero, hash)),
          "did:btcr2:" + Bech32m.encode("x", Bytes.concat(zero, KEY)),
          "did:btcr2:" + Bech32m.encode("z", Bytes.concat(zero, KEY)),
          "did:btcr2:" + Bech32m.encode("k", Bytes.EMPTY),
          "did:btcr2:" + Bech32m.encode("x", zero),
          "did:btcr2:" + Bech32m.encode("k", KEY),
          "did:btcr2:" + Bech32m.encode("k", offCurve)
        }) {
      assertThrows(InvalidDidException.class, () -> Btcr2Did.parse(text), text);
    }
  }

  @Test
  void refusesToMakeAnIdentifierOfWhatIsNoKeyOrHash() {
    Bytes uncompressed = Bytes.concat(Bytes.ofHex("04"), Bytes.of(new byte[32]));
    assertThrows(InvalidDidException.class, () -> Btcr2Did.ofKey(Network.REGTEST, uncompressed));
    assertThrows(
        InvalidDidException.class, () -> Btcr2Did.ofKey(Network.REGTEST, KEY.slice(1, 33)));
    assertThrows(InvalidDidException.class, () -> Btcr2Did.ofGenesisHash(Network.REGTEST, KEY));
  }

  @Test
  void whateverParsesIsCanonical() {
    for (long seed = 1; seed <= 3_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      char[] text = KEY_DID.toCharArray();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        text[random.nextInt(10, text.length)] = (char) random.nextInt(32, 127);
      }
      String message = "seed " + seed;
      try {
        Btcr2Did did = Btcr2Did.parse(new String(text));
        assertEquals(did.text(), Btcr2Did.ofKey(did.network(), did.genesisBytes()).text(), message);
      } catch (InvalidDidException expected) {
        // The other outcome, nearly always.
      }
    }
  }
}
