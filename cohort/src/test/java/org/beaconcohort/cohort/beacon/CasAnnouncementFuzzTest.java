package org.beaconcohort.cohort.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** CAS announcements under mutation. */
final class CasAnnouncementFuzzTest {
  private static final CasAnnouncement TWO =
      CasAnnouncement.of(Map.of(did("a"), hash("1"), did("b"), hash("2")));

  private static Bytes hash(String text) {
    return TaggedHash.sha256(Utf8.encode(text));
  }

  private static Btcr2Did did(String text) {
    return Btcr2Did.ofGenesisHash(Network.REGTEST, hash(text));
  }

  @Test
  void aTextIsAnAnnouncementOrRefused() {
    Fuzz.ofJson("CasAnnouncement.parse", List.of("{}", StrictJson.write(TWO.json())))
        .refusing(MalformedJsonException.class)
        .allocatingPerUnit(1_024)
        .run(text -> {
          CasAnnouncement announcement = CasAnnouncement.parse(text);
          assertEquals(announcement, CasAnnouncement.ofJson(announcement.json()));
        });
  }

  @Test
  void bytesAreACanonicalAnnouncementOrRefused() {
    Fuzz.ofBytes("CasAnnouncement.parseCanonical", List.of(TWO.canonicalBytes()))
        .refusing(MalformedJsonException.class)
        .run(bytes -> {
          CasAnnouncement announcement = CasAnnouncement.parseCanonical(bytes);
          assertEquals(TaggedHash.sha256(bytes), announcement.signalBytes().value());
        });
  }
}
