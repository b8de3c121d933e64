package org.beaconcohort.cohort.reliability;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Keying;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Publishing;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.Responses;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A coordinator's facts, seen for who answers. A fold: of the same facts the same events come, so
 * that a coordinator that starts again adds nothing twice. Times are those at which this process
 * saw a fact; facts of an earlier process have none.
 *
 * @param events what is to be remembered so far, in order
 * @param parked DIDs of candidates that enrolment takes last
 * @param asked when the answers that are awaited now were asked for; empty if nobody knows
 * @param slowest of this round, by slot
 */
public record RollCall(
    List<ReliabilityEvent> events,
    List<String> parked,
    Optional<Instant> asked,
    Map<Integer, Duration> slowest) {
  /** Before any fact. */
  public static final RollCall EMPTY =
      new RollCall(List.of(), List.of(), Optional.empty(), Map.of());

  /** Copies. */
  public RollCall {
    events = List.copyOf(events);
    parked = List.copyOf(parked);
    slowest = Map.copyOf(slowest);
  }

  /**
   * One more fact.
   *
   * @param before the state that it was in
   * @param after the state that it led to
   * @param at when this process saw it; empty for one of an earlier process
   */
  public RollCall seen(
      CoordinatorFact fact, CoordinatorState before, CoordinatorState after, Optional<Instant> at) {
    return switch (fact) {
      case CoordinatorFact.CandidateParked waiting -> {
        List<String> more = new ArrayList<>(parked);
        if (waiting.statement().body() instanceof OptIn optIn) {
          optIn.registrations().stream().map(Registration::did).forEach(more::add);
        }
        yield new RollCall(events, more, asked, slowest);
      }
      case CoordinatorFact.EnrolmentClosed closed ->
          before instanceof CoordinatorState.Recruiting recruiting && !parked.isEmpty()
              ? remembering(new ReliabilityEvent.Waited(recruiting.announcement().id(), parked))
              : this;
      case CoordinatorFact.KeysetShrunk shrunk ->
          before instanceof InCohort in
              ? remembering(
                  in.formed(),
                  0,
                  false,
                  in.formed().plan().terms().deadlines().keying(),
                  owing(
                      Duty.ACKNOWLEDGEMENT,
                      slot ->
                          shrunk
                              .dropped()
                              .contains(in.formed().cohort().members().get(slot).optInId())))
              : this;
      case CoordinatorFact.RoundOpened opened -> new RollCall(events, parked, at, Map.of());
      case CoordinatorFact.RoundFollowed followed -> new RollCall(events, parked, at, Map.of());
      case CoordinatorFact.AttemptChosen chosen -> new RollCall(events, parked, at, slowest);
      case CoordinatorFact.Noted noted -> timing(noted.statement(), after, at);
      case CoordinatorFact.Completed completed ->
          after instanceof Publishing publishing
              ? remembering(
                  publishing.formed(),
                  publishing.attempt().round().opportunity().number(),
                  true,
                  Duration.ZERO,
                  slot -> Optional.empty())
              : this;
      case CoordinatorFact.Ended ended ->
          after instanceof CoordinatorState.Closed closed ? ended(closed) : this;
      default -> this;
    };
  }

  private RollCall timing(SignedStatement said, CoordinatorState after, Optional<Instant> at) {
    StatementKind kind = said.body().kind();
    if (!(after instanceof InCohort in)
        || asked.isEmpty()
        || at.isEmpty()
        || (kind != StatementKind.RESPONSE && kind != StatementKind.PARTIAL_SIGNATURE)) {
      return this;
    }
    var slot = in.formed().cohort().slotOf(said.author());
    if (slot.isEmpty()) {
      return this;
    }
    Duration took = Duration.between(asked.get(), at.get());
    Map<Integer, Duration> more = new TreeMap<>(slowest);
    more.merge(slot.getAsInt(), took, (one, other) -> one.compareTo(other) > 0 ? one : other);
    return new RollCall(events, parked, asked, more);
  }

  private RollCall ended(CoordinatorState.Closed closed) {
    Optional<Code> code = code(closed.outcome());
    boolean silence = code.equals(Optional.of(Code.SILENT_MEMBER));
    // So few acknowledged that no smaller key set could be proposed.
    boolean tooFew = code.equals(Optional.of(Code.NOT_ENOUGH));
    CoordinatorState last = closed.last() instanceof InCohort in ? in.waiting() : closed.last();
    return switch (last) {
      case Publishing publishing -> this;
      case Keying keying when tooFew -> {
        var there =
            KeysetView.acknowledged(
                keying.formed().cohort(), keying.formed().said(), keying.proposalId());
        yield remembering(
            keying.formed(),
            0,
            false,
            keying.formed().plan().terms().deadlines().keying(),
            owing(Duty.ACKNOWLEDGEMENT, slot -> !there.contains(slot)));
      }
      case Collecting collecting when silence -> {
        List<Integer> missing = Responses.missing(collecting.round(), collecting.formed().said());
        yield remembering(
            collecting.formed(),
            collecting.round().opportunity().number(),
            false,
            collecting.formed().plan().terms().deadlines().response(),
            owing(Duty.RESPONSE, missing::contains));
      }
      case AwaitingPartials awaiting when silence -> {
        List<Integer> missing = awaiting.partials().missing();
        yield remembering(
            awaiting.formed(),
            awaiting.attempt().round().opportunity().number(),
            false,
            awaiting.formed().plan().terms().deadlines().partial(),
            owing(Duty.PARTIAL_SIGNATURE, missing::contains));
      }
      // Whose key is whose is worth remembering, for proofs.
      case InCohort in ->
          remembering(in.formed(), number(in), false, Duration.ZERO, slot -> Optional.empty());
      default -> this;
    };
  }

  private static int number(InCohort in) {
    return switch (in) {
      case Collecting collecting -> collecting.round().opportunity().number();
      case AwaitingPartials awaiting -> awaiting.attempt().round().opportunity().number();
      case CoordinatorState.Opening opening -> opening.round().opportunity().number();
      case CoordinatorState.Proposing proposing ->
          proposing.attempt().round().opportunity().number();
      case CoordinatorState.AwaitingListing listing -> listing.number();
      default -> 0;
    };
  }

  private static IntFunction<Optional<Duty>> owing(Duty duty, IntPredicate who) {
    return slot -> who.test(slot) ? Optional.of(duty) : Optional.empty();
  }

  private static Optional<Code> code(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed failed -> Optional.of(failed.code());
      case Outcome.MayStillConfirm may -> Optional.of(may.code());
      default -> Optional.empty();
    };
  }

  private RollCall remembering(
      Formed formed,
      int round,
      boolean completed,
      Duration allowed,
      IntFunction<Optional<Duty>> silentAt) {
    List<Attendance.Seat> seats = new ArrayList<>();
    for (int slot = 0; slot < formed.cohort().size(); slot++) {
      Member member = formed.cohort().members().get(slot);
      seats.add(
          new Attendance.Seat(
              member.statementKey(),
              member.dids(),
              silentAt.apply(slot),
              Optional.ofNullable(slowest.get(slot))));
    }
    Bytes announcement = formed.announcement().id();
    return remembering(
        new ReliabilityEvent.Attended(
            new Attendance(announcement, round, completed, allowed, seats)));
  }

  private RollCall remembering(ReliabilityEvent event) {
    List<ReliabilityEvent> more = new ArrayList<>(events);
    more.add(event);
    return new RollCall(more, parked, asked, slowest);
  }
}
