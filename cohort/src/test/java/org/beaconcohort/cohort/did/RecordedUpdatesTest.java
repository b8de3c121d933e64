package org.beaconcohort.cohort.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates that the TypeScript implementation 0.5.0 signed, recorded on the wire. */
class RecordedUpdatesTest {
  private static final JsonLimits RECORDING = new JsonLimits(4 << 20, JsonLimits.DEEPEST);

  /** The bodies of all messages of a recording that have this field. */
  private static List<JsonNode> bodies(String recording, String field) throws IOException {
    Path file = Path.of(System.getProperty("vectors.dir", "absent"), "transcripts", recording);
    Assumptions.assumeTrue(
        Files.exists(file),
        () -> "no recordings: -Dvectors.dir must hold transcripts/" + recording);
    JsonNode events = StrictJson.parse(Files.readString(file), RECORDING).path("events");
    List<JsonNode> bodies = new ArrayList<>();
    for (JsonNode event : events) {
      JsonNode message =
          event.has("message")
              ? event.path("message")
              : StrictJson.parse(event.path("plaintext").textValue(), RECORDING);
      JsonNode body = message.path("body");
      if (body.has(field)) {
        bodies.add(body.path(field));
      }
    }
    return bodies;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ts-0.5.0-cas-2of2.json",
        "ts-0.5.0-cas-3-fallback-2of3.json",
        "ts-0.5.0-smt-3of3-one-decliner.json",
        "peer-cas-3-with-nonces.json",
        "peer-smt-3-decline-with-nonces.json"
      })
  void aRecordedUpdateVerifiesButWouldNotResolveToday(String recording) throws IOException {
    List<JsonNode> updates = bodies(recording, "signedUpdate");
    assertTrue(updates.size() >= 2, "updates in " + recording);
    for (JsonNode json : updates) {
      SignedUpdate update = SignedUpdate.of(json);
      String method = update.proof().verificationMethod();
      Btcr2Did did = Btcr2Did.parse(method.substring(0, method.indexOf('#')));
      DidDocument source = DidDocument.initial(did);
      Bytes key = did.key().orElseThrow();
      assertTrue(update.proof().verifiesSignature(update.unsigned(), key), method);
      assertFalse(
          update.proof().verifiesSignature(update.unsigned(), TestDids.key("x").publicKey()));
      assertEquals(source.documentHash(), update.unsigned().sourceHash(), method);
      UnsignedUpdate again =
          UnsignedUpdate.make(source, update.unsigned().patch(), update.targetVersionId());
      assertEquals(again.targetHash(), update.unsigned().targetHash(), method);
      UpdateRefusedException refused =
          assertThrows(UpdateRefusedException.class, () -> update.applyTo(source, 1));
      assertEquals(UpdateRefusal.CONTEXT_MISMATCH, refused.refusal());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ts-0.5.0-cas-2of2.json",
        "ts-0.5.0-cas-3-fallback-2of3.json",
        "peer-cas-3-with-nonces.json"
      })
  void aRecordedAnnouncementHasTheHashesOfTheUpdatesAndTheSignal(String recording)
      throws IOException {
    CasAnnouncement announcement =
        CasAnnouncement.ofJson(bodies(recording, "casAnnouncement").getFirst());
    String signal = bodies(recording, "signalBytesHex").getFirst().textValue();
    assertEquals(signal, announcement.signalBytes().hex());
    List<JsonNode> updates = bodies(recording, "signedUpdate");
    assertEquals(announcement.entries().size(), updates.size());
    for (JsonNode json : updates) {
      SignedUpdate update = SignedUpdate.of(json);
      String method = update.proof().verificationMethod();
      Btcr2Did did = Btcr2Did.parse(method.substring(0, method.indexOf('#')));
      assertEquals(Optional.of(update.hash()), announcement.updateHash(did));
    }
  }
}
