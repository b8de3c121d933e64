package org.beaconcohort.cohort.did;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.beaconcohort.cohort.did.key.Base58;
import org.beaconcohort.cohort.did.key.MalformedKeyException;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * The Data Integrity proof of an update: a BIP-340 signature by {@code bip340-jcs-2025} that
 * invokes the DID's root capability. Immutable.
 */
public final class DataIntegrityProof {
  static final String TYPE = "DataIntegrityProof";
  static final String CRYPTOSUITE = "bip340-jcs-2025";
  static final String PURPOSE = "capabilityInvocation";
  static final String ACTION = "Write";

  private static final String WHAT = "proof";
  private static final String BASE58BTC = "z";
  private static final int SIGNATURE_SIZE = 64;
  private static final Set<String> FIELDS =
      Set.of(
          "@context",
          "type",
          "cryptosuite",
          "created",
          "expires",
          "verificationMethod",
          "proofPurpose",
          "capability",
          "capabilityAction",
          "invocationTarget",
          "proofValue");
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  private final ObjectNode json;
  private final List<String> context;
  private final Optional<Instant> created;
  private final Optional<Instant> expires;
  private final Bytes signature;

  private DataIntegrityProof(ObjectNode json) {
    JsonFields.onlyKnown(json, FIELDS, WHAT);
    this.json = json;
    this.context = JsonFields.texts(json, "@context", WHAT);
    for (String field :
        List.of(
            "type",
            "cryptosuite",
            "verificationMethod",
            "proofPurpose",
            "capability",
            "capabilityAction")) {
      JsonFields.text(json, field, WHAT);
    }
    JsonFields.optionalText(json, "invocationTarget", WHAT);
    this.created = time("created");
    this.expires = time("expires");
    this.signature = readSignature(JsonFields.text(json, "proofValue", WHAT));
  }

  /** Reads a proof whose JSON nobody else changes. */
  static DataIntegrityProof of(ObjectNode json) {
    return new DataIntegrityProof(json);
  }

