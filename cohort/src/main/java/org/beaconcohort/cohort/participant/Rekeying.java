package org.beaconcohort.cohort.participant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.KeysetState.Acked;
import org.beaconcohort.cohort.participant.KeysetState.AwaitingFunding;
import org.beaconcohort.cohort.participant.KeysetState.AwaitingSmaller;
import org.beaconcohort.cohort.participant.KeysetState.Reverifying;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.cohort.view.ProposedKeyset;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A member between its first acknowledgement and the funded address (N11): a later key set is
 * acknowledged only while the one before is not complete; a complete one is final, and whoever
 * holds it answers a later proposal with it.
 */
final class Rekeying {
  private Rekeying() {}

  /** What can happen now that could not before. */
  static Optional<Verdict.Accepted<ParticipantFact>> progress(KeysetState state, Instant now) {
    Joined joined = state.joined();
    if (isLeftOut(joined)) {
      return Optional.of(leftOut(state));
    }
    if (state instanceof AwaitingFunding awaiting) {
      return awaiting.others().stream()
          .filter(each -> each.isComplete(joined.said()))
          .filter(each -> !awaiting.alsoFinal().contains(each.proposalId()))
          .findFirst()
          .map(each ->
              new Verdict.Accepted<>(
                  List.of(new ParticipantFact.AlsoFinal(each.proposalId())),
                  List.of(Saying.awaitFunding(joined.withKeyset(each)))));
    }
    Instant until = now.plus(TakingPart.deadlines(state).funding());
    if (joined.keyset().isComplete(joined.said())) {
      return Optional.of(isFinal(new ParticipantFact.KeysetFinal(until), joined, joined.keyset()));
    }
    Optional<ProposedKeyset> earlier =
        state.others().stream().filter(each -> each.isComplete(joined.said())).findFirst();
    if (earlier.isPresent()) {
      Bytes proposalId = earlier.get().proposalId();
      return Optional.of(
          isFinal(new ParticipantFact.EarlierFinal(proposalId, until), joined, earlier.get()));
    }
    return state instanceof Reverifying reverifying
        ? KeysetVerification.verifiedAgain(reverifying, now)
        : Optional.empty();
  }

  private static Verdict.Accepted<ParticipantFact> isFinal(
      ParticipantFact fact, Joined joined, ProposedKeyset complete) {
    Joined after = joined.withKeyset(complete);
    List<Effect> effects = new ArrayList<>();
    effects.add(Saying.awaitFunding(after));
    effects.addAll(answers(after));
    return new Verdict.Accepted<>(List.of(fact), effects);
  }

  /** The complete set, to everybody who was welcomed to a later one. */
  static List<Effect> answers(Joined joined) {
    return joined.said().of(StatementKind.WELCOME).stream()
        .flatMap(said -> answer(joined, said).stream())
        .toList();
  }

  /** The complete set, if that welcome is to a key set that would take its place. */
  static List<Effect> answer(Joined joined, SignedStatement said) {
    if (!(said.body() instanceof Welcome welcome)
        || welcome.keysetProposalId().equals(joined.proposalId())
        || !(welcome.parentProposalId().equals(joined.proposalId())
            || welcome.parentProposalId().equals(ownParent(joined)))) {
      return List.of();
    }
    Recipient channel = new Recipient.Channel(welcome.channelKey(), 0);
    return joined.said().of(StatementKind.KEYSET_ACK).stream()
        .filter(each -> acknowledges(each, joined.proposalId()))
        .<Effect>map(each -> new Effect.Send(each, channel))
        .toList();
  }

  private static Bytes ownParent(Joined joined) {
    return joined.said().find(joined.proposalId()).map(Rekeying::parent).orElse(Bytes.EMPTY);
  }

  private static boolean acknowledges(SignedStatement said, Bytes proposalId) {
    return said.body() instanceof KeysetAck ack && ack.keysetProposalId().equals(proposalId);
  }

  /** A welcome on the way to the funded address. */
  static Verdict<ParticipantFact> welcomed(
      KeysetState state, SignedStatement said, Welcome welcome, Instant now) {
    Joined joined = state.joined();
    boolean follows =
        switch (state) {
          case Acked acked -> follows(joined, said, welcome);
          case AwaitingSmaller waiting -> follows(joined, said, welcome);
          // One at a time; what comes beside it proves a fork.
          case Reverifying reverifying -> false;
          case AwaitingFunding done -> false;
        };
    if (!follows) {
      List<Effect> effects = state instanceof AwaitingFunding ? answer(joined, said) : List.of();
      return new Verdict.Accepted<>(List.of(new ParticipantFact.Noted(said)), effects);
    }
    return Verdict.accept(
        new ParticipantFact.Rewelcomed(said, now.plus(TakingPart.deadlines(state).keying())),
        new Effect.Listen(welcome.channelKey(), 0),
        new Effect.Listen(welcome.channelKey(), 1));
  }

