package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.leaf.LeafAsk;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.SpendPath;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.policy.Budget;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.FinalSignature;
import org.beaconcohort.cohort.view.LostNonces;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.Responses;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;

/** From an opportunity to a final signature: what the statements at hand make possible. */
final class Signing {
  private Signing() {}

  /**
   * Takes the first opportunity for the awaited round that is not refused yet; asks the relays for
   * own words (N19), then own sources.
   */
  static Optional<Verdict.Accepted<ParticipantFact>> nextOpportunity(Ready state, Instant now) {
    Joined joined = state.joined();
    for (SignedStatement said : joined.said().of(StatementKind.OPPORTUNITY)) {
      if (!(said.body() instanceof Opportunity opportunity)
          || opportunity.number() != state.number()
          || !TakingOver.starts(state, said)
          || state.refused().contains(said.id())) {
        continue;
      }
      Round round = Successors.round(joined.cohort(), joined.said(), opportunity);
      Optional<Violation> wrong = round.check().or(() -> HandingOver.refusal(joined, round));
      if (wrong.isEmpty() && !said.header().roundId().equals(round.id())) {
        wrong =
            Optional.of(
                Violation.refusal(
                    Code.KEYSET_MISMATCH,
                    "round id must be " + round.id() + ", got " + said.header().roundId()));
      }
      if (wrong.isPresent()) {
        return Optional.of(
            new Verdict.Accepted<>(
                List.of(
                    new ParticipantFact.OpportunityRefused(
                        said.id(), wrong.get().code(), wrong.get().detail())),
                List.of()));
      }
      Instant until = now.plus(joined.cohort().terms().deadlines().response());
      return Optional.of(
          new Verdict.Accepted<>(
              List.of(new ParticipantFact.OpportunityTaken(said.id(), until)),
              List.of(OwnWords.before(state, said.id()))));
    }
    return Optional.empty();
  }

  /**
   * Takes the first proposal whose statements are all at hand: stores its bundle, asks the relays
   * for own words (N19), then own sources.
   */
  static Optional<Verdict.Accepted<ParticipantFact>> nextProposal(Responded state) {
    Joined joined = state.joined();
    Bytes roundId = state.round().id();
    Bytes leader = TakingOver.leader(state);
    // One question at a time is asked of the relays.
    if (joined.fallback() instanceof Fallback.Confirming) {
      return Optional.empty();
    }
    for (SignedStatement said : joined.said().of(StatementKind.PROPOSAL, leader)) {
      if (!said.header().roundId().equals(roundId)
          || said.header().epoch() != joined.term().epoch()
          || state.refused().contains(said.id())
          || isAheadOfItsParent(state, said)) {
        continue;
      }
      Optional<Attempt> attempt = attempt(state, said);
      if (attempt.isPresent() && !isForLeaf(state, attempt.get())) {
        return Optional.of(
            new Verdict.Accepted<>(
                List.of(new ParticipantFact.ProposalTaken(said.id(), attempt.get().announcement())),
                List.of(OwnWords.before(state, said.id()))));
      }
    }
    return Optional.empty();
  }

  /** What it follows, or the loss that ended that, may arrive later: it is waited for (F7). */
  private static boolean isAheadOfItsParent(Responded state, SignedStatement said) {
    return said.body() instanceof Proposal proposal
        && proposal.reason() == Proposal.Reason.NONCE_LOST
        && !lostAttempts(state).containsKey(proposal.parent());
  }

  /** Leaf A with consent goes its own way; without, the checklist says why not. */
  private static boolean isForLeaf(Responded state, Attempt attempt) {
    return attempt.path() == SpendPath.LEAF_A && LeafAsks.threshold(state) > 0;
  }

  static Optional<Attempt> attempt(Responded state, SignedStatement said) {
    return attempt(state.joined(), state.round(), said);
  }

  /**
   * The attempt a proposal names, if every statement it names is here and in its place. Where the
   * output has leaf A, up to n − k answers may be missing (N8).
   */
  static Optional<Attempt> attempt(Joined joined, Round round, SignedStatement said) {
    Cohort cohort = joined.cohort();
    if (!(said.body() instanceof Proposal proposal)
        || proposal.responses().size() != cohort.size()) {
      return Optional.empty();
    }
    int k = cohort.terms().threshold(cohort.size());
    boolean leaf = proposal.path() == SpendPath.LEAF_A && k > 0;
    List<SignedStatement> responses = new ArrayList<>();
    List<SignedStatement> carriers = new ArrayList<>();
    for (int slot = 0; slot < proposal.responses().size(); slot++) {
      Bytes answer = proposal.responses().get(slot);
      Optional<SignedStatement> response = named(joined, round, slot, answer);
      Bytes nonce = proposal.nonces().get(slot);
      Optional<SignedStatement> carrier =
          named(joined, round, slot, nonce).filter(each -> Attempt.nonce(each.body()).isPresent());
      if ((response.isEmpty() && (k == 0 || answer.size() != 0))
          || (leaf ? nonce.size() != 0 : carrier.isEmpty())) {
        return Optional.empty();
      }
      response.ifPresent(responses::add);
      carrier.ifPresent(carriers::add);
    }
    if (responses.size() < (k == 0 ? cohort.size() : k)
        || responses.stream().anyMatch(each -> Responses.check(round, each).isPresent())) {
      return Optional.empty();
    }
    return Optional.of(
        new Attempt(
            round,
            proposal.counter(),
            proposal.parent(),
            proposal.reason(),
            proposal.path(),
            responses,
            carriers));
  }

