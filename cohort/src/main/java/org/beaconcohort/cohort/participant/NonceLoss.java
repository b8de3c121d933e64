package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.LeafStatement.LeafSignature;
import org.beaconcohort.cohort.message.RoundStatement.NonceLost;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.policy.Budget;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.LostNonces;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * N4: nonces that ended with the process that made them are named, and one of this process takes
 * their place, before anything said before is said again. And what a member makes of such a loss of
 * another's: the attempt is over, the round is not.
 */
final class NonceLoss {
  private NonceLoss() {}

  /** The round in which this member holds nonces; none outside of these four states. */
  private static Optional<Round> round(InCohort state) {
    return switch (state) {
      case Responded responded -> Optional.of(responded.round());
      case Checking checking -> Optional.of(checking.responded().round());
      case Claimed claimed -> Optional.of(claimed.claim().attempt().round());
      case Signed signed -> Optional.of(signed.claim().attempt().round());
      default -> Optional.empty();
    };
  }

  /**
   * Whether the nonce this member would sign with next is another process's: that one alone could
   * (R10). A sealed one is this process's, unless it was claimed: its signature may have been made.
   */
  static boolean isLost(InCohort state) {
    // The only use of a claimed nonce is the signature that is being made, or was not.
    return state instanceof Claimed || isOfAnotherProcess(state);
  }

  private static boolean isOfAnotherProcess(InCohort state) {
    return round(state)
        .filter(round -> round.cohort().terms().order() != ResponseOrder.NO_NONCES)
        .filter(round ->
            carriers(state.joined(), round).stream()
                .noneMatch(said -> isHere(state.joined(), said)))
        .isPresent();
  }

  /** Asks for the nonce that replaces a lost one; nothing once the round's tries are used up. */
  static Optional<Effect> resume(InCohort state) {
    return round(state)
        .filter(round -> isLost(state))
        .filter(round -> saidLost(state.joined(), round).size() < StatementKind.NONCE_LOST.quota())
        .map(round -> open(state.joined(), round));
  }

  /**
   * The signature of a claim was not made although the process lives on, for instance because a
   * sealed record could not be deleted: nothing left, so another nonce is opened. If that is gone
   * too, this says nothing more.
   */
  static Optional<Verdict<ParticipantFact>> gone(Claimed state, Input.NonceGone gone) {
    return gone.number() == state.claim().number()
        ? resume(state).map(open -> new Verdict.Accepted<>(List.of(), List.of(open)))
        : Optional.empty();
  }

  /**
   * Asks for the next nonce of a round. Numbers begin anew with each process (N3), but where nonces
   * outlive it: there no number comes twice.
   */
  static Effect open(Joined joined, Round round) {
    ParticipantPlan plan = joined.plan();
    IntStream said =
        carriers(joined, round).stream()
            .filter(each ->
                plan.nonces().custody() == NonceCustody.SEALED
                    || each.header().instance().equals(plan.instance()))
            .mapToInt(each -> Attempt.nonce(each.body()).orElseThrow().number());
    IntStream sealed =
        plan.nonces().sealed().stream()
            .filter(each -> each.roundId().equals(round.id()))
            .mapToInt(SealedNonces.Id::number);
    int last = IntStream.concat(said, sealed).max().orElse(0);
    return new Effect.NewNonce(round.id(), last + 1, joined.cohort());
  }

  /** The replacement is here: a fact first, then the statement that names what it replaces. */
  static Verdict<ParticipantFact> opened(InCohort state, Input.NonceOpened opened) {
    if (state instanceof ParticipantState.Final last) {
      return finalMeanwhile(last);
    }
    Optional<Round> round = round(state).filter(each -> each.id().equals(opened.roundId()));
    if (round.isEmpty() || !isLost(state)) {
      return Verdict.ignore("no nonce is awaited");
    }
    List<Bytes> dead = dead(state, round.get());
    return Verdict.accept(
        new ParticipantFact.NonceReplaced(dead, opened.nonce()),
        switch (state) {
          // What was never said is said now, with the nonce that lives.
          case Responded responded when dead.isEmpty() ->
              Saying.response(responded, opened.nonce());
          case Signed signed when dead.isEmpty() -> Saying.partial(replaced(signed, opened));
          default -> Saying.nonceLost(state.joined(), round.get(), dead, opened.nonce());
        });
  }

