package org.beaconcohort.cohort.coordinator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.ProposedKeyset;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/** The coordinator's states, in the order of a cohort where everybody behaves. */
public sealed interface CoordinatorState {
  /** When this state gives up; {@link Instant#MAX} if never. */
  Instant until();

  /** A successor that the terms name, before there is a key set. */
  sealed interface Standby extends CoordinatorState permits StandbyState {}

  /** Nothing announced. */
  record Drafted(CoordinatorPlan plan) implements CoordinatorState {
    @Override
    public Instant until() {
      return Instant.MAX;
    }
  }

  /** The announcement is signed, not yet open. */
  record Announced(CoordinatorPlan plan, SignedStatement announcement) implements CoordinatorState {
    @Override
    public Instant until() {
      return Instant.MAX;
    }
  }

  /**
   * Enrolment is open.
   *
   * @param optIns accepted so far, in order of arrival
   * @param parked valid opt-ins that are taken last, in order of arrival
   * @param turnedAway ids of valid opt-ins without a seat
   */
  record Recruiting(
      CoordinatorPlan plan,
      SignedStatement announcement,
      List<SignedStatement> optIns,
      List<SignedStatement> parked,
      List<Bytes> turnedAway,
      Instant until)
      implements CoordinatorState {
    /** Copies the lists. */
    public Recruiting {
      optIns = List.copyOf(optIns);
      parked = List.copyOf(parked);
      turnedAway = List.copyOf(turnedAway);
    }
  }

  /**
   * Enrolment is closed; the candidates are asked whether they are still there (BC-8).
   *
   * @param probe nothing while it is being signed
   * @param alive ids of the opt-ins whose candidates answered, 32 bytes each
   */
  record Probing(
      CoordinatorPlan plan,
      SignedStatement announcement,
      List<SignedStatement> optIns,
      Optional<CoordinatorFact.Made> probe,
      List<Bytes> alive,
      Instant until)
      implements CoordinatorState {
    /** Copies the lists. */
    public Probing {
      optIns = List.copyOf(optIns);
      alive = List.copyOf(alive);
    }
  }

  /** Candidates are chosen; the channel key is being drawn. */
  record DrawingChannel(
      CoordinatorPlan plan,
      SignedStatement announcement,
      List<SignedStatement> optIns,
      Instant until)
      implements CoordinatorState {
    /** Copies the list. */
    public DrawingChannel {
      optIns = List.copyOf(optIns);
    }
  }

  /**
   * The journal is not all that this coordinator said; only an operator ends it (N19, R10).
   *
   * @param before the state it was in
   * @param statement of its own that the journal does not hold
   * @param code ROLLED_BACK or DUPLICATE_INSTANCE
   */
  record RolledBack(CoordinatorState before, SignedStatement statement, Code code)
      implements CoordinatorState {
    @Override
    public Instant until() {
      return Instant.MAX;
    }
  }

  /** A state that waits for others, between a deadline and what follows: see {@link Suspended}. */
  sealed interface OnHold extends InCohort permits Suspended {}

  /** A state that has a cohort, at least as a proposal. */
  sealed interface InCohort extends CoordinatorState {
    /** What all these states share. */
    Formed formed();

    /** The same state with another shared part. */
    InCohort with(Formed formed);

    /** What is waited for, whether or not its deadline was extended, or is suspended. */
    default InCohort waiting() {
      return this;
    }
  }

