package org.beaconcohort.cohort.exploration;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.leaf.LeafView;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.RoundStatement;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.participant.Joined;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Attempts;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/** What a hostile party says on the channel besides what its machine says, with its own key. */
final class Roundabout {
  private static final long MORE_FEE = 50;

  private final Simulation simulation;
  private final SimNotary.Forger forger;
  private int said;

  Roundabout(Simulation simulation, SimNotary.Forger forger) {
    this.simulation = simulation;
    this.forger = forger;
  }

  /** What any member knows of the cohort. */
  Optional<Joined> joined() {
    return simulation.members().stream()
        .flatMap(member -> joined(member.state()).stream())
        .findFirst();
  }

  static Optional<Joined> joined(ParticipantState state) {
    return switch (state) {
      case ParticipantState.InCohort inCohort -> Optional.of(inCohort.joined());
      case ParticipantState.Closed closed -> joined(closed.last());
      case ParticipantState.RolledBack halted -> joined(halted.before());
      default -> Optional.empty();
    };
  }

  private List<SignedStatement> by(Bytes author) {
    return simulation.network().statements().stream()
        .filter(each -> each.author().equals(author))
        .toList();
  }

  private Optional<SignedStatement> last(Bytes author, Class<? extends Statement> kind) {
    return by(author).stream()
        .filter(each -> kind.isInstance(each.body()))
        .reduce((first, second) -> second);
  }

  private void say(SignedStatement like, Joined joined, Bytes roundId, Statement body, int round) {
    Header header = like.header();
    Header next =
        new Header(
            joined.cohort().id(),
            roundId,
            header.instance(),
            header.seq() + 1_000 + said++,
            like.id(),
            header.epoch());
    simulation
        .network()
        .inject(forger.instead(like, next, body), new Recipient.Channel(joined.channel(), round));
  }

  /** Opens the coordinator's newest round again, with another fee; nothing if there is none. */
  Optional<Round> openAgain() {
    Optional<Joined> joined = joined();
    Optional<SignedStatement> opened = last(simulation.coordinatorKey(), Opportunity.class);
    if (joined.isEmpty()
        || opened.isEmpty()
        || !(opened.get().body() instanceof Opportunity first)) {
      return Optional.empty();
    }
    Opportunity other =
        Round.opportunity(
            joined.get().cohort(),
            first.number(),
            first.outpoint(),
            Transaction.parse(first.fundingTransaction()),
            first.fee() + MORE_FEE);
    Round round = new Round(joined.get().cohort(), other);
    say(opened.get(), joined.get(), round.id(), other, first.number());
    return Optional.of(round);
  }

  /** Proposes the first attempt of a round if everyone has answered it. */
  void propose(Round round) {
    StatementSet all = StatementSet.EMPTY;
    for (SignedStatement each : simulation.network().statements()) {
      all = all.with(each);
    }
    Optional<SignedStatement> like = last(simulation.coordinatorKey(), Opportunity.class);
    Optional<Attempt> attempt = Attempts.first(round, all);
    if (attempt.isPresent() && like.isPresent()) {
      say(
          like.get(),
          joined().orElseThrow(),
          round.id(),
          attempt.get().proposal(),
          round.opportunity().number());
    }
  }

  /** Proposes the coordinator's newest attempt again, as if it were the next one (N4). */
  void proposeAgain() {
    Optional<Joined> joined = joined();
    Optional<SignedStatement> like = last(simulation.coordinatorKey(), Proposal.class);
    if (joined.isEmpty() || like.isEmpty() || !(like.get().body() instanceof Proposal first)) {
      return;
    }
    Bytes roundId = like.get().header().roundId();
    Optional<Round> round =
        simulation.network().statements().stream()
            .filter(each -> each.header().roundId().equals(roundId))
            .filter(each -> each.body() instanceof Opportunity)
            .map(each -> new Round(joined.get().cohort(), (Opportunity) each.body()))
            .findFirst();
    if (round.isEmpty()) {
      return;
    }
    // A lie that somebody was told stands in no list of what was published.
    if (statements(first.responses()).size() + statements(first.nonces()).size()
        < 2 * joined.get().cohort().size()) {
      return;
    }
    Attempt before =
        new Attempt(
            round.get(),
            first.counter(),
            first.parent(),
            first.reason(),
            first.path(),
            statements(first.responses()),
            statements(first.nonces()));
    Attempt next = before.next(before.nonceCarriers());
    say(like.get(), joined.get(), roundId, next.proposal(), round.get().opportunity().number());
  }

  /**
   * Asks for leaf A of the newest round without a member that has answered; {@code early}, with
   * fewer answers than k.
   */
  void leaveOut(boolean early) {
    Optional<Joined> joined = joined();
    Optional<SignedStatement> opened = last(simulation.coordinatorKey(), Opportunity.class);
    if (joined.isEmpty() || opened.isEmpty() || !(opened.get().body() instanceof Opportunity it)) {
      return;
    }
    Cohort cohort = joined.get().cohort();
    Round round = new Round(cohort, it);
    StatementSet all = StatementSet.EMPTY;
    for (SignedStatement each : simulation.network().statements()) {
      all = all.with(each);
    }
    Optional<Attempt> full = Attempts.byLeaf(round, all);
    int k = cohort.terms().threshold(cohort.size());
    if (full.isEmpty() || (full.get().responses().size() == k && !early)) {
      return;
    }
    Attempt attempt = Attempt.byLeaf(round, full.get().responses().subList(0, early ? k - 1 : k));
    for (Statement body : List.of(LeafView.bundle(attempt), attempt.proposal())) {
      say(opened.get(), joined.get(), round.id(), body, it.number());
    }
  }

  private List<SignedStatement> statements(List<Bytes> ids) {
    List<SignedStatement> all = simulation.network().statements();
    return ids.stream()
        .flatMap(id -> all.stream().filter(each -> each.id().equals(id)).limit(1))
        .toList();
  }

  /** Says {@code count} useless things in a member's name. */
  void flood(Bytes author, int count) {
    Optional<Joined> joined = joined();
    List<SignedStatement> own = by(author);
    if (joined.isEmpty() || own.isEmpty()) {
      return;
    }
    SignedStatement like = own.getLast();
    Bytes nothing = Bytes.of(new byte[32]);
    Optional<SignedStatement> opened =
        simulation.network().statements().stream()
            .filter(each -> each.body() instanceof Opportunity)
            .reduce((first, second) -> second);
    for (int i = 0; i < count; i++) {
      Bytes round = opened.map(each -> each.header().roundId()).orElse(nothing);
      switch (i % 5) {
        case 0 -> say(like, joined.get(), Bytes.EMPTY, new Statement.KeysetAck(nothing), 0);
        case 1 -> say(like, joined.get(), Bytes.EMPTY, new RoundStatement.RoundRequest(7 + i), 1);
        case 2 ->
            say(
                like,
                joined.get(),
                round,
                new RoundStatement.Final(nothing, nothing, Bytes.of(new byte[64])),
                1);
        case 3 -> say(like, joined.get(), round, new RoundStatement.EpochClaim(nothing), 1);
        default -> {
          // The leader's own words in another's mouth.
          if (opened.isPresent()) {
            say(like, joined.get(), round, opened.get().body(), 1);
          }
        }
      }
    }
  }
}
