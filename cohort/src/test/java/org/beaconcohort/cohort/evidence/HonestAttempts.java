package org.beaconcohort.cohort.evidence;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.view.StatementSet;

/** The attempts of a cohort where nobody lied, from all that was said. */
final class HonestAttempts {
  private HonestAttempts() {}

  static List<AttemptStatements> of(List<SignedStatement> statements) {
    StatementSet said = StatementSet.EMPTY;
    for (SignedStatement each : statements) {
      said = said.with(each);
    }
    StatementSet all = said;
    SignedStatement keyset = all.of(StatementKind.KEYSET_PROPOSAL).getFirst();
    List<SignedStatement> optIns =
        ((KeysetProposal) keyset.body())
            .optIns().stream().map(id -> all.find(id).orElseThrow()).toList();
    List<SignedStatement> acks =
        optIns.stream()
            .map(optIn -> all.of(StatementKind.KEYSET_ACK, optIn.author()).getFirst())
            .toList();
    List<AttemptStatements> attempts = new ArrayList<>();
    for (SignedStatement proposal : all.of(StatementKind.PROPOSAL)) {
      Proposal proposed = (Proposal) proposal.body();
      SignedStatement opportunity =
          all.of(StatementKind.OPPORTUNITY).stream()
              .filter(each -> each.header().roundId().equals(proposal.header().roundId()))
              .findFirst()
              .orElseThrow();
      attempts.add(
          new AttemptStatements(
              new KeysetStatements(keyset, optIns, acks),
              opportunity,
              proposal,
              proposed.responses().stream().map(id -> all.find(id).orElseThrow()).toList(),
              proposed.nonces().stream().map(id -> all.find(id).orElseThrow()).toList()));
    }
    return attempts;
  }
}