  /**
   * What does not change while a cohort lives, and everything said in it.
   *
   * @param optIns the members' opt-ins, in key order
   * @param said all own and other statements of this cohort
   * @param made own statements in order, for a resend
   * @param earlier key sets that were proposed before this one, oldest first (N11)
   */
  record Formed(
      CoordinatorPlan plan,
      SignedStatement announcement,
      List<SignedStatement> optIns,
      Cohort cohort,
      ChannelKey channel,
      StatementSet said,
      List<CoordinatorFact.Made> made,
      List<ProposedKeyset> earlier) {
    /** Copies the lists. */
    public Formed {
      optIns = List.copyOf(optIns);
      made = List.copyOf(made);
      earlier = List.copyOf(earlier);
    }

    /**
     * What shows this cohort to the one it follows, once all its members have acknowledged it;
     * empty before, and if it follows none.
     */
    public Optional<Succession> succession() {
      return plan.succeeds().size() == 0
          ? Optional.empty()
          : said.of(StatementKind.KEYSET_PROPOSAL, plan.identity()).stream()
              .flatMap(made -> Successors.shown(announcement, cohort, made.id(), said).stream())
              .findFirst();
    }

    Formed noting(SignedStatement statement) {
      return new Formed(
          plan, announcement, optIns, cohort, channel, said.with(statement), made, earlier);
    }

    Formed making(CoordinatorFact.Made own) {
      List<CoordinatorFact.Made> more = new ArrayList<>(made);
      more.add(own);
      return new Formed(
          plan, announcement, optIns, cohort, channel, said.with(own.statement()), more, earlier);
    }

    /** Parent of the next proposal, 32 bytes, or empty for the first. */
    Bytes parentProposalId() {
      return earlier.isEmpty() ? Bytes.EMPTY : earlier.getLast().proposalId();
    }

    /** Which place the own key has in the order, from 0 for the coordinator's. */
    public int epoch() {
      return SuccessorOrder.forming(announcement.author(), plan.terms())
          .epochOf(plan.identity())
          .orElse(0);
    }

    /** How long members still follow whoever is before this leader in the order. */
    Duration lease() {
      return plan.terms().deadlines().proposal().multipliedBy(epoch());
    }

    /** The welcome to this key set, if this leader watches another's. */
    Optional<SignedStatement> welcome() {
      return said.of(StatementKind.WELCOME).stream()
          .filter(each ->
              each.body() instanceof Welcome welcome && welcome.channelKey().equals(channel))
          .findFirst();
    }

    /** Id of the proposal of this key set, 32 bytes, or empty before it is made. */
    public Bytes proposalId() {
      return said.of(StatementKind.KEYSET_PROPOSAL).stream()
          .filter(own ->
              own.body() instanceof KeysetProposal proposal
                  && proposal.channelKeyHash().equals(channel.hash()))
          .findFirst()
          .map(SignedStatement::id)
          .orElse(Bytes.EMPTY);
    }

    /** The earlier key set is the one that is final. */
    Formed goingBackTo(Bytes proposalId) {
      ProposedKeyset chosen =
          earlier.stream()
              .filter(each -> each.proposalId().equals(proposalId))
              .findFirst()
              .orElseThrow();
      List<SignedStatement> inKeyOrder =
          chosen.cohort().members().stream()
              .map(member -> said.find(member.optInId()).orElseThrow())
              .toList();
      List<ProposedKeyset> before = earlier.subList(0, earlier.indexOf(chosen));
      return new Formed(
          plan, announcement, inKeyOrder, chosen.cohort(), chosen.channel(), said, made, before);
    }
  }

