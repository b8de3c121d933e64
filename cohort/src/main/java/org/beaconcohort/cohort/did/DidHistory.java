package org.beaconcohort.cohort.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The versions of one DID's document: version 1 and the updates in order, each checked when it is
 * added, and which updates have left the process (rule R20). Immutable; adding gives a new history.
 */
public final class DidHistory {
  /** How an update stands to a history. */
  public enum Standing {
    /** It brings the next version. */
    NEXT,
    /** Its version is there, by the same patch between the same documents. */
    KNOWN,
    /** Its version is there, by another update: announcing it kills the DID. */
    CONFLICTING,
    /** A version before it is missing. */
    AHEAD
  }

  private final Btcr2Did did;
  private final ObjectNode genesisDocument;
  private final List<SignedUpdate> updates;
  private final DidDocument current;
  private final SortedMap<Integer, SignedUpdate> handedOut;

  private DidHistory(
      Btcr2Did did,
      ObjectNode genesisDocument,
      List<SignedUpdate> updates,
      DidDocument current,
      SortedMap<Integer, SignedUpdate> handedOut) {
    this.did = did;
    this.genesisDocument = genesisDocument;
    this.updates = List.copyOf(updates);
    this.current = current;
    this.handedOut = Collections.unmodifiableSortedMap(new TreeMap<>(handedOut));
  }

  /**
   * The history of a k1 identifier that was never updated.
   *
   * @throws InvalidDidException for an x1 identifier
   */
  public static DidHistory ofKey(Btcr2Did did) {
    return new DidHistory(
        did, StrictJson.newObject(), List.of(), DidDocument.initial(did), new TreeMap<>());
  }

  /**
   * The history of an x1 identifier that was never updated.
   *
   * @throws InvalidDidException if {@code did} does not commit to the genesis document
   */
  public static DidHistory ofGenesis(Btcr2Did did, JsonNode genesisDocument) {
    DidDocument first = DidDocument.ofGenesis(did, genesisDocument);
    JsonNode copy = StrictJson.copy(genesisDocument, JsonLimits.DOCUMENT);
    ObjectNode genesis = JsonFields.object(copy, "genesis document");
    return new DidHistory(did, genesis, List.of(), first, new TreeMap<>());
  }

  /** Whose history this is. */
  public Btcr2Did did() {
    return did;
  }

  /** A copy of the genesis document, if the identifier is x1. */
  public Optional<ObjectNode> genesisDocument() {
    return did.key().isPresent() ? Optional.empty() : Optional.of(genesisDocument.deepCopy());
  }

  /** The document of version {@link #versionId}. */
  public DidDocument current() {
    return current;
  }

  /** The newest version, from 1. */
  public int versionId() {
    return updates.size() + 1;
  }

  /** The updates to versions 2, 3 and so on. */
  public List<SignedUpdate> updates() {
    return updates;
  }

  /** How {@code update} stands to what is there; says nothing about its proof. */
  public Standing standingOf(SignedUpdate update) {
    int version = update.targetVersionId();
    if (version > versionId()) {
      return version == versionId() + 1 ? Standing.NEXT : Standing.AHEAD;
    }
    // As resolvers do: the proof does not count, so a second signature is no other update.
    Bytes known = updates.get(version - 2).unsigned().documentHash();
    return known.equals(update.unsigned().documentHash()) ? Standing.KNOWN : Standing.CONFLICTING;
  }

  /**
   * This history with an update that a resolver would apply now; one whose version is there by the
   * same patch changes nothing.
   *
   * @throws UpdateRefusedException if it is not the next, fails a check, or is not the one handed
   *     out for its version
   */
  public DidHistory with(SignedUpdate update) {
    if (standingOf(update) == Standing.KNOWN) {
      return this;
    }
    checkNoConflict(update);
    List<SignedUpdate> more = new ArrayList<>(updates);
    more.add(update);
    return new DidHistory(
        did, genesisDocument, more, update.applyTo(current, versionId()), handedOut);
  }

  /** This history with several updates, in order. */
  public DidHistory with(List<SignedUpdate> inOrder) {
    DidHistory history = this;
    for (SignedUpdate update : inOrder) {
      history = history.with(update);
    }
    return history;
  }

  /** The update that left the process for {@code version}, anchored or not. */
  public Optional<SignedUpdate> handedOut(int version) {
    return Optional.ofNullable(handedOut.get(version));
  }

  /**
   * This history with the fact that {@code update}, the next, is about to leave the process. From
   * then on it is, byte for byte, the only one for its version (rule R20).
   *
   * @throws UpdateRefusedException if it is not the next, fails a check, or another was handed out
   *     for its version
   */
  public DidHistory withHandedOut(SignedUpdate update) {
    checkNoConflict(update);
    int version = update.targetVersionId();
    if (standingOf(update) != Standing.KNOWN) {
      update.applyTo(current, versionId());
    } else if (!updates.get(version - 2).equals(update)) {
      // Signed twice: resolvers would not mind, but the rule is about bytes.
      throw conflict(version, "applied", updates.get(version - 2).hash(), update);
    }
    SortedMap<Integer, SignedUpdate> more = new TreeMap<>(handedOut);
    more.put(version, update);
    return new DidHistory(did, genesisDocument, updates, current, more);
  }

  private void checkNoConflict(SignedUpdate update) {
    int version = update.targetVersionId();
    SignedUpdate before = handedOut.getOrDefault(version, update);
    if (!before.equals(update)) {
      throw conflict(version, "handed out", before.hash(), update);
    }
    if (standingOf(update) == Standing.CONFLICTING) {
      throw conflict(version, "applied", updates.get(version - 2).hash(), update);
    }
  }

  private UpdateRefusedException conflict(
      int version, String how, Bytes before, SignedUpdate update) {
    return new UpdateRefusedException(
        UpdateRefusal.CONFLICTING_UPDATE,
        "update of "
            + did
            + " to version "
            + version
            + " must be the one "
            + how
            + " before, "
            + before
            + ", got "
            + update.hash());
  }
}