  private static Optional<SignedStatement> named(Joined joined, Round round, int slot, Bytes id) {
    Bytes author = joined.cohort().members().get(slot).statementKey();
    return joined
        .said()
        .find(id)
        .filter(said -> said.author().equals(author))
        .filter(said -> said.header().roundId().equals(round.id()));
  }

  /** Everything the checklist looks at. */
  static SigningCase of(Checking state, Survey survey) {
    Responded responded = state.responded();
    Attempt attempt = attempt(responded, state.proposal()).orElseThrow();
    return of(
        state,
        state.proposal(),
        attempt,
        state.bundle(),
        responded.nonce(),
        lostAttempts(responded),
        Optional.of(
            Violation.refusal(
                Code.PATH_NOT_CONSENTED, "spend path must be KEY_PATH, the only one consented to")),
        survey);
  }

  /** As above, for leaf A. */
  static SigningCase of(InCohort state, LeafAsk ask, CasAnnouncement bundle, Survey survey) {
    return of(
        state,
        ask.said(),
        ask.attempt().asLeaf(),
        bundle,
        NonceOffer.NONE,
        Map.of(),
        ask.check(state.joined().said()),
        survey);
  }

  private static SigningCase of(
      InCohort state,
      SignedStatement asked,
      Attempt attempt,
      CasAnnouncement bundle,
      NonceOffer nonce,
      Map<Bytes, Integer> lost,
      Optional<Violation> downgrade,
      Survey survey) {
    Joined joined = state.joined();
    // A late answer counts as a decline (N8): its updates have no entry.
    List<OfferedUpdate> updates =
        attempt.missing().contains(joined.slot()) ? List.of() : AnchoringAlone.committed(state);
    return new SigningCase(
        joined.plan(),
        TakingOver.leader(state),
        joined.term().epoch(),
        joined.cohort(),
        joined.slot(),
        acknowledgedAddress(joined),
        joined.termsHash(),
        asked,
        attempt,
        attempt.transaction(),
        updates,
        List.of(bundle),
        nonce,
        joined.claims().stream()
            .filter(claim ->
                attempt
                    .carrier(joined.slot())
                    .filter(own -> claim.attempt().carrier(joined.slot()).equals(Optional.of(own)))
                    .isPresent())
            .map(ParticipantState.Claim::transcript)
            .findFirst(),
        joined.claims().stream()
            .filter(claim ->
                claim
                    .attempt()
                    .round()
                    .opportunity()
                    .outpoint()
                    .equals(attempt.round().opportunity().outpoint()))
            .map(ParticipantState.Claim::txid)
            .findFirst(),
        lost,
        downgrade,
        survey,
        state.until());
  }

  static boolean isReadable(Attempt attempt) {
    List<Bytes> nonces = attempt.publicNonces();
    for (int slot = 0; slot < nonces.size(); slot++) {
      if (Responses.nonce(slot, nonces.get(slot)).isPresent()) {
        return false;
      }
    }
    return true;
  }

  /** Attempts of the round that a leader proposed and that a lost nonce has ended (N4). */
  private static Map<Bytes, Integer> lostAttempts(Responded state) {
    Joined joined = state.joined();
    Map<Bytes, Integer> lost = new TreeMap<>();
    for (Attempt each : proposed(state)) {
      if (LostNonces.isDead(PartialsView.of(each, joined.said()), joined.said())) {
        lost.put(each.id(), each.counter());
      }
    }
    return lost;
  }

  /**
   * What was proposed by leaf A: the one that this member has signed, else the one of the last
   * epoch. Whoever leads next goes on with it, or no k would sign one transaction (N8).
   */
  static Optional<Attempt> proposedByLeaf(Responded state) {
    Optional<Attempt> own =
        state.joined().claims().stream()
            .map(ParticipantState.Claim::attempt)
            .filter(attempt -> attempt.round().id().equals(state.round().id()))
            .filter(attempt -> attempt.path() == SpendPath.LEAF_A)
            .findFirst();
    return own.or(() ->
        LeafAsks.of(state).stream()
            .map(LeafAsk::attempt)
            .filter(attempt -> attempt.path() == SpendPath.LEAF_A)
            // No checklist lets another pass, so nobody has signed it.
            .filter(Attempt::isFirst)
            .reduce((earlier, later) -> later));
  }

