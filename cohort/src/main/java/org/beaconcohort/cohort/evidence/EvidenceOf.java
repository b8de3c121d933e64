package org.beaconcohort.cohort.evidence;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.participant.Suspended;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * All evidence in a party's view, each piece verified, at most one of a kind against one author.
 * None is against the party itself.
 */
public final class EvidenceOf {
  private EvidenceOf() {}

  /** What a member can prove; nothing before it holds a channel key. */
  public static List<Evidence> member(ParticipantState state, StatementReader reader) {
    return switch (state) {
      case ParticipantState.Closed closed -> member(closed.last(), reader);
      case ParticipantState.RolledBack back -> member(back.before(), reader);
      case ParticipantState.SingletonTaken alone -> member(alone.before(), reader);
      case Suspended suspended -> member(suspended.waiting(), reader);
      case ParticipantState.Verifying verifying ->
          new Search(
                  verifying.announcement().author(),
                  Optional.empty(),
                  Bytes.EMPTY,
                  verifying.said(),
                  verifying.plan().statementKey(),
                  reader)
              .all();
      case ParticipantState.InCohort in ->
          new Search(
                  in.joined().announcement().author(),
                  Optional.of(in.joined().cohort()),
                  in.joined().proposalId(),
                  in.joined().said(),
                  in.joined().plan().statementKey(),
                  reader)
              .all();
      case ParticipantState.Searching none -> List.of();
      case ParticipantState.Discovered none -> List.of();
      case ParticipantState.OptedIn none -> List.of();
    };
  }

  /** What a coordinator can prove; nothing before there is a key set. */
  public static List<Evidence> coordinator(CoordinatorState state, StatementReader reader) {
    return switch (state) {
      case CoordinatorState.Closed closed -> coordinator(closed.last(), reader);
      case CoordinatorState.RolledBack back -> coordinator(back.before(), reader);
      case CoordinatorState.InCohort in -> coordinator(in.formed(), reader);
      case CoordinatorState.Drafted none -> List.of();
      case CoordinatorState.Announced none -> List.of();
      case CoordinatorState.Recruiting none -> List.of();
      case CoordinatorState.Probing none -> List.of();
      case CoordinatorState.Standby none -> List.of();
      case CoordinatorState.DrawingChannel none -> List.of();
    };
  }

  private static List<Evidence> coordinator(
      CoordinatorState.Formed formed, StatementReader reader) {
    StatementSet said = formed.said();
    for (SignedStatement optIn : formed.optIns()) {
      said = said.with(optIn);
    }
    Bytes identity = formed.plan().identity();
    Bytes coordinator = formed.announcement().author();
    return new Search(
            coordinator, Optional.of(formed.cohort()), formed.proposalId(), said, identity, reader)
        .all();
  }
}
