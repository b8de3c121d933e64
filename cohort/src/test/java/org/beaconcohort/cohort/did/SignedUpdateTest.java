package org.beaconcohort.cohort.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedUpdateTest {
  private static final String SEED = "signer";
  private static final Btcr2Did DID = TestDids.did(SEED);
  private static final DidDocument SOURCE = DidDocument.initial(DID);
  private static final SignedUpdate SOUND = TestDids.listingUpdate(SEED);

  private static void assertRefused(UpdateRefusal expected, SignedUpdate update) {
    UpdateRefusedException refused =
        assertThrows(UpdateRefusedException.class, () -> update.applyTo(SOURCE, 1));
    assertEquals(expected, refused.refusal(), refused.getMessage());
  }

  /** The sound update with another proof field, the old signature. */
  private static SignedUpdate withProof(String field, String value) {
    ObjectNode json = SOUND.json();
    ObjectNode proof = JsonFields.object(json, "proof", "update");
    proof.set(field, StrictJson.parse("[" + value + "]", JsonLimits.DOCUMENT).get(0));
    return SignedUpdate.of(json);
  }

  /** The sound update changed, and signed again as it is. */
  private static SignedUpdate resigned(Consumer<ObjectNode> change) {
    ObjectNode unsigned = SOUND.unsigned().json();
    change.accept(unsigned);
    return TestDids.signedUnchecked(SEED, unsigned);
  }

  @Test
  void aSignedUpdateAppliesToItsSource() {
    DidDocument target = SOUND.applyTo(SOURCE, 1);
    assertTrue(target.lists(TestDids.COHORT_ADDRESS, BeaconType.CAS));
    assertEquals(4, target.beaconServices().size());
    assertEquals(target.documentHash(), SOUND.unsigned().targetHash());
    assertEquals(SOURCE.documentHash(), SOUND.unsigned().sourceHash());
    assertEquals(2, SOUND.targetVersionId());
  }

  @Test
  void theProofHasEveryFieldOfTheNewestRulesAndNoOther() {
    ObjectNode proof = SOUND.proof().json();
    assertEquals(UnsignedUpdate.CONTEXT, JsonFields.texts(proof, "@context", "proof"));
    assertEquals("DataIntegrityProof", proof.path("type").textValue());
    assertEquals("bip340-jcs-2025", proof.path("cryptosuite").textValue());
    assertEquals("2026-05-01T10:00:00Z", proof.path("created").textValue());
    assertEquals(DID.url("initialKey"), proof.path("verificationMethod").textValue());
    assertEquals("capabilityInvocation", proof.path("proofPurpose").textValue());
    assertEquals(
        "urn:zcap:root:did%3Abtcr2%3A" + DID.text().substring(10),
        proof.path("capability").textValue());
    assertEquals("Write", proof.path("capabilityAction").textValue());
    assertEquals(DID.text(), proof.path("invocationTarget").textValue());
    assertTrue(proof.path("proofValue").textValue().startsWith("z"));
    assertEquals(10, proof.size());
  }

  @Test
  void theHashCoversTheProofAndTheSignatureDoesNotCoverItself() {
    assertEquals(Jcs.documentHash(SOUND.json()), SOUND.hash());
    assertEquals(TaggedHash.sha256(SOUND.canonicalBytes()), SOUND.hash());
    assertNotEquals(SOUND.unsigned().documentHash(), SOUND.hash());
    ObjectNode unsigned = SOUND.json();
    unsigned.remove("proof");
    assertEquals(Jcs.documentHash(unsigned), SOUND.unsigned().documentHash());
  }

  @Test
  void jsonGivesTheUpdateBack() {
    assertEquals(SOUND, SignedUpdate.parse(StrictJson.writePretty(SOUND.json())));
    assertEquals(SOUND.unsigned(), UnsignedUpdate.parse(StrictJson.write(SOUND.unsigned().json())));
    SOUND.json().remove("proof");
    SOUND.proof().json().put("proofValue", "z");
    assertEquals(SOUND, SignedUpdate.of(SOUND.json()), "a caller cannot change it");
  }

  @Test
  void aFractionOfASecondIsCutFromCreated() {
    UnsignedUpdate update = SOUND.unsigned();
    SignedUpdate signed =
        SignedUpdate.sign(
            update,
            SOURCE,
            DID.url("initialKey"),
            TestDids.key(SEED),
            Instant.parse("2026-05-01T10:00:00.999999999Z"),
            TestDids.random());
    assertEquals(TestDids.CREATED, signed.proof().created().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PROOF_CONTEXT_MISMATCH | @context | [\"https://w3id.org/zcap/v1\"]",
        "CRYPTOSUITE_MISMATCH | type | \"Ed25519Signature2020\"",
        "CRYPTOSUITE_MISMATCH | cryptosuite | \"eddsa-jcs-2022\"",
        "PROOF_PURPOSE_MISMATCH | proofPurpose | \"assertionMethod\"",
        "CAPABILITY_ACTION_MISMATCH | capabilityAction | \"Read\"",
        "CAPABILITY_MISMATCH | capability | \"urn:zcap:root:did:btcr2:x\"",
        "INVOCATION_TARGET_MISMATCH | invocationTarget | \"did:btcr2:x\"",
        "EXPIRES_BEFORE_CREATED | expires | \"2026-05-01T09:59:59Z\"",
        "METHOD_UNAUTHORIZED | verificationMethod | \"did:btcr2:x#initialKey\"",
        "SIGNATURE_INVALID | created | \"2026-05-01T10:00:01Z\"",
        "SIGNATURE_INVALID | expires | \"2027-05-01T10:00:01Z\""
      })
  void refusesAProofThatClaimsSomethingElse(UpdateRefusal expected, String field, String value) {
    assertRefused(expected, withProof(field, value));
  }

  @Test
  void refusesAProofWithoutInvocationTarget() {
    ObjectNode json = SOUND.json();
    JsonFields.object(json, "proof", "update").remove("invocationTarget");
    assertRefused(UpdateRefusal.INVOCATION_TARGET_MISMATCH, SignedUpdate.of(json));
  }

  @Test
  void refusesTheSignatureOfAnotherUpdate() {
    SignedUpdate other =
        resigned(json -> json.put("targetHash", Base64Url.encode(TestDids.hash("other"))));
    String signature = other.proof().json().path("proofValue").toString();
    assertRefused(UpdateRefusal.SIGNATURE_INVALID, withProof("proofValue", signature));
  }

  @Test
  void refusesTheSignatureOfAnotherKey() {
    ObjectNode unsigned = SOUND.unsigned().json();
    ObjectNode json = SOUND.json();
    ObjectNode foreign = TestDids.signedUnchecked("thief", unsigned).proof().json();
    foreign.put("verificationMethod", DID.url("initialKey"));
    foreign.put("capability", DataIntegrityProof.rootCapability(DID));
    foreign.put("invocationTarget", DID.text());
    json.set("proof", foreign);
    assertRefused(UpdateRefusal.SIGNATURE_INVALID, SignedUpdate.of(json));
  }

  @Test
  void refusesContextsInAnotherOrderEvenIfBothAgree() {
    ObjectNode unsigned = SOUND.unsigned().json();
    unsigned.putArray("@context");
    UnsignedUpdate.CONTEXT.reversed().forEach(unsigned.withArray("@context")::add);
    assertRefused(UpdateRefusal.CONTEXT_MISMATCH, TestDids.signedUnchecked(SEED, unsigned));
  }

  @Test
  void refusesAnotherVersionSourceOrTarget() {
    assertRefused(UpdateRefusal.VERSION_MISMATCH, resigned(json -> json.put("targetVersionId", 3)));
    String other = Base64Url.encode(TestDids.hash("other"));
    assertRefused(
        UpdateRefusal.SOURCE_HASH_MISMATCH, resigned(json -> json.put("sourceHash", other)));
    assertRefused(
        UpdateRefusal.TARGET_HASH_MISMATCH, resigned(json -> json.put("targetHash", other)));
    UpdateRefusedException refused =
        assertThrows(UpdateRefusedException.class, () -> SOUND.applyTo(SOURCE, 2));
    assertEquals(UpdateRefusal.VERSION_MISMATCH, refused.refusal());
    refused =
        assertThrows(
            UpdateRefusedException.class,
            () -> SOUND.applyTo(DidDocument.initial(TestDids.did("other")), 1));
    assertEquals(UpdateRefusal.SOURCE_HASH_MISMATCH, refused.refusal());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PATCH_MALFORMED | []",
        "PATCH_MALFORMED | [{\"op\":\"merge\",\"path\":\"/a\",\"value\":1}]",
        "PATCH_FAILED | [{\"op\":\"remove\",\"path\":\"/nothing\"}]",
        "DOCUMENT_ID_CHANGED | [{\"op\":\"replace\",\"path\":\"/id\",\"value\":\"did:btcr2:x\"}]",
        "DOCUMENT_ID_CHANGED | [{\"op\":\"remove\",\"path\":\"/id\"}]",
        "DOCUMENT_ID_CHANGED | [{\"op\":\"replace\",\"path\":\"\",\"value\":7}]",
        "DOCUMENT_NOT_CONFORMANT | [{\"op\":\"remove\",\"path\":\"/@context\"}]",
        "DOCUMENT_NOT_CONFORMANT | [{\"op\":\"add\",\"path\":\"/service\",\"value\":{}}]",
        "DOCUMENT_NOT_CONFORMANT | [{\"op\":\"copy\",\"from\":\"/service/0\",\"path\":\"/service/-\"}]"
      })
  void refusesAPatchThatGivesNoDocumentOfTheDid(UpdateRefusal expected, String patch) {
    assertRefused(expected, resigned(json -> json.set("patch", TestDids.patch(patch))));
    UpdateRefusedException refused =
        assertThrows(
            UpdateRefusedException.class,
            () -> UnsignedUpdate.make(SOURCE, TestDids.patch(patch), 2));
    assertEquals(expected, refused.refusal());
  }

  @Test
  void nothingFollowsOnADeactivatedDocument() {
    DidHistory history = DidHistory.ofKey(DID);
    SignedUpdate deactivation =
        TestDids.signed(
            SEED,
            history,
            TestDids.patch("[{\"op\":\"add\",\"path\":\"/deactivated\",\"value\":true}]"));
    DidHistory ended = history.with(deactivation);
    assertTrue(ended.current().deactivated());
    UnsignedUpdate next =
        UnsignedUpdate.make(
            ended.current(), TestDids.patch("[{\"op\":\"remove\",\"path\":\"/deactivated\"}]"), 3);
    UpdateRefusedException refused =
        assertThrows(
            UpdateRefusedException.class,
            () -> ended.with(TestDids.signedUnchecked(SEED, next.json())));
    assertEquals(UpdateRefusal.DOCUMENT_DEACTIVATED, refused.refusal());
  }

  @Test
  void refusesAMethodThatIsGoneOrHasNoUsableKey() {
    DidHistory history = DidHistory.ofKey(DID);
    DidHistory gone =
        history.with(
            TestDids.signed(
                SEED,
                history,
                TestDids.patch("[{\"op\":\"remove\",\"path\":\"/verificationMethod\"}]")));
    assertEquals(UpdateRefusal.METHOD_NOT_FOUND, refusalOfNext(gone));
    DidHistory retyped =
        history.with(
            TestDids.signed(
                SEED,
                history,
                TestDids.patch(
                    "[{\"op\":\"replace\",\"path\":\"/verificationMethod/0/type\",\"value\":\"J\"}]")));
    assertEquals(UpdateRefusal.METHOD_KEY_UNUSABLE, refusalOfNext(retyped));
    DidHistory stripped =
        history.with(
            TestDids.signed(
                SEED,
                history,
                TestDids.patch("[{\"op\":\"remove\",\"path\":\"/capabilityInvocation\"}]")));
    assertEquals(UpdateRefusal.METHOD_UNAUTHORIZED, refusalOfNext(stripped));
  }

  private static UpdateRefusal refusalOfNext(DidHistory history) {
    return assertThrows(
            UpdateRefusedException.class,
            () -> TestDids.signed(SEED, history, TestDids.listing(DID, "next")))
        .refusal();
  }

  @Test
  void refusesToSignWithAnotherKey() {
    UpdateRefusedException refused =
        assertThrows(
            UpdateRefusedException.class,
            () ->
                SignedUpdate.sign(
                    SOUND.unsigned(),
                    SOURCE,
                    DID.url("initialKey"),
                    TestDids.key("thief"),
                    TestDids.CREATED,
                    TestDids.random()));
    assertEquals(UpdateRefusal.METHOD_KEY_MISMATCH, refused.refusal());
  }

  @Test
  void refusesToSignAnUpdateOfAnotherDocument() {
    DidDocument other = DidDocument.initial(TestDids.did("other"));
    assertThrows(
        UpdateRefusedException.class,
        () ->
            SignedUpdate.sign(
                SOUND.unsigned(),
                other,
                TestDids.did("other").url("initialKey"),
                TestDids.key("other"),
                TestDids.CREATED,
                TestDids.random()));
  }

  @Tag("scenario-42")
  @Test
  void anUpdateMayLeaveOnlyIfNoBlockCanComeTooEarlyOrTooLate() {
    SOUND.checkSafeToHandOut(TestDids.CREATED);
    UpdateRefusedException late =
        assertThrows(
            UpdateRefusedException.class,
            () -> SOUND.checkSafeToHandOut(TestDids.CREATED.minusSeconds(1)));
    assertEquals(UpdateRefusal.CREATED_TOO_LATE, late.refusal());
    SignedUpdate expiring = withProof("expires", "\"2100-01-01T00:00:00Z\"");
    UpdateRefusedException ends =
        assertThrows(
            UpdateRefusedException.class, () -> expiring.checkSafeToHandOut(TestDids.CREATED));
    assertEquals(UpdateRefusal.EXPIRES_PRESENT, ends.refusal());
  }

  @Test
  void aProofWithoutTimesMayLeaveAtAnyTime() {
    ObjectNode json = SOUND.json();
    JsonFields.object(json, "proof", "update").remove("created");
    SignedUpdate.of(json).checkSafeToHandOut(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-05-01",
        "2026-05-01T10:00:00",
        "2026-05-01 10:00:00Z",
        "2026-05-01T10:00Z",
        "2026-02-30T10:00:00Z",
        "2026-05-01T25:00:00Z",
        "+12026-05-01T10:00:00Z",
        "2026-05-01T10:00:00.0000000001Z",
        "2026-05-01T10:00:00+99:00",
        "2026-05-01T10:00:00Z ",
        ""
      })
  void refusesTimesOfAnotherForm(String time) {
    assertThrows(MalformedJsonException.class, () -> withProof("created", "\"" + time + "\""));
  }

  @Test
  void readsTimesWithFractionAndOffset() {
    SignedUpdate update = withProof("created", "\"2026-05-01T12:00:00.5+02:00\"");
    assertEquals(Instant.parse("2026-05-01T10:00:00.5Z"), update.proof().created().orElseThrow());
  }

  @Test
  void refusesEveryOtherShape() {
    String text = StrictJson.write(SOUND.json());
    assertEquals(SOUND, SignedUpdate.parse(text));
    for (List<String> change :
        List.of(
            List.of("\"targetVersionId\":2", "\"targetVersionId\":1"),
            List.of("\"targetVersionId\":2", "\"targetVersionId\":0"),
            List.of("\"targetVersionId\":2", "\"targetVersionId\":2.5"),
            List.of("\"targetVersionId\":2", "\"targetVersionId\":\"2\""),
            List.of("\"targetVersionId\":2", "\"targetVersionId\":2147483648"),
            List.of("\"targetVersionId\":2", "\"targetVersionId\":2,\"targetVersionId\":2"),
            List.of("\"targetVersionId\":2", "\"targetVersionId\":2,\"more\":1"),
            List.of("\"targetVersionId\":2,", ""),
            List.of("\"sourceHash\":\"", "\"sourceHash\":\"A"),
            List.of("\"targetHash\":\"", "\"targetHash\":\"zQm"),
            List.of("\"patch\":[", "\"patch\":[[],"),
            List.of("\"patch\":", "\"patches\":"),
            List.of("\"proof\":{", "\"proof\":{\"nonce\":\"x\","),
            List.of("\"proof\":{", "\"proof\":[{"),
            List.of("\"proofValue\":\"z", "\"proofValue\":\"u"),
            List.of("\"proofValue\":\"z", "\"proofValue\":\"z1"),
            List.of("\"proofValue\":\"z", "\"proofValue\":\"z0"),
            List.of("\"capability\":", "\"capabilities\":"),
            List.of("\"created\":\"2026-05-01T10:00:00Z\"", "\"created\":1777629600"),
            List.of("\"type\":\"DataIntegrityProof\"", "\"type\":[\"DataIntegrityProof\"]"))) {
      String changed = text.replace(change.getFirst(), change.getLast());
      assertNotEquals(text, changed, change.toString());
      if (change.getFirst().equals("\"patch\":[")) {
        assertRefused(UpdateRefusal.SIGNATURE_INVALID, SignedUpdate.parse(changed));
      } else {
        assertThrows(
            MalformedJsonException.class, () -> SignedUpdate.parse(changed), change.toString());
      }
    }
    assertThrows(MalformedJsonException.class, () -> SignedUpdate.parse(text + text));
    assertThrows(
        MalformedJsonException.class,
        () -> SignedUpdate.parse(StrictJson.write(SOUND.unsigned().json())));
    assertThrows(MalformedJsonException.class, () -> UnsignedUpdate.parse(text));
    ObjectNode large = SOUND.json().put("more", "a".repeat(JsonLimits.DOCUMENT.maxBytes()));
    assertThrows(MalformedJsonException.class, () -> SignedUpdate.of(large));
  }

  @Test
  void oneChangedCharacterIsNeverAcceptedAsAnotherUpdate() {
    String text = StrictJson.write(SOUND.json());
    for (long seed = 1; seed <= 1_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder changed = new StringBuilder(text);
      changed.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 127));
      String message = "seed " + seed;
      try {
        SignedUpdate update = SignedUpdate.parse(changed.toString());
        DidDocument target = update.applyTo(SOURCE, 1);
        assertEquals(SOUND.hash(), update.hash(), message);
        assertEquals(SOUND.unsigned().targetHash(), target.documentHash(), message);
      } catch (MalformedJsonException | UpdateRefusedException expected) {
        assertNotEquals(text, changed.toString(), message);
      }
    }
  }

  @Test
  void aProofValueIs64Bytes() {
    Bytes signature = SOUND.proof().signature();
    assertEquals(64, signature.size());
    JsonNode value = SOUND.json().path("proof").path("proofValue");
    assertThrows(
        MalformedJsonException.class,
        () -> withProof("proofValue", value.toString().replaceFirst(".\"$", "\"")));
  }
}
