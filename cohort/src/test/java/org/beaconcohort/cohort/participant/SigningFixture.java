package org.beaconcohort.cohort.participant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.cohort.view.TestCohort;
import org.beaconcohort.cohort.view.TestParty;
import org.beaconcohort.cohort.view.TestRound;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A round of three members up to the proposal, seen by the member in slot 1: every key, update,
 * nonce, transaction and statement is real, and all is well.
 */
final class SigningFixture {
  /** When the member checks. */
  static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  /** The slot of the member. */
  static final int SLOT = 1;

  final TestCohort parties = new TestCohort(31);
  final Cohort cohort = parties.cohort();
  final TestRound made;
  final Round round;
  final List<OfferedUpdate> updates;
  final Attempt attempt;
  final SignedStatement proposal;

  /** All is well. */
  SigningFixture() {
    this(good -> good);
  }

  /** The leader made another opportunity of the good one; everyone answered it nevertheless. */
  SigningFixture(UnaryOperator<Opportunity> tampering) {
    this(tampering, Set.of());
  }

  /** Likewise, and some slots decline. */
  SigningFixture(UnaryOperator<Opportunity> tampering, Set<Integer> declining) {
    made = new TestRound(parties, tampering, declining);
    round = made.round();
    updates = made.updates();
    attempt = made.attempt();
    proposal = made.proposal();
  }

  TestParty member() {
    return parties.members().get(SLOT);
  }

  ParticipantPlan plan() {
    return new ParticipantPlan(
        member().statementKey(),
        member().cohortKey().publicKey(),
        member().inboxKey(),
        member().instance(),
        List.of(member().did().text()),
        new JoinPolicy(Network.REGTEST, Bytes.EMPTY, 1, 5_000, NOW.plus(Duration.ofDays(1))),
        OwnNonces.IN_MEMORY);
  }

  Survey survey() {
    OfferedUpdate own = updates.get(SLOT);
    return new Survey(
        cohort.output().script(),
        TestRound.VALUE,
        2,
        true,
        TestRound.MEDIAN_TIME,
        false,
        List.of(new Survey.Document(own.did(), 2, 2, List.of(own), "", Bytes.EMPTY)));
  }

  private List<OfferedUpdate> ownUpdates() {
    return response().updates().isEmpty() ? List.of() : List.of(updates.get(SLOT));
  }

  Response response() {
    return (Response) made.responses().get(SLOT).body();
  }

  SigningCase signingCase() {
    return new SigningCase(
        plan(),
        parties.leader().statementKey(),
        0,
        cohort,
        SLOT,
        cohort.address(),
        cohort.terms().hash(),
        proposal,
        attempt,
        attempt.transaction(),
        ownUpdates(),
        List.of(attempt.announcement()),
        response().nonce(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.of(
            Violation.refusal(Code.PATH_NOT_CONSENTED, "only the key path was consented to")),
        survey(),
        NOW.plusSeconds(60));
  }

  Checking checking() {
    StatementSet said = StatementSet.EMPTY.with(proposal);
    for (SignedStatement response : made.responses()) {
      said = said.with(response);
    }
    Joined joined =
        new Joined(
            plan(),
            parties.announcement(),
            cohort.terms().hash(),
            cohort,
            SLOT,
            parties.channel(),
            parties.keysetProposal().id(),
            said.with(parties.keysetProposal()),
            List.of(),
            List.of(),
            plan().instance(),
            0,
            Joined.Term.FIRST,
            Joined.Alone.NOT,
            Fallback.none());
    Responded responded =
        new Responded(
            joined, round, ownUpdates(), response().nonce(), List.of(), NOW.plusSeconds(60));
    return new Checking(responded, proposal, attempt.announcement());
  }
}