  /** It names this one as its parent, or is of a leader that comes before this one's. */
  private static boolean follows(Joined joined, SignedStatement said, Welcome welcome) {
    return welcome.parentProposalId().equals(joined.proposalId())
        || (welcome.parentProposalId().equals(ownParent(joined))
            && joined
                .said()
                .find(joined.proposalId())
                .filter(own ->
                    KeysetVerification.isBefore(joined.announcement(), said.author(), own.author()))
                .isPresent());
  }

  static KeysetState rewelcomed(KeysetState state, ParticipantFact.Rewelcomed fact) {
    return new Reverifying(
        state.joined().noting(fact.welcome()), state.others(), fact.welcome(), fact.until());
  }

  /** Once more to those who are missing, by their inboxes: they may have missed it all. */
  static Verdict<ParticipantFact> acksMissing(Acked state, Instant now) {
    Joined joined = state.joined();
    List<Bytes> inboxes =
        joined.keyset().missing(joined.said()).stream().map(Member::inboxKey).toList();
    List<Effect> effects = new ArrayList<>();
    Recipient missing = new Recipient.Inboxes(inboxes);
    for (SignedStatement said : joined.said().of(StatementKind.WELCOME)) {
      if (said.body() instanceof Welcome welcome
          && welcome.keysetProposalId().equals(joined.proposalId())) {
        effects.add(new Effect.Send(said, missing));
      }
    }
    joined
        .said()
        .find(joined.proposalId())
        .ifPresent(said -> effects.add(new Effect.Send(said, missing)));
    joined.said().of(StatementKind.KEYSET_ACK, joined.plan().statementKey()).stream()
        .filter(each -> acknowledges(each, joined.proposalId()))
        .forEach(own -> effects.add(new Effect.Send(own, missing)));
    return new Verdict.Accepted<>(
        List.of(new ParticipantFact.AcksMissing(now.plus(patience(state)))), effects);
  }

  /** No other key set comes to whom the leader refused; what others were shown still may. */
  private static Duration patience(KeysetState state) {
    CohortTerms terms = state.joined().cohort().terms();
    return refusal(state.joined()).isPresent()
        ? terms.deadlines().response()
        : terms.deadlines().keying().plus(SuccessorOrder.patience(terms));
  }

  /**
   * Whether every other member has left this member's key set for a later one, whatever this member
   * holds. Fewer would let a leader of formation and one member put everybody else out.
   */
  private static boolean isLeftOut(Joined joined) {
    Bytes own = joined.cohort().members().get(joined.slot()).optInId();
    return joined.said().of(StatementKind.KEYSET_PROPOSAL).stream()
        .anyMatch(said ->
            said.body() instanceof KeysetProposal proposal
                && !proposal.optIns().contains(own)
                && descends(joined, said)
                && allOthersAre(joined, own, said.id(), proposal));
  }

  /** Whether a chain of proposals leads to the one this member stands by. */
  private static boolean descends(Joined joined, SignedStatement said) {
    Optional<SignedStatement> each = Optional.of(said);
    // A parent is older than its child, so this ends.
    while (each.isPresent()) {
      Bytes parent = parent(each.get());
      if (parent.equals(joined.proposalId())) {
        return true;
      }
      each = joined.said().find(parent);
    }
    return false;
  }

  private static boolean allOthersAre(
      Joined joined, Bytes own, Bytes proposalId, KeysetProposal proposal) {
    List<Bytes> there =
        joined.said().of(StatementKind.KEYSET_ACK).stream()
            .filter(said -> acknowledges(said, proposalId))
            .map(SignedStatement::author)
            .toList();
    return joined.cohort().members().stream()
        .filter(member -> !member.optInId().equals(own))
        .allMatch(member ->
            proposal.optIns().contains(member.optInId()) && there.contains(member.statementKey()));
  }

  private static Verdict.Accepted<ParticipantFact> leftOut(KeysetState state) {
    Optional<OptInRefused> refused = refusal(state.joined());
    Outcome outcome =
        refused.isPresent()
            ? new Outcome.Failed(refused.get().code(), refused.get().detail())
            : new Outcome.Failed(
                Code.SILENT_MEMBER,
                "the others are complete without this member, whose acknowledgement did not come"
                    + " in time");
    return new Verdict.Accepted<>(
        List.of(new ParticipantFact.Ended(outcome)), Endings.farewell(state, outcome));
  }

  /** Whether an author may acknowledge a key set that this member knows of. */
  static boolean isMember(KeysetState state, Bytes author) {
    return state.joined().cohort().slotOf(author).isPresent()
        || state.others().stream().anyMatch(each -> each.cohort().slotOf(author).isPresent())
        || (state instanceof Reverifying
            && !state.joined().said().of(StatementKind.OPT_IN, author).isEmpty());
  }

  /** The coordinator's word that this member is left out. */
  private static Optional<OptInRefused> refusal(Joined joined) {
    Bytes optIn = joined.cohort().members().get(joined.slot()).optInId();
    Bytes leader =
        joined
            .said()
            .find(joined.proposalId())
            .map(SignedStatement::author)
            .orElse(joined.announcement().author());
    return joined.said().of(StatementKind.OPT_IN_REFUSED, leader).stream()
        .map(SignedStatement::body)
        .filter(OptInRefused.class::isInstance)
        .map(OptInRefused.class::cast)
        .filter(refused -> refused.optInId().equals(optIn))
        .findFirst();
  }

