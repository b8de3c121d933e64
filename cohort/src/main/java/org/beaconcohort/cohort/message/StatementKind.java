package org.beaconcohort.cohort.message;

import java.util.Arrays;
import java.util.Optional;

/**
 * Event kinds of statements and how many of each an author may make per round (N20), or per
 * formation for those outside rounds.
 */
public enum StatementKind {
  /** F1, the only public one. */
  ANNOUNCEMENT(34640, 1),
  /** F2. */
  OPT_IN(4641, 2),
  /** F2 refused. */
  OPT_IN_REFUSED(4642, 1000),
  /** F3a. */
  WELCOME(4643, 8),
  /** F3b. */
  KEYSET_PROPOSAL(4644, 8),
  /** F4. */
  KEYSET_ACK(4645, 8),
  /** R0. */
  ROUND_REQUEST(4646, 64),
  /** R1. */
  OPPORTUNITY(4647, 4),
  /** R2. */
  RESPONSE(4648, 4),
  /** R3. */
  PROPOSAL(4649, 8),
  /** R4. */
  PARTIAL_SIGNATURE(4650, 8),
  /** R5. */
  FINAL(4651, 4),
  /** On need, N4: a fourth would be silence. */
  NONCE_LOST(4652, 3),
  /** Before R4 in sealed mode (N7): as many as signatures. */
  CLAIM(4653, 8),
  /** By whoever takes over a round that is open (N15). */
  EPOCH_CLAIM(4654, 4),
  /** R21: for people and for the cohort's record. */
  FALLBACK_TAKEN(4655, 2),
  /** R19: the data behind the signal, for the absent. */
  BUNDLE(4656, 4),
  /** N17: one's receipt for it. */
  BUNDLE_ACK(4657, 8),
  /** L3, by whoever leads. */
  LEAF_REQUEST(4658, 4),
  /** L3: one for each transaction of the round that was asked for. */
  LEAF_SIGNATURE(4659, 4),
  /** F2b, whether a candidate is still there. */
  PROBE(4664, 4),
  /** The answer; as many as the probes of one author. */
  ALIVE(4665, 4),
  /** The next cohort (2.4 (d)); one from each side of a disagreement, and again. */
  SUCCESSION(4668, 4),
  /** In place of R0, as often. */
  SWEEP_REQUEST(4669, 64),
  /** By whoever leads, N20: as many as terms can allow. */
  EXTEND(4660, 8),
  /** N14: at a start, and before a deadline's consequence. */
  SYNC(4661, 16);

  private final int eventKind;
  private final int quota;

  StatementKind(int eventKind, int quota) {
    this.eventKind = eventKind;
    this.quota = quota;
  }

  /** The Nostr event kind. */
  public int eventKind() {
    return eventKind;
  }

  /** Most statements of this kind that one author may have in one round. */
  public int quota() {
    return quota;
  }

  /** The kind with that event kind. */
  public static Optional<StatementKind> of(int eventKind) {
    return Arrays.stream(values()).filter(kind -> kind.eventKind == eventKind).findFirst();
  }
}
