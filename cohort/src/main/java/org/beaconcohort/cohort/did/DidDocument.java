package org.beaconcohort.cohort.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.key.KeyAddress;
import org.beaconcohort.cohort.did.key.Multikey;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A DID document of a did:btcr2 identifier. Immutable; conforms to DID Core 1.1 and to the contexts
 * of the specification, and holds each verification method and service once.
 */
public final class DidDocument {
  /** The contexts of every document: the first stands first, the second anywhere after it. */
  public static final List<String> CONTEXT =
      List.of("https://www.w3.org/ns/did/v1.1", "https://btcr2.dev/context/v1");

  /** What a genesis document has in place of its identifier, which only its hash gives. */
  public static final String PLACEHOLDER = "did:btcr2:_";

  /** Fragment of the one verification method of a k1 identifier's initial document. */
  public static final String INITIAL_KEY = "initialKey";

  private static final String GENESIS = "genesis document";
  private static final List<String> INITIAL_RELATIONSHIPS =
      List.of("authentication", "assertionMethod", "capabilityInvocation", "capabilityDelegation");

  private final ObjectNode json;
  private final DocumentReader read;
  private final Bytes documentHash;

  private DidDocument(ObjectNode json) {
    this.json = json;
    this.read = new DocumentReader(json);
    this.documentHash = Jcs.documentHash(json);
  }

  /**
   * A document as it stands.
   *
   * @throws org.beaconcohort.cohort.json.MalformedJsonException if it does not conform
   */
  public static DidDocument parse(String text) {
    return new DidDocument(StrictJson.parseObject(text, JsonLimits.DOCUMENT, "DID document"));
  }

  /**
   * A document as it stands.
   *
   * @throws org.beaconcohort.cohort.json.MalformedJsonException if it does not conform
   */
  public static DidDocument of(JsonNode json) {
    JsonNode copy = StrictJson.copy(json, JsonLimits.DOCUMENT);
    return new DidDocument(JsonFields.object(copy, "DID document"));
  }

  /**
   * Version 1 of a k1 identifier's document: its key, in all relationships but key agreement, and a
   * singleton beacon at each of the key's three addresses.
   *
   * @throws InvalidDidException if {@code did} is an x1 identifier
   */
  public static DidDocument initial(Btcr2Did did) {
    Bytes key =
        did.key()
            .orElseThrow(() ->
                new InvalidDidException(
                    "initial document of " + did + " needs its genesis document"));
    String keyId = did.url(INITIAL_KEY);
    ObjectNode json = StrictJson.newObject();
    CONTEXT.forEach(json.putArray("@context")::add);
    json.put("id", did.text());
    json.putArray("verificationMethod")
        .addObject()
        .put("id", keyId)
        .put("type", VerificationMethod.MULTIKEY)
        .put("controller", did.text())
        .put("publicKeyMultibase", Multikey.encode(key));
    for (String relationship : INITIAL_RELATIONSHIPS) {
      json.putArray(relationship).add(keyId);
    }
    Network network = did.network();
    json.putArray("service")
        .add(singleton(did, "initialP2PKH", KeyAddress.p2pkh(network, key)))
        .add(singleton(did, "initialP2WPKH", KeyAddress.p2wpkh(network, key)))
        .add(singleton(did, "initialP2TR", KeyAddress.p2tr(network, key)));
    return new DidDocument(json);
  }

  /**
   * Version 1 of an x1 identifier's document: the genesis document with the identifier in place of
   * each {@link #PLACEHOLDER}.
   *
   * @throws InvalidDidException if {@code did} does not commit to it, or its {@code id} is not the
   *     placeholder
   * @throws org.beaconcohort.cohort.json.MalformedJsonException if the result does not conform
   */
  public static DidDocument ofGenesis(Btcr2Did did, JsonNode genesisDocument) {
    if (did.key().isPresent()) {
      throw new InvalidDidException("genesis document must be of an x1 DID, got " + did);
    }
    JsonNode genesis = StrictJson.copy(genesisDocument, JsonLimits.DOCUMENT);
    Bytes hash = Jcs.documentHash(genesis);
    if (!hash.equals(did.genesisBytes())) {
      throw new InvalidDidException(
          "hash of the genesis document of "
              + did
              + " must be "
              + did.genesisBytes()
              + ", got "
              + hash);
    }
    String id = JsonFields.text(JsonFields.object(genesis, GENESIS), "id", GENESIS);
    if (!id.equals(PLACEHOLDER)) {
      throw new InvalidDidException(
          "\"id\" of a genesis document must be " + PLACEHOLDER + ", got " + id);
    }
    return parse(StrictJson.write(genesis).replace(PLACEHOLDER, did.text()));
  }

  /** Whose document this is. */
  public Btcr2Did did() {
    return read.did();
  }

  /** A copy of the document as JSON, fields in their order. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** The 32-byte JSON document hash. */
  public Bytes documentHash() {
    return documentHash;
  }

  /** The methods under {@code verificationMethod}, in order. */
  public List<VerificationMethod> verificationMethods() {
    return List.copyOf(read.methods().values());
  }

  /** Absolute ids of the methods that may sign updates, in order, even if none has such an id. */
  public List<String> invocationIds() {
    return List.copyOf(read.invocationIds());
  }

  /** The method of this absolute id, if it may sign updates and the document holds it. */
  public Optional<VerificationMethod> invocationMethod(String id) {
    if (!read.invocationIds().contains(id)) {
      return Optional.empty();
    }
    Map<String, VerificationMethod> embedded = read.embeddedInvocation();
    return Optional.ofNullable(embedded.getOrDefault(id, read.methods().get(id)));
  }

  /** The first method that may sign updates and has a key to do so. */
  public Optional<VerificationMethod> firstInvocationMethod() {
    return read.invocationIds().stream()
        .flatMap(id -> invocationMethod(id).stream())
        .filter(method -> method.key().isPresent())
        .findFirst();
  }

  /** The beacons, in order. */
  public List<BeaconService> beaconServices() {
    return List.copyOf(read.beacons());
  }

  /** Whether a beacon of this type stands at this address, spelled exactly so. */
  public boolean lists(String address, BeaconType type) {
    return read.beacons().stream()
        .anyMatch(beacon -> beacon.type() == type && beacon.address().equals(address));
  }

  /** Whether the document is the last of its identifier. */
  public boolean deactivated() {
    return json.path("deactivated").asBoolean();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DidDocument document && documentHash.equals(document.documentHash);
  }

  @Override
  public int hashCode() {
    return documentHash.hashCode();
  }

  @Override
  public String toString() {
    return did() + " (document hash " + Base64Url.encode(documentHash) + ")";
  }

  private static ObjectNode singleton(Btcr2Did did, String fragment, String address) {
    return new BeaconService(did.url(fragment), BeaconType.SINGLETON, address).json();
  }
}
