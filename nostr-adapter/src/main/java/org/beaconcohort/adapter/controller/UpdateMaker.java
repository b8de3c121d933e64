package org.beaconcohort.adapter.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Instant;
import org.beaconcohort.cohort.did.BeaconService;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.did.VerificationMethod;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** Makes and signs updates of one DID with one key. */
final class UpdateMaker {
  private final SecretKey key;
  private final SecureRandom random;

  UpdateMaker(SecretKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /** The update after {@code versionId} that adds a beacon to the document. */
  static UnsignedUpdate listing(DidDocument document, int versionId, BeaconService beacon) {
    return UnsignedUpdate.make(document, adding(document, beacon), versionId + 1);
  }

  /** The operations that add a beacon to the document. */
  static ArrayNode adding(DidDocument document, BeaconService beacon) {
    ArrayNode patch = StrictJson.newArray();
    ObjectNode operation = patch.addObject().put("op", "add");
    if (document.json().has("service")) {
      operation.put("path", "/service/-").set("value", beacon.json());
    } else {
      operation.put("path", "/service").putArray("value").add(beacon.json());
    }
    return patch;
  }

  /** The operations that remove the beacons with an address from the document, last ones first. */
  static ArrayNode removing(DidDocument document, String address) {
    ArrayNode patch = StrictJson.newArray();
    JsonNode services = document.json().path("service");
    for (int i = services.size() - 1; i >= 0; i--) {
      if (services.path(i).path("serviceEndpoint").asText().equals("bitcoin:" + address)) {
        patch.addObject().put("op", "remove").put("path", "/service/" + i);
      }
    }
    return patch;
  }

  /**
   * Signs an update of {@code source}, created at {@code medianTime} of the tip (N18).
   *
   * @throws ControllerFailure if the document does not let this key sign
   */
  SignedUpdate sign(UnsignedUpdate update, DidDocument source, Instant medianTime) {
    return SignedUpdate.sign(update, source, methodId(source), key, medianTime, random);
  }

  private String methodId(DidDocument source) {
    Bytes own = key.publicKey();
    for (String id : source.invocationIds()) {
      if (source
          .invocationMethod(id)
          .flatMap(VerificationMethod::key)
          .filter(own::equals)
          .isPresent()) {
        return id;
      }
    }
    throw ControllerFailure.lasting(
        "key " + own + " must be in capabilityInvocation of " + source.did() + ", it is not");
  }
}
