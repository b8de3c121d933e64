package org.beaconcohort.cohort.participant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.message.SuccessionStatement.SweepRequest;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.JoinPolicy.Leaving;
import org.beaconcohort.cohort.participant.ParticipantState.Closed;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Succession as a member sees it (signing-safety 2.4 (d)): a round carries the next cohort's
 * address in the updates of those that stay, and once the own documents list it, a last round pays
 * the change there. A member that stays is in the next key set by the proof of its own DID; one
 * that leaves signs the last round only if its policy says so.
 */
final class HandingOver {
  private HandingOver() {}

  /** The other half of this party, or somebody else's, has the next cohort's acknowledgements. */
  static Verdict<ParticipantFact> formed(InCohort state, Succession next) {
    Joined joined = state.joined();
    if (Successors.knows(joined.said(), next)) {
      return Verdict.ignore("the next cohort is known here");
    }
    Optional<Violation> wrong = Successors.check(joined.cohort(), next);
    return wrong.isPresent()
        ? new Verdict.Refused<>(wrong.get())
        : new Verdict.Accepted<>(
            List.of(),
            List.of(
                new Effect.Say(
                    joined.cohort().id(),
                    Bytes.EMPTY,
                    0,
                    next,
                    new Recipient.Channel(joined.channel(), 0))));
  }

  /** What the own documents have to do with a cohort that follows; nothing to somebody else's. */
  static List<Effect> learned(Joined joined, Statement body) {
    if (!(body instanceof Succession succession)) {
      return List.of();
    }
    Cohort next = Successors.cohort(succession);
    if (stays(joined, next)) {
      return List.of(new Effect.CarrySuccessor(joined.cohort(), Optional.of(next)));
    }
    return leaves(joined)
        ? List.of(new Effect.CarrySuccessor(joined.cohort(), Optional.empty()))
        : List.of();
  }

  /** Again after a restart, for every one that is known. */
  static List<Effect> learnedBefore(Joined joined) {
    List<Effect> effects = new ArrayList<>();
    Successors.of(joined.said()).forEach(each -> effects.addAll(learned(joined, each)));
    return effects;
  }

  /**
   * What ended is told again; the documents may still list a cohort that is followed by another.
   */
  static List<Effect> resume(Closed closed) {
    List<Effect> effects = new ArrayList<>();
    if (closed.outcome() instanceof Outcome.SucceededBy && closed.last() instanceof InCohort last) {
      effects.addAll(learnedBefore(last.joined()));
    }
    effects.add(new Effect.Report(closed.outcome()));
    return effects;
  }

  private static boolean stays(Joined joined, Cohort next) {
    return Successors.stays(next, joined.plan().dids());
  }

  private static boolean leaves(Joined joined) {
    return joined.plan().policy().succession().leaving() == Leaving.CONSENTS;
  }

  /** The cohort that this member follows; empty if it follows none. */
  private static Optional<Cohort> followed(Joined joined) {
    return Successors.of(joined.said()).stream()
        .map(Successors::cohort)
        .filter(next -> stays(joined, next))
        .findFirst();
  }

  /**
   * How the next round begins for a member that knows what follows: one that stays asks its own
   * documents first.
   */
  static Optional<ParticipantFact.SuccessionBegun> begun(Joined joined) {
    return followed(joined).map(next -> new ParticipantFact.SuccessionBegun(next.id()));
  }

  static Succeeding succeeding(Ready ready, ParticipantFact.SuccessionBegun fact) {
    return new Succeeding(ready, next(ready.joined(), fact.successor()));
  }

