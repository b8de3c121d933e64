package org.beaconcohort.cohort.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.beacon.SignalBytes;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Sidecar data: what a resolver needs beside the chain to resolve a DID. Immutable. Whoever loses
 * it loses the DID, unless content-addressed storage has the parts.
 */
public final class Sidecar {
  /** The context of sidecar data, a single string. */
  public static final String CONTEXT = "https://btcr2.dev/context/v1";

  /** Room for some hundred updates with the announcements of large cohorts. */
  public static final JsonLimits LIMITS = new JsonLimits(16 * 1024 * 1024, 40);

  private static final String WHAT = "sidecar";
  private static final Set<String> FIELDS =
      Set.of("@context", "genesisDocument", "updates", "casUpdates", "smtProofs");

  /** The specification's name on the wire; public, and kept with the proof. */
  private static final String SMT_LEAF_NONCE = "nonce";

  private static final Set<String> SMT_PROOF_FIELDS =
      Set.of("id", SMT_LEAF_NONCE, "updateId", "collapsed", "hashes");

  private final Optional<ObjectNode> genesisDocument;
  private final List<SignedUpdate> updates;
  private final List<CasAnnouncement> casUpdates;
  private final List<ObjectNode> smtProofs;

  private Sidecar(
      Optional<ObjectNode> genesisDocument,
      List<SignedUpdate> updates,
      List<CasAnnouncement> casUpdates,
      List<ObjectNode> smtProofs) {
    this.genesisDocument = genesisDocument;
    this.updates = List.copyOf(updates);
    this.casUpdates = List.copyOf(casUpdates);
    this.smtProofs = List.copyOf(smtProofs);
  }

  /** The sidecar of a history whose updates singleton beacons and these announcements carried. */
  public static Sidecar of(DidHistory history, Collection<CasAnnouncement> casUpdates) {
    return new Sidecar(
        history.genesisDocument(), history.updates(), List.copyOf(casUpdates), List.of());
  }

  /**
   * Reads sidecar data.
   *
   * @throws MalformedJsonException if it is not exactly of that shape
   */
  public static Sidecar parse(String text) {
    ObjectNode json = StrictJson.parseObject(text, LIMITS, WHAT);
    JsonFields.onlyKnown(json, FIELDS, WHAT);
    String context = JsonFields.text(json, "@context", WHAT);
    if (!context.equals(CONTEXT)) {
      throw new MalformedJsonException(
          "\"@context\" of " + WHAT + " must be " + CONTEXT + ", got " + context);
    }
    Optional<ObjectNode> genesis =
        json.has("genesisDocument")
            ? Optional.of(JsonFields.object(json, "genesisDocument", WHAT))
            : Optional.empty();
    List<SignedUpdate> updates = new ArrayList<>();
    for (ObjectNode update : JsonFields.optionalObjects(json, "updates", WHAT)) {
      updates.add(SignedUpdate.of(update));
    }
    List<CasAnnouncement> casUpdates = new ArrayList<>();
    for (ObjectNode announcement : JsonFields.optionalObjects(json, "casUpdates", WHAT)) {
      casUpdates.add(CasAnnouncement.ofJson(announcement));
    }
    List<ObjectNode> smtProofs = JsonFields.optionalObjects(json, "smtProofs", WHAT);
    smtProofs.forEach(Sidecar::checkSmtProof);
    return new Sidecar(genesis, updates, casUpdates, smtProofs);
  }

  /** A copy of the genesis document, if the identifier is x1. */
  public Optional<ObjectNode> genesisDocument() {
    return genesisDocument.map(ObjectNode::deepCopy);
  }

  /** The updates, in the order of the file. */
  public List<SignedUpdate> updates() {
    return updates;
  }

  /** The CAS announcements, in the order of the file. */
  public List<CasAnnouncement> casUpdates() {
    return casUpdates;
  }

  /** Copies of the SMT proofs, whose shape alone was checked. */
  public List<ObjectNode> smtProofs() {
    return smtProofs.stream().map(ObjectNode::deepCopy).toList();
  }

  /** The update of this 32-byte hash. */
  public Optional<SignedUpdate> update(Bytes hash) {
    return updates.stream().filter(update -> update.hash().equals(hash)).findFirst();
  }

  /** The announcement that these signal bytes announce. */
  public Optional<CasAnnouncement> casUpdate(SignalBytes signalBytes) {
    return casUpdates.stream()
        .filter(announcement -> announcement.signalBytes().equals(signalBytes))
        .findFirst();
  }

  /**
   * The history of {@code did} by these updates, in the order of their versions, each checked. It
   * takes the sidecar's word for what was anchored.
   *
   * @throws InvalidDidException if the genesis document is missing or another's
   * @throws UpdateRefusedException if an update does not apply
   */
  public DidHistory history(Btcr2Did did) {
    DidHistory start;
    if (did.key().isPresent()) {
      start = DidHistory.ofKey(did);
    } else {
      ObjectNode genesis =
          genesisDocument.orElseThrow(
              () -> new InvalidDidException("sidecar of " + did + " must hold genesisDocument"));
      start = DidHistory.ofGenesis(did, genesis);
    }
    return start.with(
        updates.stream().sorted(Comparator.comparingInt(SignedUpdate::targetVersionId)).toList());
  }

  /** Sidecar data as JSON, in the specification's order, without empty parts. */
  public ObjectNode json() {
    ObjectNode json = StrictJson.newObject().put("@context", CONTEXT);
    genesisDocument.ifPresent(genesis -> json.set("genesisDocument", genesis.deepCopy()));
    put(json, "updates", updates.stream().map(SignedUpdate::json).toList());
    put(json, "casUpdates", casUpdates.stream().map(CasAnnouncement::json).toList());
    put(json, "smtProofs", smtProofs());
    return json;
  }

  private static void put(ObjectNode json, String field, List<ObjectNode> elements) {
    if (!elements.isEmpty()) {
      json.putArray(field).addAll(elements);
    }
  }

  private static void checkSmtProof(ObjectNode proof) {
    String what = "SMT proof";
    JsonFields.onlyKnown(proof, SMT_PROOF_FIELDS, what);
    Base64Url.decodeHash(JsonFields.text(proof, "id", what), "id");
    Base64Url.decodeHash(JsonFields.text(proof, "collapsed", what), "collapsed");
    JsonFields.optionalText(proof, SMT_LEAF_NONCE, what).ifPresent(Base64Url::decode);
    JsonFields.optionalText(proof, "updateId", what)
        .ifPresent(id -> Base64Url.decodeHash(id, "updateId"));
    for (JsonNode hash : JsonFields.array(proof, "hashes", what)) {
      Base64Url.decodeHash(JsonFields.text(hash, "hash"), "hash");
    }
  }
}
