package org.beaconcohort.cohort.evidence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Responses;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What makes one attempt: everything that A and T are computed from (N2).
 *
 * @param keyset what fixes the cohort
 * @param opportunity that makes the round
 * @param proposal of a leader
 * @param responses per slot the one the proposal names
 * @param nonceCarriers per slot the statement with the nonce that the proposal names
 */
public record AttemptStatements(
    KeysetStatements keyset,
    SignedStatement opportunity,
    SignedStatement proposal,
    List<SignedStatement> responses,
    List<SignedStatement> nonceCarriers) {
  /** Copies the lists. */
  public AttemptStatements {
    responses = List.copyOf(responses);
    nonceCarriers = List.copyOf(nonceCarriers);
  }

  /** In the order of the file, each once: most nonces are in the responses. */
  List<SignedStatement> statements() {
    Set<SignedStatement> all = new LinkedHashSet<>(keyset.statements());
    all.add(opportunity);
    all.add(proposal);
    all.addAll(responses);
    all.addAll(nonceCarriers);
    return new ArrayList<>(all);
  }

  /** What the leader said. */
  Proposal proposed() {
    if (proposal.body() instanceof Proposal proposed) {
      return proposed;
    }
    throw new UnprovenException("a proposal is needed, got " + proposal.body().kind());
  }

  /** The attempt that the proposal names, whatever it says about A and T. */
  Attempt attempt(Cohort cohort) {
    if (!(opportunity.body() instanceof Opportunity opened)) {
      throw new UnprovenException("an opportunity is needed, got " + opportunity.body().kind());
    }
    Proposal proposed = proposed();
    Round round = new Round(cohort, opened);
    Optional<Violation> wrong = round.check();
    UnprovenException.unless(
        wrong.isEmpty(),
        "the opportunity must be one to sign for: " + wrong.map(Violation::detail).orElse(""));
    requireIn(round, opportunity);
    requireIn(round, proposal);
    for (SignedStatement started : List.of(opportunity, proposal)) {
      UnprovenException.unless(
          keyset.mayLead(cohort, started.author()),
          started + " must be by the coordinator or a member that offered to lead");
    }
    UnprovenException.unless(
        ids(responses).equals(proposed.responses()) && ids(nonceCarriers).equals(proposed.nonces()),
        "responses and nonces must be those that the proposal names");
    UnprovenException.unless(
        responses.size() == cohort.size(), "the proposal must name a response of every slot");
    for (int slot = 0; slot < cohort.size(); slot++) {
      bySlot(round, slot, responses.get(slot));
      bySlot(round, slot, nonceCarriers.get(slot));
      Optional<Violation> bad = Responses.check(cohort, responses.get(slot));
      Optional<NonceOffer> nonce = Attempt.nonce(nonceCarriers.get(slot).body());
      UnprovenException.unless(
          bad.isEmpty()
              && nonce.isPresent()
              && Responses.nonce(slot, nonce.get().publicNonce()).isEmpty(),
          "slot " + slot + " must have answered with a nonce that is two points");
    }
    return new Attempt(
        round,
        proposed.counter(),
        proposed.parent(),
        proposed.reason(),
        proposed.path(),
        responses,
        nonceCarriers);
  }

  private static void bySlot(Round round, int slot, SignedStatement said) {
    requireIn(round, said);
    UnprovenException.unless(
        said.author().equals(round.cohort().members().get(slot).statementKey()),
        said + " must be by the member of slot " + slot);
  }

  static void requireIn(Round round, SignedStatement said) {
    UnprovenException.unless(
        said.header().cohortId().equals(round.cohort().id())
            && said.header().roundId().equals(round.id()),
        said + " must be for round " + round.id() + " of cohort " + round.cohort().id());
  }

  private static List<Bytes> ids(List<SignedStatement> statements) {
    return statements.stream().map(SignedStatement::id).toList();
  }
}
