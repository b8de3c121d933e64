package org.beaconcohort.cohort.did;

/** Why an update is not applied to a document, not signed, or not handed out. */
public enum UpdateRefusal {
  /** {@code @context} is not the pinned array in the pinned order. */
  CONTEXT_MISMATCH,
  /** {@code @context} of the proof is not that of the update. */
  PROOF_CONTEXT_MISMATCH,
  /** The proof is not a {@code DataIntegrityProof} of {@code bip340-jcs-2025}. */
  CRYPTOSUITE_MISMATCH,
  /** {@code proofPurpose} is not {@code capabilityInvocation}. */
  PROOF_PURPOSE_MISMATCH,
  /** {@code capabilityAction} is not {@code Write}. */
  CAPABILITY_ACTION_MISMATCH,
  /** {@code capability} is not the root capability of the DID. */
  CAPABILITY_MISMATCH,
  /** {@code invocationTarget} is not the DID. */
  INVOCATION_TARGET_MISMATCH,
  /** {@code capabilityInvocation} of the document does not name the verification method. */
  METHOD_UNAUTHORIZED,
  /** The document names the verification method but does not hold it. */
  METHOD_NOT_FOUND,
  /** The verification method is not a Multikey of secp256k1. */
  METHOD_KEY_UNUSABLE,
  /** The secret key at hand is not the verification method's. */
  METHOD_KEY_MISMATCH,
  /** The signature does not verify. */
  SIGNATURE_INVALID,
  /** {@code expires} is before {@code created}. */
  EXPIRES_BEFORE_CREATED,
  /** The update follows on another version. */
  VERSION_MISMATCH,
  /** {@code sourceHash} is not that of the document. */
  SOURCE_HASH_MISMATCH,
  /** {@code targetHash} is not that of the patched document. */
  TARGET_HASH_MISMATCH,
  /** The patch is not RFC 6902, or too large. */
  PATCH_MALFORMED,
  /** An operation of the patch fails on the document. */
  PATCH_FAILED,
  /** The patched document is not a document of the same DID. */
  DOCUMENT_ID_CHANGED,
  /** The patched document does not conform. */
  DOCUMENT_NOT_CONFORMANT,
  /** The document is deactivated; nothing follows. */
  DOCUMENT_DEACTIVATED,
  /** {@code expires} is there: the update may confirm after it (rule N18). */
  EXPIRES_PRESENT,
  /** {@code created} is after the median time of the tip: a block may come before it (N18). */
  CREATED_TOO_LATE,
  /** Another update of the same version was applied or handed out before (rule R20). */
  CONFLICTING_UPDATE
}
