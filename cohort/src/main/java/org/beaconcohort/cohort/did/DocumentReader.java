package org.beaconcohort.cohort.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.MalformedJsonException;

/**
 * Reads what did:btcr2 needs of a DID document and refuses one that does not conform to DID Core
 * 1.1 or to the contexts that did:btcr2 asks for. Properties that neither names are left alone.
 */
final class DocumentReader {
  private static final String WHAT = "DID document";
  private static final String INVOCATION = "capabilityInvocation";
  private static final List<String> RELATIONSHIPS =
      List.of(
          "authentication", "assertionMethod", "keyAgreement", "capabilityDelegation", INVOCATION);

  private final ObjectNode json;
  private final Btcr2Did did;
  private final Map<String, VerificationMethod> methods = new LinkedHashMap<>();
  private final List<String> invocationIds = new ArrayList<>();
  private final Map<String, VerificationMethod> embeddedInvocation = new LinkedHashMap<>();
  private final List<BeaconService> beacons = new ArrayList<>();

  DocumentReader(ObjectNode json) {
    this.json = json;
    this.did = readDid();
    readContext();
    readController();
    readMethods();
    RELATIONSHIPS.forEach(this::readRelationship);
    readServices();
    if (json.has("deactivated") && !json.path("deactivated").isBoolean()) {
      throw new MalformedJsonException("\"deactivated\" of " + WHAT + " must be true or false");
    }
  }

  Btcr2Did did() {
    return did;
  }

  /** The methods under {@code verificationMethod} by absolute id, in order. */
  Map<String, VerificationMethod> methods() {
    return methods;
  }

  /** Absolute ids of the methods that may sign updates, in order, embedded ones included. */
  List<String> invocationIds() {
    return invocationIds;
  }

  /** The methods that stand in {@code capabilityInvocation} itself, by absolute id. */
  Map<String, VerificationMethod> embeddedInvocation() {
    return embeddedInvocation;
  }

  List<BeaconService> beacons() {
    return beacons;
  }

  private Btcr2Did readDid() {
    String id = JsonFields.text(json, "id", WHAT);
    try {
      return Btcr2Did.parse(id);
    } catch (InvalidDidException invalid) {
      throw new MalformedJsonException(
          "\"id\" of " + WHAT + " must be a DID: " + invalid.getMessage(), invalid);
    }
  }

  private void readContext() {
    List<String> contexts = new ArrayList<>();
    for (JsonNode context : JsonFields.array(json, "@context", WHAT)) {
      // An object defines terms in place, which DID Core allows after the first.
      if (!context.isObject()) {
        contexts.add(JsonFields.text(context, "element of \"@context\" of " + WHAT));
      }
    }
    boolean didFirst =
        json.path("@context").path(0).asText().equals(DidDocument.CONTEXT.getFirst());
    if (!didFirst || !contexts.containsAll(DidDocument.CONTEXT)) {
      throw new MalformedJsonException(
          "\"@context\" of "
              + WHAT
              + " must start with "
              + DidDocument.CONTEXT.getFirst()
              + " and hold "
              + DidDocument.CONTEXT.getLast()
              + ", got "
              + contexts);
    }
  }

  private void readController() {
    JsonNode controller = json.path("controller");
    if (controller.isArray()) {
      JsonFields.texts(json, "controller", WHAT);
    } else if (!controller.isMissingNode()) {
      JsonFields.text(json, "controller", WHAT);
    }
    if (json.has("alsoKnownAs")) {
      JsonFields.texts(json, "alsoKnownAs", WHAT);
    }
  }

  private void readMethods() {
    for (ObjectNode method : JsonFields.optionalObjects(json, "verificationMethod", WHAT)) {
      add(methods, readMethod(method));
    }
  }

  private void readRelationship(String relationship) {
    if (!json.has(relationship)) {
      return;
    }
    Map<String, VerificationMethod> embedded = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode entry : JsonFields.array(json, relationship, WHAT)) {
      String id;
      if (entry instanceof ObjectNode object) {
        VerificationMethod method = readMethod(object);
        // A second method of one id would leave open which of the two keys signs.
        if (methods.containsKey(method.id())) {
          throw twice("verification method " + method.id());
        }
        add(embedded, method);
        id = method.id();
      } else {
        id = absolute(JsonFields.text(entry, "element of \"" + relationship + "\" of " + WHAT));
      }
      if (!seen.add(id)) {
        throw twice(id + " in \"" + relationship + "\"");
      }
      if (relationship.equals(INVOCATION)) {
        invocationIds.add(id);
      }
    }
    if (relationship.equals(INVOCATION)) {
      embeddedInvocation.putAll(embedded);
    }
  }

  private VerificationMethod readMethod(ObjectNode method) {
    String what = "verification method of " + WHAT;
    String id = absolute(JsonFields.text(method, "id", what));
    if (!id.contains("#") || !id.startsWith("did:")) {
      throw new MalformedJsonException(
          "\"id\" of " + what + " must be a DID URL with fragment, got " + id);
    }
    JsonFields.text(method, "controller", what);
    return new VerificationMethod(
        id,
        JsonFields.text(method, "type", what),
        JsonFields.optionalText(method, "publicKeyMultibase", what).orElse(""));
  }

  private void readServices() {
    Set<String> ids = new HashSet<>();
    for (ObjectNode service : JsonFields.optionalObjects(json, "service", WHAT)) {
      String what = "service of " + WHAT;
      String id = absolute(JsonFields.optionalText(service, "id", what).orElse(""));
      if (!id.isEmpty() && !ids.add(id)) {
        throw twice("service " + id);
      }
      JsonNode endpoint = service.path("serviceEndpoint");
      if (!endpoint.isTextual() && !endpoint.isContainerNode()) {
        throw new MalformedJsonException(
            "\"serviceEndpoint\" of "
                + what
                + " must be a string, object or array, got "
                + endpoint);
      }
      if (service.path("type").isArray()) {
        JsonFields.texts(service, "type", what);
      } else {
        BeaconType.ofServiceType(JsonFields.text(service, "type", what))
            .ifPresent(type -> beacons.add(new BeaconService(id, type, address(type, endpoint))));
      }
    }
  }

  /** BIP-321 allows parameters after the address; none of them mean anything to a beacon. */
  private static String address(BeaconType type, JsonNode endpoint) {
    String uri = endpoint.asText();
    int start = BeaconService.SCHEME.length();
    int question = uri.indexOf('?');
    int end = question < 0 ? uri.length() : question;
    if (!uri.toLowerCase(Locale.ROOT).startsWith(BeaconService.SCHEME) || end <= start) {
      throw new MalformedJsonException(
          "\"serviceEndpoint\" of a "
              + type.serviceType()
              + " must be "
              + BeaconService.SCHEME
              + "ADDRESS, got "
              + endpoint);
    }
    return uri.substring(start, end);
  }

  /** A DID URL that is only a fragment is relative to the document. */
  private String absolute(String url) {
    return url.startsWith("#") ? did.text() + url : url;
  }

  private static void add(Map<String, VerificationMethod> methods, VerificationMethod method) {
    if (methods.putIfAbsent(method.id(), method) != null) {
      throw twice("verification method " + method.id());
    }
  }

  private static MalformedJsonException twice(String what) {
    return new MalformedJsonException(WHAT + " must hold each id once, got twice " + what);
  }
}
