package org.beaconcohort.cohort.participant;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.OptedIn;
import org.beaconcohort.cohort.participant.ParticipantState.RolledBack;
import org.beaconcohort.cohort.participant.ParticipantState.Verifying;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * N19: what this member said, shown to it from outside. Everything it says is in the journal before
 * anyone can see it, so a statement that is not there means that the journal is older than the
 * statement, or that somebody else speaks with the key (R10).
 */
final class OwnWords {
  private OwnWords() {}

  /** What follows from a statement of this member's that its journal does not hold. */
  static Optional<Verdict<ParticipantFact>> judge(ParticipantState state, SignedStatement said) {
    return switch (state) {
      case OptedIn optedIn ->
          judge(state, optedIn.plan(), List.of(optedIn.optIn()), said)
              .filter(verdict -> concerns(optedIn.announcement(), said));
      case Verifying verifying ->
          judge(state, verifying.plan(), List.of(verifying.optIn()), said)
              .filter(verdict -> concerns(verifying.announcement(), said));
      case InCohort inCohort ->
          judge(state, inCohort.joined().plan(), inCohort.joined().made(), said)
              .filter(verdict ->
                  concerns(inCohort.joined().announcement(), said)
                      || said.header().cohortId().equals(inCohort.joined().cohort().id()));
      case Suspended suspended -> judge(suspended.waiting(), said);
      case ParticipantState.Searching other -> Optional.empty();
      case ParticipantState.Discovered other -> Optional.empty();
      case ParticipantState.SingletonTaken other -> Optional.empty();
      case RolledBack other -> Optional.empty();
      case ParticipantState.Closed other -> Optional.empty();
    };
  }

  /** The first of those heard before the cohort was known. */
  static Optional<Verdict.Accepted<ParticipantFact>> among(InCohort state) {
    return state.joined().said().all().stream()
        .flatMap(said -> judge(state, said).stream())
        .map(verdict -> (Verdict.Accepted<ParticipantFact>) verdict)
        .findFirst();
  }

  private static Optional<Verdict<ParticipantFact>> judge(
      ParticipantState state,
      ParticipantPlan plan,
      List<ParticipantFact.Made> made,
      SignedStatement said) {
    // An answer to a probe says nothing about keys, and whoever got it can repeat it here.
    if (said.body().kind() == StatementKind.ALIVE
        || !said.author().equals(plan.statementKey())
        || made.stream().anyMatch(own -> own.statement().id().equals(said.id()))) {
      return Optional.empty();
    }
    RolledBack rolledBack = new RolledBack(state, said, code(plan, made, said));
    return Optional.of(
        new Verdict.Accepted<>(
            List.of(new ParticipantFact.RolledBack(said, rolledBack.code())), stop(rolledBack)));
  }

  /**
   * Another cohort's statement that somebody repeats here says nothing about this journal: keys are
   * made for one cohort, but nobody is stopped from using one for two.
   */
  private static boolean concerns(SignedStatement announcement, SignedStatement said) {
    return said.header().cohortId().equals(announcement.id());
  }

  /**
   * A process that the journal knows said more than the journal has: it is an older one. So it is
   * if this process has said nothing yet, for then the other was there before. Else there are two.
   */
  private static Code code(
      ParticipantPlan plan, List<ParticipantFact.Made> made, SignedStatement said) {
    return isKnown(made, said.header().instance()) || !isKnown(made, plan.instance())
        ? Code.ROLLED_BACK
        : Code.DUPLICATE_INSTANCE;
  }

  private static boolean isKnown(List<ParticipantFact.Made> made, Bytes instance) {
    return made.stream().anyMatch(own -> own.statement().header().instance().equals(instance));
  }

