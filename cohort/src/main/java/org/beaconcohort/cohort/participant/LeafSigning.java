package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.leaf.LeafAsk;
import org.beaconcohort.cohort.leaf.LeafView;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.LeafStatement.BundleAck;
import org.beaconcohort.cohort.message.LeafStatement.LeafSignature;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.Fallback.Asked;
import org.beaconcohort.cohort.participant.Fallback.Confirming;
import org.beaconcohort.cohort.participant.Fallback.Due;
import org.beaconcohort.cohort.participant.Fallback.FallbackClaimed;
import org.beaconcohort.cohort.participant.Fallback.FallbackSigned;
import org.beaconcohort.cohort.participant.Fallback.FallbackUnsigned;
import org.beaconcohort.cohort.participant.Fallback.Unasked;
import org.beaconcohort.cohort.participant.Fallback.Weighed;
import org.beaconcohort.cohort.participant.LeafFact.CompletedByLeaf;
import org.beaconcohort.cohort.participant.LeafFact.LeafClaimed;
import org.beaconcohort.cohort.participant.LeafFact.LeafConfirming;
import org.beaconcohort.cohort.participant.LeafFact.LeafDue;
import org.beaconcohort.cohort.participant.LeafFact.LeafNotSigned;
import org.beaconcohort.cohort.participant.LeafFact.LeafRecorded;
import org.beaconcohort.cohort.participant.LeafFact.LeafRefused;
import org.beaconcohort.cohort.participant.LeafFact.LeafTaken;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Leaf A as a member goes through it, beside the key path: asked for, overdue, kept by k, confirmed
 * by relays and own sources, claimed, signed. It begins only where the key path waits for others.
 */
final class LeafSigning {
  private LeafSigning() {}

  /** What can happen now on leaf A, whatever the state beside it. */
  static Optional<Verdict.Accepted<ParticipantFact>> progress(InCohort state, Instant now) {
    if (LeafAsks.threshold(state) == 0) {
      return Optional.empty();
    }
    Optional<Verdict.Accepted<ParticipantFact>> completed = completed(state, now);
    if (completed.isPresent() || !waitsForOthers(state)) {
      return completed;
    }
    return switch (state.joined().fallback()) {
      case Unasked unasked -> taken(state, now);
      case Asked asked ->
          now.isBefore(due(state, asked.askId()))
              ? Optional.empty()
              : accept(new LeafDue(asked.askId()));
      case Due due -> kept(state, due).or(() -> isOver(state, due) ? taken(state, now) : none());
      case Confirming confirming -> Optional.empty();
      case FallbackClaimed claimed -> Optional.empty();
      case FallbackUnsigned unsigned -> Optional.empty();
      case FallbackSigned signed -> Optional.empty();
    };
  }

  private static Optional<Verdict.Accepted<ParticipantFact>> none() {
    return Optional.empty();
  }

  /**
   * Whether another leads than the one that asked: what k members do not keep may be asked anew.
   */
  private static boolean isOver(InCohort state, Due due) {
    return LeafAsks.find(state, due.askId())
        .filter(ask -> ask.said().header().epoch() == state.joined().term().epoch())
        .isEmpty();
  }

  static boolean waitsForOthers(InCohort state) {
    return state instanceof Responded || state instanceof Signed;
  }

  /** The first that the present leader asks for and that is not refused; its bundle is stored. */
  private static Optional<Verdict.Accepted<ParticipantFact>> taken(InCohort state, Instant now) {
    Joined joined = state.joined();
    Bytes leader = TakingOver.leader(state);
    for (LeafAsk ask : LeafAsks.of(state)) {
      if (ask.said().author().equals(leader)
          && ask.said().header().epoch() == joined.term().epoch()
          && !joined.fallback().refused().contains(ask.said().id())) {
        Deadlines deadlines = joined.cohort().terms().deadlines();
        // Once: a leader that asks again and again moves no deadline.
        Instant longer =
            joined.fallback().refused().isEmpty()
                ? now.plus(deadlines.proposal()).plus(deadlines.partial())
                : state.until();
        LeafTaken fact =
            new LeafTaken(
                ask.said().id(),
                ask.attempt().announcement(),
                longer.isAfter(state.until()) ? longer : state.until());
        return Optional.of(
            new Verdict.Accepted<>(List.of(fact), acknowledgement(state, ask.attempt())));
      }
    }
    return Optional.empty();
  }