  /** The attempt of the highest counter that anyone who may lead has proposed in this round. */
  static Optional<Attempt> newestAttempt(Responded state) {
    return proposed(state).stream().max(Comparator.comparingInt(Attempt::counter));
  }

  /** Those that somebody could sign: what no checklist lets pass is nothing to go on from. */
  private static List<Attempt> proposed(Responded state) {
    StatementSet said = state.joined().said();
    List<Attempt> all =
        said.of(StatementKind.PROPOSAL).stream()
            .filter(each -> TakingOver.mayLead(state, each.author()))
            .filter(each -> each.header().roundId().equals(state.round().id()))
            .flatMap(each ->
                attempt(state, each)
                    .filter(Signing::isReadable)
                    .filter(attempt -> attempt.path() == SpendPath.KEY_PATH)
                    .filter(attempt -> attempt.proposal().equals(each.body()))
                    .stream())
            .sorted(Comparator.comparingInt(Attempt::counter))
            .toList();
    List<Attempt> due = new ArrayList<>();
    for (Attempt each : all) {
      boolean follows =
          switch (each.reason()) {
            case FIRST -> each.isFirst();
            case NONCE_LOST ->
                due.stream()
                    .filter(before -> before.id().equals(each.parent()))
                    .filter(before -> before.counter() == each.counter() - 1)
                    .anyMatch(before -> LostNonces.isDead(PartialsView.of(before, said), said));
          };
      if (follows && each.counter() < Budget.MOST_ATTEMPTS) {
        due.add(each);
      }
    }
    return due;
  }

  /** What the acknowledged proposal said, not what is recomputed now. */
  private static String acknowledgedAddress(Joined joined) {
    return joined
        .said()
        .find(joined.proposalId())
        .map(SignedStatement::body)
        .map(body -> body instanceof KeysetProposal proposal ? proposal.address() : "")
        .orElse("");
  }

  /** The final signature, from own aggregation or from a Final that verifies here (BC-15). */
  static Optional<Verdict.Accepted<ParticipantFact>> completed(Signed state, Instant now) {
    FinalSignature result = state.partials().finalSignature();
    Optional<Bytes> signature =
        result instanceof FinalSignature.Complete complete
            ? Optional.of(complete.signature())
            : announcedFinal(state);
    if (signature.isPresent()) {
      return Optional.of(completed(state, signature.get(), now));
    }
    // Whoever sent a bad one may hold a good one and all the others, this member's included.
    return result instanceof FinalSignature.Faulty faulty
            && !LeafAsks.outvotes(state, faulty.slots())
        ? Optional.of(
            Endings.mayStillConfirm(
                state,
                state.claim(),
                Code.BAD_PARTIAL_SIGNATURE,
                "partial signatures must verify, those of slots " + faulty.slots() + " do not"))
        : Optional.empty();
  }

  private static Verdict.Accepted<ParticipantFact> completed(
      Signed state, Bytes signature, Instant now) {
    Attempt attempt = state.claim().attempt();
    Instant until = now.plus(attempt.round().cohort().terms().deadlines().confirmation());
    return new Verdict.Accepted<>(
        List.of(new ParticipantFact.Completed(signature, until)),
        List.of(
            new Effect.DestroyNonces(attempt.round().id()),
            new Effect.AwaitConfirmation(
                state.claim().txid(),
                state.joined().plan().policy().depth(attempt.round().cohort().terms()))));
  }

  /** Whoever has all signatures may keep its own to itself and broadcast. */
  static Verdict<ParticipantFact> seen(InCohort state, Transaction complete, Instant now) {
    if (state instanceof Signed signed
        && signed.claim().attempt().spendIn(complete).orElse(null) instanceof Spend.KeyPath spend) {
      return completed(signed, spend.signature(), now);
    }
    return LeafSigning.seen(state, complete, now)
        .orElseGet(() -> Verdict.ignore("not what this member waits for"));
  }

  private static Optional<Bytes> announcedFinal(Signed state) {
    Attempt attempt = state.claim().attempt();
    for (SignedStatement said : state.joined().said().of(StatementKind.FINAL)) {
      if (said.body() instanceof org.beaconcohort.cohort.message.RoundStatement.Final last
          && last.transcript().equals(state.claim().transcript())
          && Schnorr.verify(
              attempt.round().cohort().output().outputKey(), attempt.sighash(), last.signature())) {
        return Optional.of(last.signature());
      }
    }
    return Optional.empty();
  }
}
