package org.beaconcohort.cohort.model;

/**
 * Why something was refused or ended, spelled so in code, logs, JSON and docs. Codes of the signing
 * checklist (signing-safety 2.8) name their item in {@link #checklistItem()}.
 */
public enum Code {
  /** The author is not the pinned key of that role or slot. */
  AUTHOR_MISMATCH(1),
  /** The statement was made in an epoch below the highest endorsed one (R12). */
  EPOCH_STALE(1),
  /** Key set, opt-ins or their proofs are not those agreed on. */
  KEYSET_MISMATCH(2),
  /** The recomputed beacon address differs. */
  ADDRESS_MISMATCH(2),
  /** The member's current DID document does not list the address deep enough. */
  NOT_LISTED(3),
  /** Outpoint, value or script differ from the member's own chain source. */
  PREVOUT_MISMATCH(3),
  /** The outpoint is not confirmed deep enough, or is spent. */
  PREVOUT_UNCONFIRMED(3),
  /** Outputs are not exactly change to the beacon address, then the signal. */
  OUTPUTS_MISMATCH(4),
  /** The fee or the fee rate lies outside the corridor of the terms. */
  FEE_OUT_OF_CORRIDOR(5),
  /** Version, lock time, sequence or signature hash type are not those of the profile. */
  SIGHASH_TYPE(5),
  /** The signal is not the one recomputed from the responses. */
  SIGNAL_MISMATCH(6),
  /** The member's own entry, or an entry for one of its DIDs, is not what it answered. */
  ENTRY_MISMATCH(7),
  /** The update could harm its DID (N18, R20). */
  UPDATE_UNSAFE(7),
  /** The data behind the signal is not stored yet, or is other data (N17). */
  BUNDLE_MISSING(8),
  /** A public nonce is no pair of curve points. */
  NONCE_INVALID(9),
  /** Two slots carry one public nonce. */
  NONCE_DUPLICATE(9),
  /** The nonce in the member's slot is not the one this process instance published (R10). */
  NONCE_NOT_MINE(9),
  /** The nonce belongs to another transcript already (R6). */
  NONCE_ALREADY_CLAIMED(10),
  /** The member signed another transaction for this outpoint (R16). */
  OUTPOINT_LATCHED(10),
  /** An operator or an alarm stopped all signing with this key. */
  HALTED(10),
  /** A deadline of the terms, or the member's own margin, has passed. */
  DEADLINE_PASSED(11),
  /** The spend path is not one the member consented to. */
  PATH_NOT_CONSENTED(12),
  /** The terms are not the ones the member opted in to. */
  TERMS_MISMATCH(12),
  /** The recomputed context or transcript hash differs. */
  TRANSCRIPT_MISMATCH(13),

  /** Too few candidates at the recruiting deadline (BT-3). */
  NOT_ENOUGH,
  /** Nobody formed the cohort: the coordinator was silent, and so was every named successor. */
  NO_SUCCESSOR,
  /** The cohort has all its seats, or enrolment is closed. */
  ENROLMENT_CLOSED,
  /** The coordinator does not take this DID any more: a fault of it was proved (R17). */
  CANDIDATE_BANNED,
  /** The opt-in's proofs, keys or fields are not valid. */
  OPT_IN_INVALID,
  /** The terms ask for something this member's policy does not accept. */
  TERMS_NOT_ACCEPTED,
  /** Leaf A with k below n takes this member's veto away, and its policy does not agree (N9). */
  VETO_LOST,
  /** Something that this version does not do yet. */
  NOT_SUPPORTED,
  /** The DID has no funded, spendable singleton beacon for what the cohort may not anchor. */
  NO_FALLBACK,
  /** Two members acknowledged different key sets (BC-10). */
  KEYSET_FORK,
  /** The beacon address was not funded in time. */
  NOT_FUNDED,
  /** No answer of a member in time. */
  SILENT_MEMBER,
  /** Two statements with one instance and sequence number (R24). */
  EQUIVOCATION,
  /** A partial signature does not verify over the agreed transcript. */
  BAD_PARTIAL_SIGNATURE,
  /** A final signature differs from the one computed here (BC-15). */
  FINAL_MISMATCH,
  /** The network refused the transaction for good. */
  BROADCAST_REJECTED,
  /** The outpoint was spent by another transaction. */
  OUTPOINT_SPENT,
  /** A secret nonce is gone (restart, expiry); the attempt cannot go on with it (N4). */
  NONCE_LOST,
  /** The own signer did not make a leaf signature that was claimed; nothing of it left (R5). */
  LEAF_NOT_SIGNED,
  /**
   * Someone showed a statement of one's own that the own journal does not hold, of a process that
   * it knows: the journal was put back to an older state (N19).
   */
  ROLLED_BACK,
  /** One key speaks in two processes at once (R10, R24). */
  DUPLICATE_INSTANCE,
  /**
   * What a leader chose is not due: something cheaper can still finish in time, or its bound in the
   * terms is used up (2.9, N20).
   */
  NOT_DUE,
  /**
   * Relays do not show this party's own fresh words, so nothing is concluded from anybody's silence
   * (R14, N21).
   */
  RELAYS_UNREACHABLE,
  /** An author sent more statements of a type than its quota (N20). */
  RATE_LIMITED,
  /** A statement is larger than its limit (N20). */
  TOO_LARGE,
  /** A statement that this program failed to judge; a fault of the program, without effect. */
  UNJUDGED;

  private final int checklistItem;

  Code() {
    this(0);
  }

  Code(int checklistItem) {
    this.checklistItem = checklistItem;
  }

  /** The item of the signing checklist, 1 to 13, or 0 for a code from elsewhere. */
  public int checklistItem() {
    return checklistItem;
  }
}
