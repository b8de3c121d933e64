package org.beaconcohort.cohort.evidence;

import java.util.List;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A leader's proposal whose A or T is not that of the statements it names: another transaction,
 * other data, or another aggregate nonce than anybody can recompute.
 *
 * @param attempt with the proposal
 */
public record ForgedProposal(AttemptStatements attempt) implements Evidence {
  @Override
  public Code code() {
    return Code.TRANSCRIPT_MISMATCH;
  }

  @Override
  public Bytes convicts() {
    return attempt.proposal().author();
  }

  @Override
  public List<SignedStatement> statements() {
    return List.copyOf(attempt.statements());
  }

  String fault(StatementReader reader) {
    Attempt recomputed = attempt.attempt(attempt.keyset().cohort(reader));
    Proposal proposed = attempt.proposed();
    // Keys and nonces are under the proposal's own hashes, so this holds whatever the terms are.
    Bytes overItsContext = recomputed.transcript(proposed.context());
    if (!proposed.transcript().equals(overItsContext)) {
      return "T must be "
          + overItsContext
          + " for A "
          + proposed.context()
          + " and the nonces named, got "
          + proposed.transcript();
    }
    Bytes context = recomputed.context();
    UnprovenException.unless(
        !proposed.context().equals(context),
        "A or T of the proposal must be wrong, both recompute");
    UnprovenException.unless(
        attempt.keyset().isOfTheProcessOf(attempt.proposal()),
        "a wrong A convicts only a leader whose same process fixed the terms, by proposing or"
            + " acknowledging the key set");
    return "A must be " + context + ", got " + proposed.context();
  }
}
