package org.beaconcohort.cohort.check;

/** What must hold after every scenario (signing-safety 2.10). */
public enum Invariant {
  /** No public nonce has two different partial signatures, nor was one claimed for two T. */
  I1_ONE_TRANSCRIPT_PER_NONCE,
  /** At most one txid per outpoint is completely signed; nobody latched two. */
  I2_ONE_TXID_PER_OUTPOINT,
  /** Every member holds the bundle of every signal that was broadcast. */
  I3_BUNDLE_IS_HELD,
  /** No two updates for one version of a DID left a member. */
  I4_ONE_UPDATE_PER_VERSION,
  /** Every terminal state has a reason. */
  I5_REASON,
  /** Everybody ends within the deadlines of the terms. */
  I6_BOUNDED_TIME,
  /** A claim is durable before its signature exists (R5, N6). */
  CLAIM_BEFORE_SIGNATURE
}
