package org.beaconcohort.cohort.did;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** Patches, updates, proofs and sidecar data under mutation. */
final class UpdateFuzzTest {
  private static final String NAME = "fuzz";
  private static final Btcr2Did DID = TestDids.did(NAME);
  private static final DidHistory START = DidHistory.ofKey(DID);
  private static final DidDocument SOURCE = START.current();
  private static final SignedUpdate SECOND = TestDids.listingUpdate(NAME);
  private static final SignedUpdate THIRD =
      TestDids.signed(
          NAME,
          START.with(SECOND),
          TestDids.patch("[{\"op\":\"remove\",\"path\":\"/capabilityDelegation\"}]"));

  private static final List<String> PATCHES =
      List.of(
          StrictJson.write(TestDids.listing(DID, "cohort")),
          "[{\"op\":\"test\",\"path\":\"/service/0/type\",\"value\":\"SingletonBeacon\"},"
              + "{\"op\":\"copy\",\"from\":\"/service/0\",\"path\":\"/service/1\"},"
              + "{\"op\":\"replace\",\"path\":\"/service/1/id\",\"value\":\"#x\"},"
              + "{\"op\":\"move\",\"from\":\"/service/1\",\"path\":\"/service/-\"},"
              + "{\"op\":\"add\",\"path\":\"/a~1b~0c\",\"value\":{\"d\":[1,[2]]}},"
              + "{\"op\":\"remove\",\"path\":\"/a~1b~0c/d/1/0\"}]");

  private static final List<String> SIGNED =
      List.of(StrictJson.write(SECOND.json()), StrictJson.write(THIRD.json()));

  private static List<String> sidecars() {
    CasAnnouncement announcement =
        CasAnnouncement.of(Map.of(DID, THIRD.hash(), TestDids.did("other"), TestDids.hash("x")));
    ObjectNode json = Sidecar.of(START.with(SECOND).with(THIRD), List.of(announcement)).json();
    String hash = Base64Url.encode(TestDids.hash("y"));
    String smtLeafNonce = "nonce";
    json.putArray("smtProofs")
        .addObject()
        .put("id", hash)
        .put(smtLeafNonce, "AA")
        .put("collapsed", hash)
        .putArray("hashes")
        .add(hash);
    return List.of(StrictJson.write(json), "{\"@context\":\"" + Sidecar.CONTEXT + "\"}");
  }

  private static ArrayNode operations(String text) {
    return JsonFields.array(StrictJson.parse(text, JsonLimits.DOCUMENT), "patch");
  }

  /** Each of up to 256 operations copies the document. */
  @Test
  void aPatchAppliesOrIsRefused() {
    Fuzz.ofJson("DidPatch.apply", PATCHES)
        .refusing(MalformedJsonException.class, UpdateRefusedException.class)
        .allocatingPerUnit(4_096)
        .run(text -> DidPatch.apply(operations(text), SOURCE.json()));
  }

  @Test
  void aPatchMakesAnUpdateOrIsRefused() {
    Fuzz.ofJson("UnsignedUpdate.make", List.of(PATCHES.get(0)))
        .refusing(MalformedJsonException.class, UpdateRefusedException.class)
        .allocatingPerUnit(1_024)
        .run(text -> {
          ArrayNode patch = operations(text);
          UnsignedUpdate update = UnsignedUpdate.make(SOURCE, patch, 2);
          update.applyTo(SOURCE, 1);
        });
  }

  @Test
  void aTextIsAnUnsignedUpdateOrRefused() {
    List<String> seeds =
        List.of(
            StrictJson.write(SECOND.unsigned().json()), StrictJson.write(THIRD.unsigned().json()));
    Fuzz.ofJson("UnsignedUpdate.parse", seeds)
        .refusing(MalformedJsonException.class)
        .allocatingPerUnit(1_024)
        .run(text -> {
          UnsignedUpdate update = UnsignedUpdate.parse(text);
          assertEquals(update, UnsignedUpdate.of(update.json()));
        });
  }

  @Test
  void aTextIsASignedUpdateOrRefused() {
    Fuzz.ofJson("SignedUpdate.parse", SIGNED)
        .refusing(MalformedJsonException.class)
        .allocatingPerUnit(1_024)
        .upTo(140_000)
        .run(text -> {
          SignedUpdate update = SignedUpdate.parse(text);
          assertEquals(update, SignedUpdate.of(update.json()));
        });
  }

  @Test
  void aProofIsReadOrRefused() {
    Fuzz.ofJson("DataIntegrityProof.of", List.of(StrictJson.write(SECOND.proof().json())))
        .refusing(MalformedJsonException.class)
        .allocatingPerUnit(1_024)
        .run(text ->
            DataIntegrityProof.of(StrictJson.parseObject(text, JsonLimits.DOCUMENT, "proof")));
  }

  @Test
  void anUpdateAppliesOrIsRefused() {
    Fuzz.ofJson("SignedUpdate.applyTo", List.of(SIGNED.get(0)))
        .refusing(MalformedJsonException.class, UpdateRefusedException.class)
        .allocatingPerUnit(1_024)
        .run(text -> SignedUpdate.parse(text).applyTo(SOURCE, 1));
  }

  @Test
  void aTextIsSidecarDataOrRefused() {
    Fuzz.ofJson("Sidecar.parse", sidecars())
        .refusing(MalformedJsonException.class)
        .allocatingPerUnit(1_024)
        .run(text -> {
          Sidecar sidecar = Sidecar.parse(text);
          Sidecar again = Sidecar.parse(StrictJson.write(sidecar.json()));
          assertEquals(sidecar.json(), again.json());
        });
  }

  @Test
  void sidecarDataMakesAHistoryOrIsRefused() {
    Fuzz.ofJson("Sidecar.history", List.of(sidecars().get(0)))
        .refusing(
            MalformedJsonException.class, UpdateRefusedException.class, InvalidDidException.class)
        .allocatingPerUnit(1_024)
        .run(text -> Sidecar.parse(text).history(DID));
  }
}
