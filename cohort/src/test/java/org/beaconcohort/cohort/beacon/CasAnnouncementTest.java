package org.beaconcohort.cohort.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CasAnnouncementTest {
  private static final String P0 =
      "did:btcr2:k1qgp57d2mmjmuczhh9rhnen4ev9weq6ztkkev5hu9n2c0pdcyqav8r2s4uc20q";
  private static final String P1 =
      "did:btcr2:k1qgpyvmtletjk8ewtpxsdrpctkkqrgjqyv9u8ng2ff88jy2zlrwhr7fc3g8yws";
  private static final String HASH_0 = "_yJdQaOR_8xlnoWlrzj2_TJKssGHjFMw69ncq-3YRrY";
  private static final String HASH_1 = "UUnDg1YeJ6TjwgU6jhZoQU61cZDLi7_bCbyQmQDpY_A";
  private static final String RECORDED =
      "{\"" + P0 + "\":\"" + HASH_0 + "\",\"" + P1 + "\":\"" + HASH_1 + "\"}";

  private static Btcr2Did did(int number) {
    byte[] hash = new byte[32];
    hash[30] = (byte) (number >>> 8);
    hash[31] = (byte) number;
    return Btcr2Did.ofGenesisHash(Network.REGTEST, Bytes.of(hash));
  }

  @Test
  void theRecordedRoundHasItsSignalBytes() {
    CasAnnouncement announcement = CasAnnouncement.parse(RECORDED);
    assertEquals(
        "d38124b1626b9cf286df00b1dae1394b395ab6c0b2f78a0c8ebd350b00bf2a09",
        announcement.signalBytes().hex());
    assertEquals(
        Optional.of(Base64Url.decode(HASH_1)), announcement.updateHash(Btcr2Did.parse(P1)));
    assertTrue(announcement.updateHash(did(1)).isEmpty());
  }

  @Test
  void theOrderOfTheTextDoesNotMatter() {
    CasAnnouncement announcement =
        CasAnnouncement.parse(
            "{ \"" + P1 + "\": \"" + HASH_1 + "\",\n  \"" + P0 + "\": \"" + HASH_0 + "\" }");
    assertEquals(CasAnnouncement.parse(RECORDED), announcement);
    assertEquals(RECORDED, announcement.toString());
    assertEquals(Utf8.encode(RECORDED), announcement.canonicalBytes());
  }

  @Test
  void storedBytesMustBeTheCanonicalOnes() {
    Bytes canonical = Utf8.encode(RECORDED);
    assertEquals(CasAnnouncement.parse(RECORDED), CasAnnouncement.parseCanonical(canonical));
    for (String other :
        List.of(
            RECORDED + "\n",
            RECORDED.replace(",", ", "),
            RECORDED.replace("did:", "\\u0064id:"),
            "{\"" + P1 + "\":\"" + HASH_1 + "\",\"" + P0 + "\":\"" + HASH_0 + "\"}")) {
      assertThrows(
          MalformedJsonException.class,
          () -> CasAnnouncement.parseCanonical(Utf8.encode(other)),
          other);
    }
  }

  @Test
  void nobodyUpdatedIsAnAnnouncementToo() {
    CasAnnouncement nobody = CasAnnouncement.of(Map.of());
    assertEquals(nobody, CasAnnouncement.parse("{}"));
    assertEquals(TaggedHash.sha256(Utf8.encode("{}")), nobody.signalBytes().value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]",
        "null",
        "{",
        "{\"DID\":null}",
        "{\"DID\":7}",
        "{\"DID\":[\"HASH\"]}",
        "{\"DID\":{\"HASH\":\"HASH\"}}",
        "{\"DID\":\"\"}",
        "{\"DID\":\"HASH=\"}",
        "{\"DID\":\"AHASH\"}",
        "{\"DID\":\"+yJdQaOR_8xlnoWlrzj2_TJKssGHjFMw69ncq-3YRrY\"}",
        "{\"DID\":\"_yJdQaOR_8xlnoWlrzj2_TJKssGHjFMw69ncq-3YRrZ\"}",
        "{\"DID\":\"ff225d41a391ffcc659e85a5af38f6fd324ab2c1878c5330ebd9dcabedd846b6\"}",
        "{\"DID\":\"HASH\",\"DID\":\"HASH\"}",
        "{\"DID\":\"HASH\",\"\\u0064ID\":\"HASH\"}",
        "{\"@context\":\"https://btcr2.dev/context/v1\",\"DID\":\"HASH\"}",
        "{\"DID#initialKey\":\"HASH\"}",
        "{\"did:example:a\":\"HASH\"}",
        "{\"\":\"HASH\"}",
        "{\"DID\":\"HASH\"}{}"
      })
  void refusesEveryOtherShape(String text) {
    String json = text.replace("DID", P0).replace("\\u0064" + P0, "\\u0064" + P0.substring(1));
    assertThrows(
        MalformedJsonException.class, () -> CasAnnouncement.parse(json.replace("HASH", HASH_0)));
  }

  @Test
  void refusesMoreEntriesThanTheLimit() {
    Map<Btcr2Did, Bytes> entries = new HashMap<>();
    ObjectNode json = StrictJson.newObject();
    for (int i = 0; i < CasAnnouncement.MAX_ENTRIES; i++) {
      entries.put(did(i), did(i).genesisBytes());
    }
    CasAnnouncement full = CasAnnouncement.of(entries);
    assertEquals(full, CasAnnouncement.parseCanonical(full.canonicalBytes()));
    entries.put(did(CasAnnouncement.MAX_ENTRIES), Bytes.of(new byte[32]));
    assertThrows(IllegalArgumentException.class, () -> CasAnnouncement.of(entries));
    entries.forEach((did, hash) -> json.put(did.text(), Base64Url.encode(hash)));
    assertThrows(MalformedJsonException.class, () -> CasAnnouncement.parse(StrictJson.write(json)));
    String large = "{\"a\":\"" + "a".repeat(CasAnnouncement.LIMITS.maxBytes()) + "\"}";
    assertThrows(MalformedJsonException.class, () -> CasAnnouncement.parse(large));
  }

  @Test
  void refusesHashesAndSignalsOfAnotherLength() {
    Bytes shortHash = Bytes.of(new byte[31]);
    assertThrows(
        IllegalArgumentException.class, () -> CasAnnouncement.of(Map.of(did(1), shortHash)));
    assertThrows(IllegalArgumentException.class, () -> new SignalBytes(shortHash));
  }

  @Test
  void aBeaconTypeIsSpelledOneWay() {
    assertEquals(Optional.of(BeaconType.CAS), BeaconType.ofServiceType("CASBeacon"));
    assertTrue(BeaconType.ofServiceType("MapBeacon").isEmpty());
    assertTrue(BeaconType.ofServiceType("casbeacon").isEmpty());
  }

  @Test
  void randomDamageGivesAnAnnouncementOrATypedError() {
    for (long seed = 1; seed <= 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder(RECORDED);
      for (int i = random.nextInt(1, 3); i > 0; i--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 127));
      }
      String message = "seed " + seed;
      try {
        CasAnnouncement announcement = CasAnnouncement.parse(text.toString());
        assertEquals(announcement, CasAnnouncement.parse(announcement.toString()), message);
      } catch (MalformedJsonException expected) {
        // The other outcome.
      }
    }
  }
}