  /** Whoever signed the same transaction on the key path has said so with its signature. */
  private static List<Effect> acknowledgement(InCohort state, Attempt attempt) {
    LeafView view = LeafView.of(attempt, state.joined().said());
    return view.stored().contains(state.joined().slot())
        ? List.of()
        : List.of(Saying.inRound(state.joined(), attempt.round(), new BundleAck(view.context())));
  }

  /**
   * When the own clock has it that what is said to be missing is overdue (R18): a successor leads
   * only after that; a bad signature is a fault at once, and where nobody has nonces nothing is
   * missing.
   */
  private static Instant due(InCohort state, Bytes askId) {
    boolean missing =
        LeafAsks.find(state, askId).filter(ask -> !ask.missing().isEmpty()).isPresent();
    if (!missing || state.joined().term().epoch() > 0) {
      return Instant.MIN;
    }
    return switch (state) {
      case Signed signed when signed.partials().missing().isEmpty() -> Instant.MIN;
      case Signed signed -> signed.joined().fallback().due();
      case Responded responded -> LeafAsks.responsesDue(responded);
      default -> Instant.MAX;
    };
  }

  /** When the member has to look again; {@link Instant#MAX} if no clock moves it. */
  static Instant wake(InCohort state) {
    return state.joined().fallback() instanceof Asked asked && waitsForOthers(state)
        ? due(state, asked.askId())
        : Instant.MAX;
  }

  /** R19: only what k members keep is confirmed; relays are asked for everybody's words (R18). */
  private static Optional<Verdict.Accepted<ParticipantFact>> kept(InCohort state, Due due) {
    return LeafAsks.find(state, due.askId())
        .filter(ask -> LeafView.of(ask.attempt(), state.joined().said()).isKept())
        .map(ask ->
            new Verdict.Accepted<>(
                List.of(new LeafConfirming(due.askId())), List.of(askRelays(state, due.askId()))));
  }

  private static Effect askRelays(InCohort state, Bytes askId) {
    return OwnWords.everybodysBefore(state, askId);
  }

  /** The relays showed everybody's words and the own head: own sources are asked next. */
  static Optional<Verdict<ParticipantFact>> headRead(InCohort state, Bytes about) {
    return confirming(state, about)
        .map(ask ->
            new Verdict.Accepted<>(
                List.of(), List.of(Saying.survey(state, about, ask.attempt().round()))));
  }

  /** Whether an answer with this name is for leaf A. */
  static boolean awaits(InCohort state, Bytes about) {
    return confirming(state, about).isPresent();
  }

  private static Optional<LeafAsk> confirming(InCohort state, Bytes about) {
    return state.joined().fallback() instanceof Confirming confirming
            && about.equals(OwnWords.about(state.joined(), confirming.askId()))
        ? LeafAsks.find(state, confirming.askId())
        : Optional.empty();
  }

  /** The checklist; then the claim, which is durable before the signature exists. */
  static Verdict<ParticipantFact> surveyed(InCohort state, Input.Surveyed surveyed, Instant now) {
    return state.joined().fallback() instanceof Confirming confirming
        ? confirming(state, surveyed.about())
            .map(ask -> checked(state, ask, confirming.bundle(), surveyed, now))
            .orElseThrow()
        : Verdict.ignore("leaf A is not confirmed");
  }

