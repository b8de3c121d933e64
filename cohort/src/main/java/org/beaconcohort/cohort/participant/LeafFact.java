package org.beaconcohort.cohort.participant;

import java.time.Instant;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.musig2.bytes.Bytes;

/** What a member has settled on leaf A. */
public sealed interface LeafFact extends ParticipantFact.OnLeaf {
  /** The others' partial signatures are overdue then (R18). */
  record PartialsDue(Instant until) implements LeafFact {}

  /**
   * Leaf A is asked for, every statement it stands on is here, and the bundle is stored; its
   * receipt is said next (N17).
   *
   * @param askId the proposal or request, 32 bytes
   * @param until the deadline of the state beside it
   */
  record LeafTaken(Bytes askId, CasAnnouncement bundle, Instant until) implements LeafFact {}

  /** What is said to be missing is overdue by the own clock. */
  record LeafDue(Bytes askId) implements LeafFact {}

  /** k members keep the bundle; relays and own sources are asked. */
  record LeafConfirming(Bytes askId) implements LeafFact {}

  /** The checklist refused it; nothing was signed for it. */
  record LeafRefused(Bytes askId, Code code, String detail) implements LeafFact {}

  /**
   * The claim: the outpoint belongs to this txid (R16). Durable before the signature exists.
   *
   * @param context T_A, 32 bytes
   * @param txid internal order, 32 bytes
   */
  record LeafClaimed(Bytes askId, Bytes context, Bytes txid) implements LeafFact {}

  /** The signer refused for good; the outpoint stays with what was claimed (R16). */
  record LeafNotSigned(String detail) implements LeafFact {}

  /** The leaf signature, 64 bytes; said next. */
  record LeafRecorded(Bytes signature) implements LeafFact {}

  /**
   * k leaf signatures over the transaction that was asked for verify.
   *
   * @param spend the signatures
   */
  record CompletedByLeaf(Bytes askId, Spend.LeafA spend, CasAnnouncement bundle, Instant until)
      implements LeafFact {}
}
