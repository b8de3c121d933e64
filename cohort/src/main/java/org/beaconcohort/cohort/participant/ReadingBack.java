package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.Final;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Weighing;
import org.beaconcohort.cohort.policy.Situation.Relays;
import org.beaconcohort.musig2.bytes.Bytes;

/** What follows when the relays have been asked for this member's own words (N19). */
final class ReadingBack {
  private ReadingBack() {}

  static Bytes about(Weighing state) {
    return OwnWords.about(state.joined(), state.opportunity().id());
  }

  static Bytes about(Claimed state) {
    return OwnWords.about(state.joined(), state.claim().transcript());
  }

  static Bytes about(Checking state) {
    return OwnWords.about(state.joined(), state.proposal().id());
  }

  /** The relays were asked for own words, and the journal holds them all (N19): it goes on. */
  static Verdict<ParticipantFact> headRead(InCohort state, Bytes about, Instant now) {
    Joined joined = state.joined();
    if (!joined.isReadBack()) {
      return about.size() == 0
          ? readAtStart(state, now)
          : Verdict.ignore("asked for by an earlier process");
    }
    Optional<Verdict<ParticipantFact>> onLeaf = LeafSigning.headRead(state, about);
    if (onLeaf.isPresent()) {
      return onLeaf.get();
    }
    return switch (state) {
      case Weighing weighing when about.equals(about(weighing)) ->
          new Verdict.Accepted<>(
              List.of(), List.of(Saying.survey(weighing, about, weighing.round())));
      case Checking checking when about.equals(about(checking)) ->
          new Verdict.Accepted<>(
              List.of(), List.of(Saying.survey(checking, about, checking.responded().round())));
      case Claimed claimed when about.equals(about(claimed)) && Saying.isClaimSaid(claimed) ->
          new Verdict.Accepted<>(List.of(), List.of(TakingPart.sign(claimed.claim())));
      default -> Verdict.ignore("nothing waits for it");
    };
  }

  /**
   * In one append with what an overdue deadline leads to: no crash makes it be asked for ever. What
   * does not end is said again first, as after any restart.
   */
  static Verdict<ParticipantFact> readAtStart(InCohort state, Instant now) {
    Joined joined = state.joined();
    InCohort read = state.with(joined.readBackBy(joined.plan().instance()));
    List<ParticipantFact> facts = new ArrayList<>();
    facts.add(new ParticipantFact.HeadRead(joined.plan().instance()));
    boolean overdue = !now.isBefore(state.until()) && !(state instanceof Final);
    if (overdue
        && Endings.deadline(read, now, Relays.REACHABLE)
            instanceof Verdict.Accepted<ParticipantFact> next) {
      facts.addAll(next.facts());
      List<Effect> again =
          next.facts().stream().anyMatch(ReadingBack::isEnd) ? List.of() : Resuming.goOn(read);
      return new Verdict.Accepted<>(
          facts, Stream.concat(again.stream(), next.effects().stream()).distinct().toList());
    }
    return new Verdict.Accepted<>(facts, Resuming.goOn(read));
  }

  private static boolean isEnd(ParticipantFact fact) {
    return fact instanceof ParticipantFact.Ended || fact instanceof ParticipantFact.CohortOver;
  }

  /**
   * This may be a machine put back to a snapshot: what was asked before the jump counts no more.
   */
  static Verdict<ParticipantFact> clockJumped(InCohort state, Input.ClockJumped jumped) {
    InCohort after = state.with(state.joined().afterClockJump());
    // What is asked at the start stays the question until it is answered: nothing goes on before.
    boolean asked = state.joined().isReadBack();
    return Verdict.accept(
        new ParticipantFact.ClockJumped(jumped.seconds()),
        switch (after) {
          case Weighing weighing when asked ->
              OwnWords.before(weighing, weighing.opportunity().id());
          case Checking checking when asked -> OwnWords.before(checking, checking.proposal().id());
          case Claimed claimed when asked && Saying.isClaimSaid(claimed) ->
              OwnWords.before(claimed, claimed.claim().transcript());
          default ->
              asked
                  ? LeafSigning.askAgain(after).orElseGet(() -> OwnWords.atStart(after))
                  : OwnWords.atStart(after);
        });
  }
}
