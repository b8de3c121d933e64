package org.beaconcohort.cohort.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarTest {
  private static final String SEED = "sidecar";
  private static final Btcr2Did DID = TestDids.did(SEED);
  private static final SignedUpdate SECOND = TestDids.listingUpdate(SEED);
  private static final DidHistory HISTORY = DidHistory.ofKey(DID).with(SECOND);
  private static final SignedUpdate THIRD =
      TestDids.signed(
          SEED,
          HISTORY,
          TestDids.patch("[{\"op\":\"remove\",\"path\":\"/capabilityDelegation\"}]"));
  private static final CasAnnouncement ANNOUNCEMENT =
      CasAnnouncement.of(
          Map.of(DID, THIRD.hash(), TestDids.did("other"), TestDids.hash("other update")));
  private static final Sidecar SIDECAR = Sidecar.of(HISTORY.with(THIRD), List.of(ANNOUNCEMENT));

  @Test
  void aSidecarHoldsWhatAResolverAsksFor() {
    Sidecar read = Sidecar.parse(StrictJson.writePretty(SIDECAR.json()));
    assertEquals(List.of(SECOND, THIRD), read.updates());
    assertEquals(Optional.of(THIRD), read.update(THIRD.hash()));
    CasAnnouncement announced = read.casUpdate(ANNOUNCEMENT.signalBytes()).orElseThrow();
    assertEquals(Optional.of(THIRD.hash()), announced.updateHash(DID));
    assertTrue(read.update(TestDids.hash("unknown")).isEmpty());
    assertEquals(SIDECAR.json(), read.json());
  }

  @Test
  void itsFieldsStandInTheOrderOfTheSpecificationWithoutEmptyOnes() {
    List<String> fields = SIDECAR.json().properties().stream().map(Map.Entry::getKey).toList();
    assertEquals(List.of("@context", "updates", "casUpdates"), fields);
    Sidecar empty = Sidecar.of(DidHistory.ofKey(DID), List.of());
    assertEquals("{\"@context\":\"https://btcr2.dev/context/v1\"}", empty.json().toString());
  }

  @Test
  void theHistoryComesBackWhateverTheOrderOfTheUpdates() {
    ObjectNode json = SIDECAR.json();
    json.putArray("updates").add(THIRD.json()).add(SECOND.json());
    DidHistory history = Sidecar.parse(StrictJson.write(json)).history(DID);
    assertEquals(3, history.versionId());
    assertEquals(THIRD.unsigned().targetHash(), history.current().documentHash());
  }

  @Test
  void refusesAHistoryWithAGapOrOfAnotherDid() {
    ObjectNode json = SIDECAR.json();
    json.putArray("updates").add(THIRD.json());
    Sidecar gap = Sidecar.parse(StrictJson.write(json));
    assertThrows(UpdateRefusedException.class, () -> gap.history(DID));
    assertThrows(UpdateRefusedException.class, () -> SIDECAR.history(TestDids.did("other")));
    Btcr2Did external = Btcr2Did.ofGenesisHash(DID.network(), TestDids.hash("genesis"));
    assertThrows(InvalidDidException.class, () -> SIDECAR.history(external));
  }

  @Test
  void smtProofsAreKeptAsTheyAre() {
    String hash = Base64Url.encode(TestDids.hash("x"));
    String smtLeafNonce = "nonce";
    ObjectNode proof = StrictJson.newObject().put("id", hash).put(smtLeafNonce, "AA");
    proof.put("collapsed", hash).putArray("hashes").add(hash);
    ObjectNode json = SIDECAR.json();
    json.putArray("smtProofs").add(proof);
    assertEquals(List.of(proof), Sidecar.parse(StrictJson.write(json)).smtProofs());
    for (String broken : List.of("id", "collapsed", "hashes")) {
      ObjectNode without = json.deepCopy();
      without.putArray("smtProofs").add(proof.deepCopy().without(broken));
      assertThrows(
          MalformedJsonException.class, () -> Sidecar.parse(StrictJson.write(without)), broken);
    }
    proof.put("updateId", "AAAA");
    ObjectNode shortHash = SIDECAR.json();
    shortHash.putArray("smtProofs").add(proof);
    assertThrows(MalformedJsonException.class, () -> Sidecar.parse(StrictJson.write(shortHash)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"@context\":[\"https://btcr2.dev/context/v1\"]}",
        "{\"@context\":\"https://btcr2.dev/context/v2\"}",
        "{CTX,\"updates\":{}}",
        "{CTX,\"updates\":[7]}",
        "{CTX,\"updates\":[{}]}",
        "{CTX,\"casUpdates\":[[]]}",
        "{CTX,\"casUpdates\":[{\"did:example:a\":\"x\"}]}",
        "{CTX,\"smtProofs\":[{}]}",
        "{CTX,\"genesisDocument\":7}",
        "{CTX,\"updates\":[],\"updates\":[]}",
        "{CTX,\"more\":1}",
        "{CTX}x"
      })
  void refusesEveryOtherShape(String text) {
    String json = text.replace("CTX", "\"@context\":\"https://btcr2.dev/context/v1\"");
    assertThrows(MalformedJsonException.class, () -> Sidecar.parse(json));
  }

  @Test
  void refusesOversizedAndDeepSidecars() {
    String large = "{\"a\":\"" + "a".repeat(Sidecar.LIMITS.maxBytes()) + "\"}";
    assertThrows(MalformedJsonException.class, () -> Sidecar.parse(large));
    String deep =
        "{\"@context\":\"https://btcr2.dev/context/v1\",\"genesisDocument\":{\"a\":"
            + "[".repeat(50)
            + "]".repeat(50)
            + "}}";
    assertThrows(MalformedJsonException.class, () -> Sidecar.parse(deep));
  }

  @Test
  void randomDamageGivesASidecarOrATypedError() {
    String sound = StrictJson.write(SIDECAR.json());
    for (long seed = 1; seed <= 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder(sound);
      for (int i = random.nextInt(1, 3); i > 0; i--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 127));
      }
      String message = "seed " + seed;
      Bytes current = HISTORY.with(THIRD).current().documentHash();
      try {
        DidHistory history = Sidecar.parse(text.toString()).history(DID);
        assertEquals(current, history.current().documentHash(), message);
      } catch (IllegalArgumentException expected) {
        assertTrue(
            expected instanceof MalformedJsonException
                || expected instanceof UpdateRefusedException,
            message);
      }
    }
  }
}
