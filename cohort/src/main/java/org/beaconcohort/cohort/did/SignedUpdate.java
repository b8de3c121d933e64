package org.beaconcohort.cohort.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Instant;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** A BTCR2 Signed Update, whose {@link #hash} a beacon announces. Immutable. */
public final class SignedUpdate {
  private static final String WHAT = "signed update";
  private static final String PROOF = "proof";

  private final ObjectNode json;
  private final UnsignedUpdate unsigned;
  private final DataIntegrityProof proof;
  private final Bytes hash;

  private SignedUpdate(ObjectNode json) {
    this.json = json;
    this.proof = DataIntegrityProof.of(JsonFields.object(json, PROOF, WHAT).deepCopy());
    ObjectNode rest = json.deepCopy();
    rest.remove(PROOF);
    this.unsigned = UnsignedUpdate.of(rest);
    this.hash = Jcs.documentHash(json);
  }

  /**
   * Signs an update of {@code source}, which it must apply to; no {@code expires} (rule N18).
   *
   * @param methodId absolute DID URL of the key's method in {@code capabilityInvocation}
   * @param created when, cut to whole seconds; {@link #checkSafeToHandOut} says what it may be
   * @param random for the signature's auxiliary randomness
   * @throws UpdateRefusedException if the update does not apply, the key is not the method's, or
   *     the result is above {@link JsonLimits#DOCUMENT}
   */
  public static SignedUpdate sign(
      UnsignedUpdate update,
      DidDocument source,
      String methodId,
      SecretKey key,
      Instant created,
      SecureRandom random) {
    update.applyTo(source, update.targetVersionId() - 1);
    Bytes methodKey = DataIntegrityProof.methodKey(source, methodId);
    if (!methodKey.slice(1, 33).equals(key.xOnlyPublicKey())) {
      throw new UpdateRefusedException(
          UpdateRefusal.METHOD_KEY_MISMATCH,
          "key of " + methodId + " must be " + methodKey + ", got " + key.publicKey());
    }
    ObjectNode json = update.json();
    json.set(
        PROOF,
        DataIntegrityProof.sign(update, source.did(), methodId, key, created, random).json());
    UnsignedUpdate.checkSize(json);
    return new SignedUpdate(json);
  }

  /**
   * Reads a signed update, whatever rules it was made by; checks no claim and no signature.
   *
   * @throws org.beaconcohort.cohort.json.MalformedJsonException if it has not the fields of one
   */
  public static SignedUpdate parse(String text) {
    return new SignedUpdate(StrictJson.parseObject(text, JsonLimits.DOCUMENT, WHAT));
  }

  /**
   * Reads a signed update, whatever rules it was made by; checks no claim and no signature.
   *
   * @throws org.beaconcohort.cohort.json.MalformedJsonException if it has not the fields of one
   */
  public static SignedUpdate of(JsonNode json) {
    JsonNode copy = StrictJson.copy(json, JsonLimits.DOCUMENT);
    return new SignedUpdate(JsonFields.object(copy, WHAT));
  }

  /** The 32-byte JSON document hash, proof included: what beacons announce. */
  public Bytes hash() {
    return hash;
  }

  /** The version after, from 2. */
  public int targetVersionId() {
    return unsigned.targetVersionId();
  }

  /** The update without its proof. */
  public UnsignedUpdate unsigned() {
    return unsigned;
  }

  /** The proof. */
  public DataIntegrityProof proof() {
    return proof;
  }

  /** A copy of the update as JSON, fields in their order. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** RFC 8785 bytes: what content-addressed storage keeps, and what {@link #hash} hashes. */
  public Bytes canonicalBytes() {
    return Jcs.canonicalBytes(json);
  }

  /**
   * The document after this update, by the newest rules of resolution.
   *
   * @param source the document before
   * @param versionId version of {@code source}
   * @throws UpdateRefusedException with the first check that fails
   */
  public DidDocument applyTo(DidDocument source, int versionId) {
    unsigned.checkFollows(source, versionId);
    proof.check(unsigned, source);
    return unsigned.applyTo(source, versionId);
  }

  /**
   * Checks that resolvers will accept the proof's times whenever the update confirms (rule N18); a
   * proof without times always passes.
   *
   * @param medianTime median time past of the chain's tip; without a chain source three hours back
   * @throws UpdateRefusedException if there is an {@code expires}, or a {@code created} after it
   */
  public void checkSafeToHandOut(Instant medianTime) {
    if (proof.expires().isPresent()) {
      throw new UpdateRefusedException(
          UpdateRefusal.EXPIRES_PRESENT,
          "proof must have no expires, got "
              + proof.expires().get()
              + ": a partial signature cannot be recalled, so the update may confirm later");
    }
    if (proof.created().isPresent() && proof.created().get().isAfter(medianTime)) {
      throw new UpdateRefusedException(
          UpdateRefusal.CREATED_TOO_LATE,
          "created must be at most the median time of the tip, "
              + medianTime
              + ", got "
              + proof.created().get()
              + ": sign again with that time");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedUpdate update && hash.equals(update.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "update to version " + targetVersionId() + ", hash " + Base64Url.encode(hash);
  }
}
