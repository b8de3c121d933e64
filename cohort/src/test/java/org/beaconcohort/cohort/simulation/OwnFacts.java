package org.beaconcohort.cohort.simulation;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantFact.Made;
import org.beaconcohort.cohort.participant.ParticipantState;

/** What a member's facts say that it did. */
final class OwnFacts {
  private OwnFacts() {}

  /** Own statements that others on the channel can read. */
  static List<SignedStatement> said(List<ParticipantFact> facts) {
    List<SignedStatement> said = new ArrayList<>();
    for (ParticipantFact fact : facts) {
      if (fact instanceof Made made && made.statement().body().kind() != StatementKind.OPT_IN) {
        said.add(made.statement());
      }
    }
    return said;
  }

  static boolean commits(ParticipantFact fact) {
    return fact instanceof ParticipantFact.UpdatesCommitted
        || fact instanceof ParticipantFact.Claimed
        || fact instanceof ParticipantFact.PartialRecorded;
  }

  static boolean speaks(ParticipantFact fact) {
    return fact instanceof Made made && made.statement().body().kind() != StatementKind.OPT_IN;
  }

  static List<ParticipantFact.Claimed> claims(SimParty<ParticipantState, ParticipantFact> member) {
    return member.facts().stream()
        .filter(ParticipantFact.Claimed.class::isInstance)
        .map(ParticipantFact.Claimed.class::cast)
        .toList();
  }
}