  /**
   * Judged at the deadline only: a complete set is final whatever else was said (N11), and one
   * acknowledgement of something else ends nobody's membership before.
   */
  static Verdict<ParticipantFact> end(KeysetState state) {
    Joined joined = state.joined();
    Optional<String> fork = fork(state);
    if (fork.isPresent()) {
      return Endings.failed(state, Code.KEYSET_FORK, fork.get() + "; fund nothing");
    }
    Optional<OptInRefused> refused = refusal(joined);
    return refused.isPresent()
        ? Endings.failed(state, refused.get().code(), refused.get().detail())
        : Endings.failed(
            state, Code.SILENT_MEMBER, "acknowledgements are missing; nothing was funded");
  }

  /** Two key sets of which neither follows the other, with the statements that show it. */
  private static Optional<String> fork(KeysetState state) {
    Joined joined = state.joined();
    for (SignedStatement said : joined.said().of(StatementKind.KEYSET_ACK)) {
      if (said.body() instanceof KeysetAck ack
          && isMember(state, said.author())
          && !isKnown(state, ack.keysetProposalId())) {
        return Optional.of(
            "acknowledgements must name "
                + joined.proposalId()
                + ", statement "
                + said.id()
                + " names "
                + ack.keysetProposalId());
      }
    }
    return joined
        .said()
        .find(joined.proposalId())
        .flatMap(own ->
            joined.said().of(StatementKind.KEYSET_PROPOSAL, own.author()).stream()
                .filter(other -> !other.id().equals(own.id()))
                .filter(other -> parent(other).equals(parent(own)))
                .findFirst()
                .map(other ->
                    "one key set must be proposed, statements "
                        + own.id()
                        + " and "
                        + other.id()
                        + " are two"));
  }

  /** What this member acknowledged itself, and what follows the newest of it. */
  private static boolean isKnown(KeysetState state, Bytes proposalId) {
    Joined joined = state.joined();
    return proposalId.equals(joined.proposalId())
        || state.others().stream().anyMatch(each -> each.proposalId().equals(proposalId))
        || joined
            .said()
            .find(proposalId)
            .filter(proposal ->
                parent(proposal).equals(joined.proposalId())
                    || joined
                        .said()
                        .find(joined.proposalId())
                        .filter(own -> !own.author().equals(proposal.author()))
                        .isPresent())
            .isPresent()
        || (state instanceof Reverifying reverifying
            && reverifying.welcome().body() instanceof Welcome welcome
            && welcome.keysetProposalId().equals(proposalId));
  }

  private static Bytes parent(SignedStatement said) {
    return said.body() instanceof KeysetProposal proposal
        ? proposal.parentProposalId()
        : Bytes.EMPTY;
  }

  /** The coin decides between two complete sets; there is one of it. */
  static Verdict<ParticipantFact> funded(
      AwaitingFunding state, Input.Funded funded, Instant until) {
    Joined joined = state.joined();
    ParticipantFact found = new ParticipantFact.FundingFound(funded.outpoint(), until);
    if (pays(joined.keyset(), funded)) {
      return Verdict.accept(found, Saying.listAddress(joined));
    }
    for (ProposedKeyset other : state.others()) {
      if (state.alsoFinal().contains(other.proposalId()) && pays(other, funded)) {
        return new Verdict.Accepted<>(
            List.of(new ParticipantFact.FundingDecided(other.proposalId()), found),
            List.of(Saying.listAddress(joined.withKeyset(other))));
      }
    }
    return Verdict.ignore("an output of another address");
  }

  /** Whether an output is of the beacon address of a key set. */
  static boolean pays(ProposedKeyset keyset, Input.Funded funded) {
    int vout = funded.outpoint().vout();
    var outputs = funded.transaction().outputs();
    return vout < outputs.size()
        && outputs.get(vout).script().equals(keyset.cohort().output().script());
  }

  /** An acknowledgement of whatever key set; which one it is for is in its body. */
  static Optional<Violation> misdirected(SignedStatement said) {
    return said.header().roundId().size() == 0
        ? Optional.empty()
        : Optional.of(
            Violation.refusal(
                Code.KEYSET_MISMATCH, said.body().kind() + " must name no round, got one"));
  }

  /** Channels of the other key sets, where acknowledgements may still come. */
  static List<Effect> listen(KeysetState state) {
    List<Effect> effects = new ArrayList<>();
    for (ProposedKeyset other : state.others()) {
      effects.add(new Effect.Listen(other.channel(), 0));
      effects.add(new Effect.Listen(other.channel(), 1));
    }
    if (state instanceof Reverifying reverifying
        && reverifying.welcome().body() instanceof Welcome welcome) {
      effects.add(new Effect.Listen(welcome.channelKey(), 0));
      effects.add(new Effect.Listen(welcome.channelKey(), 1));
    }
    return effects;
  }
}