  private static Verdict<ParticipantFact> checked(
      InCohort state, LeafAsk ask, CasAnnouncement bundle, Input.Surveyed surveyed, Instant now) {
    Joined joined = state.joined();
    Optional<Violation> wrong =
        Checklist.check(Signing.of(state, ask, bundle, surveyed.survey()), now);
    if (wrong.isPresent()) {
      // Whoever asks lacks what is here (R18).
      List<Effect> forward = new ArrayList<>();
      ask.notMissing(joined.said())
          .forEach(said -> forward.add(new Effect.Send(said, channel(joined, ask.attempt()))));
      return new Verdict.Accepted<>(
          List.of(new LeafRefused(ask.said().id(), wrong.get().code(), wrong.get().detail())),
          forward);
    }
    Attempt attempt = ask.attempt();
    return Verdict.accept(
        new LeafClaimed(ask.said().id(), attempt.leafContext(), attempt.transaction().txid()),
        sign(attempt));
  }

  private static Recipient channel(Joined joined, Attempt attempt) {
    return new Recipient.Channel(joined.channel(), attempt.round().opportunity().number());
  }

  private static Effect.SignLeaf sign(Attempt attempt) {
    return new Effect.SignLeaf(
        attempt.round().opportunity().outpoint(), attempt.leafContext(), attempt.leafSighash());
  }

  /** The signer answered: the signature is a fact, then it leaves. */
  static Verdict<ParticipantFact> made(InCohort state, Input.LeafSignatureMade made) {
    return unsigned(state)
        .filter(claim -> claim.transcript().equals(made.context()))
        .<Verdict<ParticipantFact>>map(claim ->
            Verdict.accept(
                new LeafRecorded(made.signature()),
                say(state, claim, made.signature()),
                new Effect.LookFor(claim.txid())))
        .orElseGet(() -> Verdict.ignore("no leaf signature is awaited"));
  }

  /** What is claimed and not signed; a process before may have been refused. */
  private static Optional<Claim> unsigned(InCohort state) {
    return switch (state.joined().fallback()) {
      case FallbackClaimed claimed -> Optional.of(claimed.claim());
      case FallbackUnsigned unsigned -> Optional.of(unsigned.claim());
      case Unasked other -> Optional.empty();
      case Weighed other -> Optional.empty();
      case FallbackSigned other -> Optional.empty();
    };
  }

  /**
   * The signer refused for good. The claim holds; the others may finish without this signature, and
   * where they cannot, nothing is left to wait for.
   */
  static Verdict<ParticipantFact> notMade(InCohort state, Input.LeafNotSigned not) {
    if (!(state.joined().fallback() instanceof FallbackClaimed claimed)
        || !claimed.claim().transcript().equals(not.context())) {
      return Verdict.ignore("no leaf signature is awaited");
    }
    LeafNotSigned fact = new LeafNotSigned(not.why());
    if (state.joined().cohort().terms().order() == ResponseOrder.NO_NONCES
        && LeafEvolving.evolve(state, fact).orElseThrow() instanceof InCohort after
        && Endings.end(after) instanceof Verdict.Accepted<ParticipantFact> end) {
      List<ParticipantFact> facts = new ArrayList<>();
      facts.add(fact);
      facts.addAll(end.facts());
      return new Verdict.Accepted<>(facts, end.effects());
    }
    return Verdict.accept(fact);
  }

  /** Why there is no leaf signature of this member although it claimed one. */
  static Optional<String> failure(Joined joined) {
    return joined.fallback() instanceof FallbackUnsigned unsigned
        ? Optional.of("the own signer did not sign by leaf A: " + unsigned.detail())
        : Optional.empty();
  }

  private static Effect say(InCohort state, Claim claim, Bytes signature) {
    return Saying.inRound(
        state.joined(), claim.attempt().round(), new LeafSignature(claim.transcript(), signature));
  }

  /** Whoever has k signatures has the transaction, whether it signed or not. */
  private static Optional<Verdict.Accepted<ParticipantFact>> completed(
      InCohort state, Instant now) {
    Joined joined = state.joined();
    if (!LeafAsks.isOpen(state)
        || joined.said().of(StatementKind.LEAF_SIGNATURE).size() < LeafAsks.threshold(state)) {
      return Optional.empty();
    }
    for (LeafAsk ask : LeafAsks.of(state)) {
      Optional<Spend.LeafA> spend = LeafView.of(ask.attempt(), joined.said()).complete();
      if (spend.isPresent()) {
        return Optional.of(completed(state, ask, spend.get(), now));
      }
    }
    return Optional.empty();
  }