  /** The key-set proposal is being signed. */
  record ProposingKeyset(Formed formed, Instant until) implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new ProposingKeyset(other, until);
    }
  }

  /** The proposal is out; the welcome that hands over the channel key is being signed. */
  record Welcoming(Formed formed, Bytes proposalId, Instant until) implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new Welcoming(other, proposalId, until);
    }
  }

  /** Waits for n acknowledgements of one proposal. */
  record Keying(Formed formed, Bytes proposalId, Instant until) implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new Keying(other, proposalId, until);
    }
  }

  /**
   * Members did not acknowledge in time. The channel key of a proposal without them is being drawn;
   * should they turn up before, the key set stands (N11).
   *
   * @param formed of the proposal that is not complete
   * @param proposalId its id
   * @param optIns of those who acknowledged
   */
  record Shrinking(Formed formed, Bytes proposalId, List<SignedStatement> optIns, Instant until)
      implements InCohort {
    /** Copies the list. */
    public Shrinking {
      optIns = List.copyOf(optIns);
    }

    @Override
    public InCohort with(Formed other) {
      return new Shrinking(other, proposalId, optIns, until);
    }
  }

  /**
   * A successor watches the key set of a leader before it; takes over when it is not complete in
   * time.
   *
   * @param proposalId of that leader
   */
  record Watching(Formed formed, Bytes proposalId, Instant until) implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new Watching(other, proposalId, until);
    }
  }

  /** Waits for a confirmed output of the beacon address. */
  record AwaitingFunding(Formed formed, Instant until) implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new AwaitingFunding(other, until);
    }
  }

  /** Waits for every member's request of round {@code number}, made once it is listed. */
  record AwaitingListing(
      Formed formed, int number, Outpoint outpoint, Transaction funding, Instant until)
      implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new AwaitingListing(other, number, outpoint, funding, until);
    }
  }

  /** The opportunity is being signed. */
  record Opening(Formed formed, Round round, Instant until) implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new Opening(other, round, until);
    }
  }

  /** Waits for n responses. */
  record Collecting(Formed formed, Round round, Instant until) implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new Collecting(other, round, until);
    }
  }

  /**
   * Waits on beyond the first deadline (N20); the extension is being signed or is out.
   *
   * @param waiting Collecting or AwaitingPartials, with the later deadline
   */
  record Extended(InCohort waiting, Extend extend) implements InCohort {
    @Override
    public Instant until() {
      return waiting.until();
    }

    @Override
    public Formed formed() {
      return waiting.formed();
    }

    @Override
    public InCohort with(Formed other) {
      return new Extended(waiting.with(other), extend);
    }
  }

  /** The proposal is being signed. */
  record Proposing(Formed formed, Attempt attempt, Instant until) implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new Proposing(other, attempt, until);
    }
  }

  /** Waits for n partial signatures over one T. */
  record AwaitingPartials(Formed formed, PartialsView partials, Instant until) implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new AwaitingPartials(other, partials, until);
    }

    AwaitingPartials hearing(SignedStatement statement) {
      return new AwaitingPartials(formed, partials.with(statement), until);
    }

    /** What is being signed. */
    public Attempt attempt() {
      return partials.attempt();
    }
  }

  /**
   * Leaf A is proposed: without those who did not answer (N8), or where nobody has a nonce (N7).
   * Waits for k leaf signatures, or for the late answers that open the key path again.
   */
  record ProposedWithout(Formed formed, Attempt attempt, Instant until) implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new ProposedWithout(other, attempt, until);
    }

    /** Slots without an answer, ascending. */
    public List<Integer> missing() {
      return attempt.missing();
    }
  }

  /**
   * Partial signatures are missing or wrong; leaf A is asked for over the same transaction. Waits
   * for k leaf signatures, or for the partial signatures after all.
   */
  record FallingBack(Formed formed, PartialsView partials, Instant until) implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new FallingBack(other, partials, until);
    }

    FallingBack hearing(SignedStatement statement) {
      return new FallingBack(formed, partials.with(statement), until);
    }
  }

  /** The transaction is complete and on its way into a block. */
  record Publishing(Formed formed, Attempt attempt, Spend spend, Instant until)
      implements InCohort {
    @Override
    public InCohort with(Formed other) {
      return new Publishing(other, attempt, spend, until);
    }

    /** The complete transaction. */
    public Transaction transaction() {
      return spend.of(attempt);
    }
  }

  /**
   * The end.
   *
   * @param last the state it ended from
   */
  record Closed(Outcome outcome, CoordinatorState last) implements CoordinatorState {
    @Override
    public Instant until() {
      return Instant.MAX;
    }
  }
}
