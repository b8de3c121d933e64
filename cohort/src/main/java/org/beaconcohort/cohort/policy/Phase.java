package org.beaconcohort.cohort.policy;

import org.beaconcohort.cohort.model.Code;

/** What is waited for, in the order of a cohort where everybody behaves. */
public enum Phase {
  /** Acknowledgements of a key set. */
  KEYING(Code.SILENT_MEMBER, false),
  /** A confirmed output of the beacon address. */
  FUNDING(Code.NOT_FUNDED, false),
  /** The members' requests of a round, by its leader. */
  LISTING(Code.NOT_LISTED, false),
  /** The opportunity of a round, by its members. */
  OPENING(Code.DEADLINE_PASSED, false),
  /** The members' responses. */
  RESPONSE(Code.SILENT_MEMBER, true),
  /** A proposal, by those who have responded. */
  PROPOSAL(Code.SILENT_MEMBER, true),
  /** Partial signatures over one T. */
  PARTIAL(Code.SILENT_MEMBER, true),
  /** Signatures by leaf A. */
  LEAF(Code.SILENT_MEMBER, false),
  /** The block that holds the transaction. */
  CONFIRMATION(Code.DEADLINE_PASSED, false);

  private final Code code;
  private final boolean signing;

  Phase(Code code, boolean signing) {
    this.code = code;
    this.signing = signing;
  }

  /** Why a cohort or round that nothing moves beyond this phase is abandoned. */
  public Code code() {
    return code;
  }

  /** Whether an outpoint is being spent and the network has not got the transaction yet. */
  boolean isSigning() {
    return signing;
  }
}