  private static Verdict.Accepted<ParticipantFact> completed(
      InCohort state, LeafAsk ask, Spend.LeafA spend, Instant now) {
    Joined joined = state.joined();
    Attempt attempt = ask.attempt();
    Instant until = now.plus(joined.cohort().terms().deadlines().confirmation());
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.DestroyNonces(attempt.round().id()));
    effects.add(
        new Effect.AwaitConfirmation(
            attempt.transaction().txid(), joined.plan().policy().depth(joined.cohort().terms())));
    effects.addAll(acknowledgement(state, attempt));
    return new Verdict.Accepted<>(
        List.of(new CompletedByLeaf(ask.said().id(), spend, attempt.announcement(), until)),
        effects);
  }

  /** A complete transaction of what was asked for, wherever its signatures came from. */
  static Optional<Verdict<ParticipantFact>> seen(
      InCohort state, Transaction complete, Instant now) {
    if (!LeafAsks.isOpen(state)) {
      return Optional.empty();
    }
    for (LeafAsk ask : LeafAsks.of(state)) {
      if (ask.attempt().spendIn(complete).orElse(null) instanceof Spend.LeafA spend) {
        return Optional.of(completed(state, ask, spend, now));
      }
    }
    return Optional.empty();
  }

  /** What is asked again after a restart, once own words were read back: no nonce is in it. */
  static List<Effect> resume(InCohort state) {
    Joined joined = state.joined();
    return switch (joined.fallback()) {
      case Unasked unasked -> List.of();
      case Weighed weighed -> {
        List<Effect> effects = new ArrayList<>();
        LeafAsks.find(state, weighed.askId())
            .ifPresent(ask -> effects.addAll(acknowledgement(state, ask.attempt())));
        if (weighed instanceof Confirming) {
          effects.add(askRelays(state, weighed.askId()));
        }
        yield effects;
      }
      case FallbackClaimed claimed -> List.of(sign(claimed.claim().attempt()));
      case FallbackUnsigned unsigned -> List.of(sign(unsigned.claim().attempt()));
      case FallbackSigned signed -> {
        Statement said = new LeafSignature(signed.claim().transcript(), signed.signature());
        boolean out = joined.made().stream().anyMatch(made -> made.statement().body().equals(said));
        Effect look = new Effect.LookFor(signed.claim().txid());
        yield out ? List.of(look) : List.of(say(state, signed.claim(), signed.signature()), look);
      }
    };
  }

  /** Whether a leaf signature for this claim is a fact: it is said, or will be. */
  static boolean isSigned(Joined joined, Claim claim) {
    return joined.fallback() instanceof FallbackSigned signed && signed.claim().equals(claim);
  }

  /** What was asked before a jump of the clock counts no more. */
  static Optional<Effect> askAgain(InCohort state) {
    return state.joined().fallback() instanceof Confirming confirming
        ? Optional.of(askRelays(state, confirming.askId()))
        : Optional.empty();
  }

  /** What others may lack of a transaction by leaf A: the signatures, and the absent the data. */
  static List<Effect> proof(ParticipantState.Final state) {
    LeafView view = LeafView.of(state.claim().attempt(), state.joined().said());
    List<Effect> effects = new ArrayList<>();
    for (SignedStatement each : view.proof()) {
      if (each.body() instanceof LeafSignature || !view.withoutBundle().isEmpty()) {
        effects.add(new Effect.Send(each, channel(state.joined(), state.claim().attempt())));
      }
    }
    return effects;
  }

  private static Optional<Verdict.Accepted<ParticipantFact>> accept(ParticipantFact fact) {
    return Optional.of(new Verdict.Accepted<>(List.of(fact), List.of()));
  }
}
