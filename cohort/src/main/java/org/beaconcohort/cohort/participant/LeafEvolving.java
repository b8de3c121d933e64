package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.leaf.LeafAsk;
import org.beaconcohort.cohort.participant.Fallback.Asked;
import org.beaconcohort.cohort.participant.Fallback.Confirming;
import org.beaconcohort.cohort.participant.Fallback.Due;
import org.beaconcohort.cohort.participant.Fallback.FallbackClaimed;
import org.beaconcohort.cohort.participant.Fallback.FallbackSigned;
import org.beaconcohort.cohort.participant.Fallback.FallbackUnsigned;
import org.beaconcohort.cohort.participant.Fallback.Unasked;
import org.beaconcohort.cohort.participant.Fallback.Weighed;
import org.beaconcohort.cohort.participant.LeafFact.CompletedByLeaf;
import org.beaconcohort.cohort.participant.LeafFact.LeafClaimed;
import org.beaconcohort.cohort.participant.LeafFact.LeafConfirming;
import org.beaconcohort.cohort.participant.LeafFact.LeafDue;
import org.beaconcohort.cohort.participant.LeafFact.LeafNotSigned;
import org.beaconcohort.cohort.participant.LeafFact.LeafRecorded;
import org.beaconcohort.cohort.participant.LeafFact.LeafRefused;
import org.beaconcohort.cohort.participant.LeafFact.LeafTaken;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.musig2.bytes.Bytes;

/** What facts about leaf A make of a state. */
final class LeafEvolving {
  private LeafEvolving() {}

  /** The state after a fact; nothing if its journal cannot have it there. */
  static Optional<ParticipantState> evolve(InCohort state, LeafFact fact) {
    Joined joined = state.joined();
    Fallback before = joined.fallback();
    return switch (fact) {
      case LeafFact.PartialsDue due ->
          Optional.of(with(state, new Unasked(due.until(), before.refused())));
      case LeafTaken taken ->
          LeafSigning.waitsForOthers(state)
              ? Optional.of(
                  with(
                      until(state, taken.until()),
                      new Asked(taken.askId(), taken.bundle(), before.due(), before.refused())))
              : Optional.empty();
      case LeafDue due ->
          before instanceof Asked asked
              ? Optional.of(
                  with(state, new Due(asked.askId(), asked.bundle(), asked.due(), asked.refused())))
              : Optional.empty();
      case LeafConfirming confirming ->
          before instanceof Due due
              ? Optional.of(
                  with(state, new Confirming(due.askId(), due.bundle(), due.due(), due.refused())))
              : Optional.empty();
      case LeafRefused refused -> Optional.of(with(state, before.refusing(refused.askId())));
      case LeafClaimed claimed ->
          before instanceof Weighed weighed
              ? claim(state, claimed.askId(), weighed.bundle())
                  // T_A holds all that the sighash does: no other is signed for this claim (R5).
                  .filter(claim -> claim.transcript().equals(claimed.context()))
                  .filter(claim -> claim.txid().equals(claimed.txid()))
                  .map(claim ->
                      with(
                          state.with(joined.claiming(claim)),
                          new FallbackClaimed(
                              claimed.askId(), claim, before.due(), before.refused())))
              : Optional.empty();
      case LeafNotSigned failed ->
          before instanceof FallbackClaimed claimed
              ? Optional.of(
                  with(
                      state,
                      new FallbackUnsigned(
                          claimed.askId(),
                          claimed.claim(),
                          failed.detail(),
                          before.due(),
                          before.refused())))
              : Optional.empty();
      case LeafRecorded recorded ->
          switch (before) {
            case FallbackClaimed claimed ->
                Optional.of(signed(state, claimed.askId(), claimed.claim(), recorded));
            case FallbackUnsigned unsigned ->
                Optional.of(signed(state, unsigned.askId(), unsigned.claim(), recorded));
            default -> Optional.empty();
          };
      case CompletedByLeaf completed ->
          claim(state, completed.askId(), completed.bundle())
              .map(claim ->
                  new ParticipantState.Final(
                      known(joined, claim), claim, completed.spend(), false, completed.until()));
    };
  }

  private static InCohort signed(InCohort state, Bytes askId, Claim claim, LeafRecorded recorded) {
    Fallback before = state.joined().fallback();
    return with(
        state,
        new FallbackSigned(askId, claim, recorded.signature(), before.due(), before.refused()));
  }

  /** The outpoint is spent by it, whether this member signed or not. */
  private static Joined known(Joined joined, Claim claim) {
    boolean claimed =
        joined.claims().stream().anyMatch(each -> each.transcript().equals(claim.transcript()));
    return claimed ? joined : joined.claiming(claim);
  }

  private static Optional<Claim> claim(InCohort state, Bytes askId, CasAnnouncement bundle) {
    return LeafAsks.find(state, askId)
        .map(LeafAsk::attempt)
        .map(attempt ->
            new Claim(
                attempt.asLeaf(),
                attempt.leafContext(),
                0,
                attempt.transaction().txid(),
                AnchoringAlone.committed(state),
                bundle));
  }

  private static InCohort with(InCohort state, Fallback fallback) {
    return state.with(state.joined().fallingBack(fallback));
  }

  private static InCohort until(InCohort state, Instant until) {
    return switch (state) {
      case Responded responded ->
          new Responded(
              responded.joined(),
              responded.round(),
              responded.updates(),
              responded.nonce(),
              responded.refused(),
              until);
      case Signed signed ->
          new Signed(
              signed.joined(),
              signed.claim(),
              signed.signature(),
              signed.next(),
              signed.partials(),
              until);
      default -> state;
    };
  }
}