  /** An operator has cleared the halt: the membership ends, and is not taken up again. */
  static Verdict<ParticipantFact> decide(RolledBack state, Input input) {
    if (!(input instanceof Input.GivenUp)) {
      return Verdict.ignore(state.code() + ": nothing goes on before an operator decides");
    }
    String detail =
        "an operator gave this membership up; its key may have signed more than this"
            + " journal holds";
    Optional<Claim> claim =
        state.before() instanceof InCohort inCohort
            ? inCohort.joined().claims().stream().reduce((earlier, later) -> later)
            : Optional.empty();
    Outcome outcome =
        claim
            .<Outcome>map(each ->
                new Outcome.MayStillConfirm(
                    each.attempt().transaction().displayTxid(),
                    each.attempt().signalBytes(),
                    state.code(),
                    detail))
            .orElseGet(() -> new Outcome.Failed(state.code(), detail));
    return Verdict.accept(new ParticipantFact.Ended(outcome), new Effect.Report(outcome));
  }

  /** Also what a restart into this state does. */
  static List<Effect> stop(RolledBack state) {
    return List.of(new Effect.HaltSigning(), new Effect.Report(outcome(state)));
  }

  private static Outcome outcome(RolledBack state) {
    String found =
        "statement "
            + state.statement().id()
            + " ("
            + state.statement().body().kind()
            + ", number "
            + state.statement().header().seq()
            + " of process "
            + state.statement().header().instance()
            + ") was made with this member's key and is not in its journal: ";
    String why =
        state.code() == Code.ROLLED_BACK
            ? "the journal was put back to an older state"
            : "the key speaks in another process, or in one whose journal this is not";
    String next =
        "; all open nonces are destroyed, nothing was signed or submitted since, and nothing will"
            + " be; "
            + (state.code() == Code.ROLLED_BACK
                ? "bring the newest journal back if there is one"
                : "stop the other process")
            + ", and see "
            + state.code()
            + " in docs/operations.md";
    return new Outcome.Halted(state.code(), found + why + released(state) + next);
  }

  /** What this journal knows to be out; there may be more. */
  private static String released(RolledBack state) {
    if (state.before() instanceof InCohort inCohort && !inCohort.joined().claims().isEmpty()) {
      List<String> txids =
          inCohort.joined().claims().stream()
              .map(Claim::attempt)
              .map(attempt -> attempt.transaction().displayTxid())
              .distinct()
              .toList();
      return "; may still confirm, or did: " + String.join(", ", txids);
    }
    return "";
  }

  /** Asks the relays at the start of a process, before it says anything. */
  static Effect atStart(InCohort state) {
    return ask(state, Bytes.EMPTY, Bytes.EMPTY);
  }

  /** Asks the relays before a claim or a submission, which is made because of {@code id}. */
  static Effect before(InCohort state, Bytes id) {
    Joined joined = state.joined();
    return ask(state, about(joined, id), newest(joined));
  }

  /** The newest own statement on the channel; what was sent to the coordinator only it can read. */
  private static Bytes newest(Joined joined) {
    return joined.made().stream()
        .filter(made ->
            made.recipient() instanceof Recipient.Channel channel
                && channel.key().equals(joined.channel()))
        .map(ParticipantFact.Made::statement)
        .reduce((earlier, later) -> later)
        .map(SignedStatement::id)
        .orElse(Bytes.EMPTY);
  }

  /** As above, for everybody's words: what is missing must be missing on relays too (R18). */
  static Effect everybodysBefore(InCohort state, Bytes id) {
    Joined joined = state.joined();
    return ask(state, about(joined, id), newest(joined), Bytes.EMPTY);
  }

  private static Effect ask(InCohort state, Bytes about, Bytes head) {
    return ask(state, about, head, state.joined().plan().statementKey());
  }

  private static Effect ask(InCohort state, Bytes about, Bytes head, Bytes author) {
    return new Effect.ReadBack(
        about, state.joined().channel(), Saying.roundNumber(state), author, head);
  }

  /** Names a question: because of what it is asked, and after how many jumps of the clock. */
  static Bytes about(Joined joined, Bytes id) {
    return joined.clockJumps() == 0
        ? id
        : FieldHash.of("after-clock-jump").bytes(id).number(joined.clockJumps()).hash();
  }
}