  private static Cohort next(Joined joined, Bytes id) {
    return Successors.of(joined.said()).stream()
        .map(Successors::cohort)
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  static Effect ask(Joined joined, ParticipantFact.SuccessionBegun begun) {
    return ask(joined, next(joined, begun.successor()));
  }

  static Effect ask(Joined joined, Cohort next) {
    return new Effect.AskListed(next, joined.plan().policy().depth(joined.cohort().terms()));
  }

  /** Ready for the last round, or in need of another one that carries the address. */
  static Verdict<ParticipantFact> listed(Succeeding state, Input.SuccessorListed answer) {
    return answer.successor().equals(state.next().id())
        ? new Verdict.Accepted<>(
            List.of(),
            List.of(
                request(
                    state.joined(),
                    state.ready().number(),
                    answer.listed() ? Optional.of(state.next()) : Optional.empty())))
        : Verdict.ignore("another cohort's address");
  }

  /** What a member that needs to ask nobody says when round {@code number} is due. */
  static Effect.Say request(Joined joined, int number) {
    Optional<Cohort> next =
        leaves(joined) && number > 1
            ? Successors.of(joined.said()).stream().map(Successors::cohort).findFirst()
            : Optional.empty();
    return request(joined, number, next);
  }

  private static Effect.Say request(Joined joined, int number, Optional<Cohort> next) {
    Statement body =
        next.<Statement>map(cohort -> new SweepRequest(number, cohort.id()))
            .orElseGet(() -> new RoundRequest(number));
    return new Effect.Say(
        joined.cohort().id(),
        Bytes.EMPTY,
        0,
        body,
        new Recipient.Channel(joined.channel(), number));
  }

  static boolean isRequest(Statement body, int number) {
    return (body instanceof RoundRequest request && request.number() == number)
        || (body instanceof SweepRequest sweep && sweep.number() == number);
  }

  /** The own outputs check of a last round: nobody's word for the address it pays. */
  static Optional<Violation> refusal(Joined joined, Round round) {
    return round.successor().isPresent()
            && !stays(joined, round.successor().get())
            && !leaves(joined)
        ? Optional.of(
            Violation.refusal(
                Code.OUTPUTS_MISMATCH,
                "change must come back to "
                    + joined.cohort().address()
                    + ": this member is not in the cohort of "
                    + round.successor().get().address()
                    + " and its policy does not consent to leave"))
        : Optional.empty();
  }

  /** What is asked of own sources for a round: in a last one, whether the next cohort is listed. */
  static Effect.TakeSurvey survey(Joined joined, Bytes about, Round round) {
    Optional<Cohort> next = round.successor().filter(each -> stays(joined, each));
    return new Effect.TakeSurvey(
        about,
        round.opportunity().outpoint(),
        next.orElse(joined.cohort()),
        // 0 offers nothing: in the last round a member that stays has nothing left to anchor.
        next.isPresent() ? 0 : round.opportunity().number());
  }

  /** In a last round the documents of a member that stays list the next address (item 3). */
  static Optional<Violation> unlisted(ParticipantPlan plan, Round round, Survey survey, int depth) {
    Optional<Cohort> next = round.successor().filter(each -> Successors.stays(each, plan.dids()));
    if (next.isEmpty()) {
      return Optional.empty();
    }
    for (String did : plan.dids()) {
      boolean concerned = Successors.stays(next.get(), List.of(did));
      boolean listed =
          survey.documents().stream()
              .anyMatch(document -> document.did().equals(did) && document.listedDepth() >= depth);
      if (concerned && !listed) {
        return Optional.of(
            Violation.refusal(
                Code.NOT_LISTED,
                "document of "
                    + did
                    + " must list "
                    + next.get().address()
                    + " at depth "
                    + depth
                    + " before the change goes there"));
      }
    }
    return Optional.empty();
  }

  /** How a cohort ends whose last round is confirmed. */
  static Optional<Outcome> succeeded(Round round, String displayTxid) {
    return round
        .successor()
        .map(next -> new Outcome.SucceededBy(next.id(), next.address(), displayTxid));
  }

  /** Where the coins are if a cohort ends that should have been succeeded. */
  static String remains(Joined joined) {
    return Successors.of(joined.said()).isEmpty()
        ? ""
        : "; nothing went to the next cohort yet: what "
            + joined.cohort().address()
            + " holds stays there, and moves only when all "
            + joined.cohort().size()
            + " members of this cohort sign; keep this membership's keys and fund the next cohort"
            + " otherwise";
  }
}