  /**
   * A proof over {@code update} that nobody checked yet.
   *
   * @param methodId absolute DID URL of the key's verification method
   * @param created cut to whole seconds
   */
  static DataIntegrityProof sign(
      UnsignedUpdate update,
      Btcr2Did did,
      String methodId,
      SecretKey key,
      Instant created,
      SecureRandom random) {
    ObjectNode json = update.json().objectNode();
    UnsignedUpdate.CONTEXT.forEach(json.putArray("@context")::add);
    json.put("type", TYPE);
    json.put("cryptosuite", CRYPTOSUITE);
    json.put("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("verificationMethod", methodId);
    json.put("proofPurpose", PURPOSE);
    json.put("capability", rootCapability(did));
    json.put("capabilityAction", ACTION);
    json.put("invocationTarget", did.text());
    byte[] auxiliary = new byte[32];
    random.nextBytes(auxiliary);
    Bytes signature = Schnorr.sign(key, signedHash(json, update), Bytes.of(auxiliary));
    json.put("proofValue", BASE58BTC + Base58.encode(signature));
    return new DataIntegrityProof(json);
  }

  /** The capability to update {@code did}, as a URN. */
  public static String rootCapability(Btcr2Did did) {
    // ECMAScript's encodeURIComponent: of a DID's characters it changes the colon alone.
    return "urn:zcap:root:" + did.text().replace(":", "%3A");
  }

  /** The contexts, part of what is signed. */
  public List<String> context() {
    return context;
  }

  /** {@code bip340-jcs-2025} in every proof that verifies. */
  public String cryptosuite() {
    return json.path("cryptosuite").textValue();
  }

  /** The DID URL of the method whose key signed. */
  public String verificationMethod() {
    return json.path("verificationMethod").textValue();
  }

  /** When it was signed, by the signer's word. */
  public Optional<Instant> created() {
    return created;
  }

  /** Until when it may be anchored; a proof made here has none (rule N18). */
  public Optional<Instant> expires() {
    return expires;
  }

  /** The BIP-340 signature, 64 bytes. */
  public Bytes signature() {
    return signature;
  }

  /** A copy of the proof as JSON, fields in their order. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /**
   * Whether the signature over {@code update} is by {@code key}; says nothing about what the proof
   * claims, so it holds for proofs by older rules too.
   *
   * @param key 33 bytes compressed
   */
  public boolean verifiesSignature(UnsignedUpdate update, Bytes key) {
    ObjectNode configuration = json();
    configuration.remove("proofValue");
    return Schnorr.verify(key.slice(1, key.size()), signedHash(configuration, update), signature);
  }

  /**
   * Checks all that the proof claims, by the newest rules, and its signature.
   *
   * @throws UpdateRefusedException with the first claim that is wrong
   */
  void check(UnsignedUpdate update, DidDocument source) {
    if (!context.equals(update.context())) {
      throw new UpdateRefusedException(
          UpdateRefusal.PROOF_CONTEXT_MISMATCH,
          "@context of the proof must be that of the update, got " + context);
    }
    require(UpdateRefusal.CRYPTOSUITE_MISMATCH, "type", TYPE);
    require(UpdateRefusal.CRYPTOSUITE_MISMATCH, "cryptosuite", CRYPTOSUITE);
    require(UpdateRefusal.PROOF_PURPOSE_MISMATCH, "proofPurpose", PURPOSE);
    require(UpdateRefusal.CAPABILITY_ACTION_MISMATCH, "capabilityAction", ACTION);
    require(UpdateRefusal.CAPABILITY_MISMATCH, "capability", rootCapability(source.did()));
    require(UpdateRefusal.INVOCATION_TARGET_MISMATCH, "invocationTarget", source.did().text());
    if (created.isPresent() && expires.isPresent() && expires.get().isBefore(created.get())) {
      throw new UpdateRefusedException(
          UpdateRefusal.EXPIRES_BEFORE_CREATED,
          "expires must not be before " + created.get() + ", got " + expires.get());
    }
    Bytes key = methodKey(source, verificationMethod());
    if (!verifiesSignature(update, key)) {
      throw new UpdateRefusedException(
          UpdateRefusal.SIGNATURE_INVALID,
          "proofValue must be a signature by " + verificationMethod());
    }
  }

  /** The 33-byte key of a method that may sign updates of {@code source}. */
  static Bytes methodKey(DidDocument source, String methodId) {
    if (!source.invocationIds().contains(methodId)) {
      throw new UpdateRefusedException(
          UpdateRefusal.METHOD_UNAUTHORIZED,
          "verificationMethod must be one of " + source.invocationIds() + ", got " + methodId);
    }
    VerificationMethod method =
        source
            .invocationMethod(methodId)
            .orElseThrow(() ->
                new UpdateRefusedException(
                    UpdateRefusal.METHOD_NOT_FOUND,
                    "document of " + source.did() + " must hold the method " + methodId));
    return method
        .key()
        .orElseThrow(() ->
            new UpdateRefusedException(
                UpdateRefusal.METHOD_KEY_UNUSABLE,
                "method " + methodId + " must be a Multikey of secp256k1"));
  }

  private static Bytes signedHash(ObjectNode configuration, UnsignedUpdate update) {
    return TaggedHash.sha256(Jcs.documentHash(configuration), update.documentHash());
  }

  private void require(UpdateRefusal refusal, String field, String expected) {
    String found = json.path(field).asText();
    if (!found.equals(expected)) {
      throw new UpdateRefusedException(
          refusal, "\"" + field + "\" of the proof must be " + expected + ", got " + found);
    }
  }

  private Optional<Instant> time(String field) {
    return JsonFields.optionalText(json, field, WHAT).map(text -> time(field, text));
  }

  private static Instant time(String field, String text) {
    if (DATE_TIME.matcher(text).matches()) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException noSuchDay) {
        throw new MalformedJsonException(
            "\"" + field + "\" of the proof must be a time, got " + text, noSuchDay);
      }
    }
    throw new MalformedJsonException(
        "\"" + field + "\" of the proof must be like 2026-01-31T12:00:00Z, got " + text);
  }

  private static Bytes readSignature(String proofValue) {
    if (!proofValue.startsWith(BASE58BTC)) {
      throw new MalformedJsonException(
          "\"proofValue\" must start with z (base58btc), got "
              + proofValue.length()
              + " characters");
    }
    try {
      return Base58.decode(proofValue.substring(1), SIGNATURE_SIZE);
    } catch (MalformedKeyException malformed) {
      throw new MalformedJsonException(
          "\"proofValue\" must be z and base58btc of 64 bytes: " + malformed.getMessage(),
          malformed);
    }
  }
}
