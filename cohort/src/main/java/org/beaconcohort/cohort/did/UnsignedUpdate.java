package org.beaconcohort.cohort.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/** A BTCR2 Unsigned Update: a patch from one version of a DID document to the next. Immutable. */
public final class UnsignedUpdate {
  /** The contexts of an update and of its proof, exactly these in this order. */
  public static final List<String> CONTEXT =
      List.of(
          "https://w3id.org/json-ld-patch/v1",
          "https://w3id.org/zcap/v1",
          "https://w3id.org/security/data-integrity/v2",
          "https://btcr2.dev/context/v1");

  static final Set<String> FIELDS =
      Set.of("@context", "patch", "sourceHash", "targetHash", "targetVersionId");

  private static final String WHAT = "update";

  private final ObjectNode json;
  private final List<String> context;
  private final Bytes sourceHash;
  private final Bytes targetHash;
  private final int targetVersionId;
  private final Bytes documentHash;

  private UnsignedUpdate(ObjectNode json) {
    JsonFields.onlyKnown(json, FIELDS, WHAT);
    this.json = json;
    this.context = JsonFields.texts(json, "@context", WHAT);
    JsonFields.array(json, "patch", WHAT);
    this.sourceHash = hash("sourceHash");
    this.targetHash = hash("targetHash");
    this.targetVersionId = JsonFields.integer(json, "targetVersionId", 2, Integer.MAX_VALUE, WHAT);
    this.documentHash = Jcs.documentHash(json);
  }

  /**
   * The update that brings {@code source} to version {@code targetVersionId} by {@code patch}.
   *
   * @param patch array of RFC 6902 operations
   * @throws UpdateRefusedException if the patch is malformed, fails, gives no document of the same
   *     DID, or makes an update above {@link JsonLimits#DOCUMENT}
   */
  public static UnsignedUpdate make(DidDocument source, JsonNode patch, int targetVersionId) {
    ArrayNode operations;
    try {
      JsonNode copy = StrictJson.copy(patch, JsonLimits.DOCUMENT);
      operations = JsonFields.array(copy, "patch");
    } catch (MalformedJsonException malformed) {
      throw new UpdateRefusedException(
          UpdateRefusal.PATCH_MALFORMED,
          "patch is malformed: " + malformed.getMessage(),
          malformed);
    }
    DidDocument target = patched(source, operations);
    ObjectNode json = StrictJson.newObject();
    CONTEXT.forEach(json.putArray("@context")::add);
    json.set("patch", operations);
    json.put("sourceHash", Base64Url.encode(source.documentHash()));
    json.put("targetHash", Base64Url.encode(target.documentHash()));
    json.put("targetVersionId", targetVersionId);
    checkSize(json);
    return of(json);
  }

  /**
   * Reads an update, whatever its contexts.
   *
   * @throws MalformedJsonException if it has not exactly the fields of an unsigned update
   */
  public static UnsignedUpdate parse(String text) {
    return new UnsignedUpdate(StrictJson.parseObject(text, JsonLimits.DOCUMENT, WHAT));
  }

  /**
   * Reads an update, whatever its contexts.
   *
   * @throws MalformedJsonException if it has not exactly the fields of an unsigned update
   */
  public static UnsignedUpdate of(JsonNode json) {
    JsonNode copy = StrictJson.copy(json, JsonLimits.DOCUMENT);
    return new UnsignedUpdate(JsonFields.object(copy, WHAT));
  }

  /** The contexts; {@link #CONTEXT} unless older rules made the update. */
  public List<String> context() {
    return context;
  }

  /** A copy of the array of RFC 6902 operations. */
  public ArrayNode patch() {
    return JsonFields.array(json, "patch", WHAT).deepCopy();
  }

  /** The 32-byte document hash before. */
  public Bytes sourceHash() {
    return sourceHash;
  }

  /** The 32-byte document hash after. */
  public Bytes targetHash() {
    return targetHash;
  }

  /** The version after, from 2. */
  public int targetVersionId() {
    return targetVersionId;
  }

  /** A copy of the update as JSON, fields in their order. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** The 32-byte JSON document hash, by which a resolver knows a repeated update. */
  public Bytes documentHash() {
    return documentHash;
  }

  /**
   * The document after this update, whose proof the caller checks.
   *
   * @throws UpdateRefusedException if the update does not follow on version {@code versionId},
   *     which is {@code source}
   */
  DidDocument applyTo(DidDocument source, int versionId) {
    checkFollows(source, versionId);
    DidDocument target = patched(source, patch());
    if (!target.documentHash().equals(targetHash)) {
      throw new UpdateRefusedException(
          UpdateRefusal.TARGET_HASH_MISMATCH,
          "targetHash must be "
              + Base64Url.encode(target.documentHash())
              + ", got "
              + Base64Url.encode(targetHash));
    }
    return target;
  }

  /** All checks that need neither proof nor patch. */
  void checkFollows(DidDocument source, int versionId) {
    if (source.deactivated()) {
      throw new UpdateRefusedException(
          UpdateRefusal.DOCUMENT_DEACTIVATED,
          "document must be active, got the deactivated one of " + source.did());
    }
    if (targetVersionId - 1 != versionId) {
      throw new UpdateRefusedException(
          UpdateRefusal.VERSION_MISMATCH,
          "targetVersionId must be " + (versionId + 1L) + ", got " + targetVersionId);
    }
    if (!source.documentHash().equals(sourceHash)) {
      throw new UpdateRefusedException(
          UpdateRefusal.SOURCE_HASH_MISMATCH,
          "sourceHash must be "
              + Base64Url.encode(source.documentHash())
              + ", got "
              + Base64Url.encode(sourceHash));
    }
    if (!context.equals(CONTEXT)) {
      throw new UpdateRefusedException(
          UpdateRefusal.CONTEXT_MISMATCH,
          "@context of an update must be " + CONTEXT + ", got " + context);
    }
  }

  /** Refuses an update, with or without proof, that could not be read again. */
  static void checkSize(ObjectNode json) {
    try {
      StrictJson.check(json, JsonLimits.DOCUMENT);
    } catch (MalformedJsonException outgrown) {
      throw new UpdateRefusedException(
          UpdateRefusal.PATCH_MALFORMED,
          "update outgrows its limits: " + outgrown.getMessage(),
          outgrown);
    }
  }

  private static DidDocument patched(DidDocument source, ArrayNode patch) {
    JsonNode patched = DidPatch.apply(patch, source.json());
    JsonNode id = patched.path("id");
    if (!id.isTextual() || !id.textValue().equals(source.did().text())) {
      throw new UpdateRefusedException(
          UpdateRefusal.DOCUMENT_ID_CHANGED,
          "patched document must keep the id " + source.did() + ", got " + id);
    }
    try {
      return DidDocument.of(patched);
    } catch (MalformedJsonException malformed) {
      throw new UpdateRefusedException(
          UpdateRefusal.DOCUMENT_NOT_CONFORMANT,
          "patched document does not conform: " + malformed.getMessage(),
          malformed);
    }
  }

  private Bytes hash(String field) {
    return Base64Url.decodeHash(JsonFields.text(json, field, WHAT), field);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnsignedUpdate update && documentHash.equals(update.documentHash);
  }

  @Override
  public int hashCode() {
    return documentHash.hashCode();
  }

  @Override
  public String toString() {
    return StrictJson.write(json);
  }
}