  /**
   * The round ended, and its nonces with it (N5), while the replacement was opened; the others may
   * still lack what made it end.
   */
  private static Verdict<ParticipantFact> finalMeanwhile(ParticipantState.Final state) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.DestroyNonces(state.claim().attempt().round().id()));
    effects.addAll(Resuming.sendAgain(state.joined()));
    return new Verdict.Accepted<>(List.of(), effects);
  }

  private static Signed replaced(Signed signed, Input.NonceOpened opened) {
    return new Signed(
        signed.joined(),
        signed.claim(),
        signed.signature(),
        opened.nonce(),
        signed.partials(),
        signed.until());
  }

  /** The state with the replacement in it; whatever was asked of the lost nonce is refused. */
  static Optional<ParticipantState> replaced(
      ParticipantState state, ParticipantFact.NonceReplaced fact) {
    return switch (state) {
      case Responded responded ->
          Optional.of(with(responded, fact, responded.refused(), responded.until()));
      case Checking checking -> {
        List<Bytes> refused = new ArrayList<>(checking.responded().refused());
        refused.add(checking.proposal().id());
        yield Optional.of(with(checking.responded(), fact, refused, checking.until()));
      }
      case Claimed claimed ->
          Optional.of(
              new Responded(
                  claimed.joined(),
                  claimed.claim().attempt().round(),
                  claimed.claim().updates(),
                  fact.nonce(),
                  List.of(),
                  claimed.until()));
      case Signed signed ->
          Optional.of(
              replaced(
                  signed,
                  new Input.NonceOpened(signed.claim().attempt().round().id(), fact.nonce())));
      default -> Optional.empty();
    };
  }

  private static Responded with(
      Responded before, ParticipantFact.NonceReplaced fact, List<Bytes> refused, Instant until) {
    return new Responded(
        before.joined(), before.round(), before.updates(), fact.nonce(), refused, until);
  }

  /** What follows once another member's loss shows that the signed attempt cannot be completed. */
  static Optional<Verdict.Accepted<ParticipantFact>> attemptLost(Signed state, Instant now) {
    boolean said =
        state.joined().made().stream()
            .anyMatch(made -> Saying.isPartial(made.statement().body(), state));
    if (!said || isLost(state) || !LostNonces.isDead(state.partials(), state.joined().said())) {
      return Optional.empty();
    }
    Deadlines deadlines = state.joined().cohort().terms().deadlines();
    int next = state.claim().attempt().counter() + 1;
    Instant until =
        now.plus(Budget.grown(deadlines.partial(), next)).plus(Budget.attempt(deadlines, next));
    return Optional.of(
        new Verdict.Accepted<>(List.of(new ParticipantFact.AttemptLost(until)), List.of()));
  }

  /** Waits for the next attempt with the nonce that went out with the last signature. */
  static Responded awaitingNext(Signed state, ParticipantFact.AttemptLost fact) {
    return new Responded(
        state.joined(),
        state.claim().attempt().round(),
        state.claim().updates(),
        state.next(),
        List.of(),
        fact.until());
  }

  /** The claim of this round whose signature left last: what it answered may still be completed. */
  static Optional<Claim> released(Joined joined, Round round) {
    return joined.claims().stream()
        .filter(claim -> claim.attempt().round().id().equals(round.id()))
        .filter(claim -> isSaid(joined, claim) || LeafSigning.isSigned(joined, claim))
        .reduce((earlier, later) -> later);
  }

  /** Own statements of the round whose nonces were neither used for a signature nor named yet. */
  private static List<Bytes> dead(InCohort state, Round round) {
    Joined joined = state.joined();
    Set<Bytes> settled = new HashSet<>();
    for (SignedStatement each : saidLost(joined, round)) {
      if (each.body() instanceof NonceLost lost) {
        settled.addAll(lost.dead());
      }
    }
    for (Claim claim : joined.claims()) {
      if (isSigned(state, claim)) {
        claim.attempt().carrier(joined.slot()).ifPresent(said -> settled.add(said.id()));
      }
    }
    return carriers(joined, round).stream()
        .filter(said -> !isHere(joined, said) || isClaimedBy(state, said))
        .filter(said -> !settled.contains(said.id()))
        .map(SignedStatement::id)
        .toList();
  }

  private static boolean isClaimedBy(InCohort state, SignedStatement said) {
    return state instanceof Claimed claimed
        && claimed
            .claim()
            .attempt()
            .carrier(claimed.joined().slot())
            .filter(said::equals)
            .isPresent();
  }

  private static boolean isSigned(InCohort state, Claim claim) {
    return (state instanceof Signed signed
            && signed.claim().transcript().equals(claim.transcript()))
        || isSaid(state.joined(), claim);
  }

  private static boolean isSaid(Joined joined, Claim claim) {
    return joined.made().stream()
        .anyMatch(made ->
            switch (made.statement().body()) {
              case PartialSignature partial -> partial.transcript().equals(claim.transcript());
              case LeafSignature leaf -> leaf.context().equals(claim.transcript());
              default -> false;
            });
  }

  private static List<SignedStatement> carriers(Joined joined, Round round) {
    return joined.made().stream()
        .map(ParticipantFact.Made::statement)
        .filter(said ->
            said.header().roundId().equals(round.id()) && Attempt.nonce(said.body()).isPresent())
        .toList();
  }

  private static List<SignedStatement> saidLost(Joined joined, Round round) {
    return carriers(joined, round).stream()
        .filter(said -> said.body() instanceof NonceLost)
        .toList();
  }

  private static boolean isHere(Joined joined, SignedStatement said) {
    return said.header().instance().equals(joined.plan().instance())
        || (joined.plan().holds(said) && !isClaimed(joined, said));
  }

  private static boolean isClaimed(Joined joined, SignedStatement said) {
    return joined.claims().stream()
        .anyMatch(claim -> claim.attempt().carrier(joined.slot()).filter(said::equals).isPresent());
  }
}
