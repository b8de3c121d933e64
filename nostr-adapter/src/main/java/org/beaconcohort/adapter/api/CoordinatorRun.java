package org.beaconcohort.adapter.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.beaconcohort.adapter.nostr.profile.NostrNotary;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.CoordinatorNews;
import org.beaconcohort.adapter.progress.ProgressListener;
import org.beaconcohort.adapter.progress.RollCallNews;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.coordinator.Admission;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorMachine;
import org.beaconcohort.cohort.coordinator.CoordinatorPlan;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.coordinator.StandbyPlan;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.evidence.EvidenceOf;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.reliability.ReliabilityEvent;
import org.beaconcohort.cohort.runtime.CohortDriver;
import org.beaconcohort.cohort.runtime.Performer;
import org.beaconcohort.cohort.runtime.Ports;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * One cohort, led from announcement to its last anchored round, on a thread of its own. With a
 * durable journal it goes on in another process, started with the same identity, identifier and
 * terms.
 */
public final class CoordinatorRun implements AutoCloseable {
  private final Party party;
  private final Performer performer;
  private final Bytes identity;
  private final RollCallNews rollCall;

  private CoordinatorRun(Party party, Performer performer, Bytes identity, RollCallNews rollCall) {
    this.party = party;
    this.performer = performer;
    this.identity = identity;
    this.rollCall = rollCall;
  }

  /**
   * Announces a cohort and leads it.
   *
   * @param identity signs the announcement and all statements; stays the caller's to destroy
   * @param identifier the announcement's {@code d} tag, 1 to 64 printable characters
   * @param feeRate wanted for the rounds, sat/kvB; kept within the terms' corridor
   * @throws UnsupportedTermsException if this version cannot run such a cohort
   * @throws MainnetNotAllowedException for mainnet without {@link Outside#allowingMainnet}
   * @throws org.beaconcohort.adapter.host.NotDurableException if journals are in memory, for any
   *     network but regtest
   */
  public static CoordinatorRun start(
      Outside outside,
      SecretKey identity,
      String identifier,
      CohortTerms terms,
      long feeRate,
      ProgressListener listener) {
    return start(outside, identity, identifier, terms, feeRate, Bytes.EMPTY, listener);
  }

  /**
   * As above, for a cohort that follows another.
   *
   * @param succeeds id of that cohort, 32 bytes, or empty for none
   */
  public static CoordinatorRun start(
      Outside outside,
      SecretKey identity,
      String identifier,
      CohortTerms terms,
      long feeRate,
      Bytes succeeds,
      ProgressListener listener) {
    return start(
        outside, identity, identifier, terms, feeRate, succeeds, Admission.EVERYBODY, listener);
  }

  /**
   * The same, where some get no seat and some are taken last; see {@link
   * org.beaconcohort.cohort.reliability.Reliability#admission}.
   */
  public static CoordinatorRun start(
      Outside outside,
      SecretKey identity,
      String identifier,
      CohortTerms terms,
      long feeRate,
      Bytes succeeds,
      Admission admission,
      ProgressListener listener) {
    outside.require(terms.network());
    Optional<Violation> unsupported = JoinPolicy.supported(terms);
    if (unsupported.isPresent()) {
      throw new UnsupportedTermsException(unsupported.get());
    }
    CoordinatorPlan plan =
        new CoordinatorPlan(
            identity.xOnlyPublicKey(), identifier, terms, feeRate, succeeds, admission);
    return run(
        "coordinator " + identifier,
        outside,
        identity,
        new CoordinatorMachine(plan),
        () -> {
          Journals.Kept<CoordinatorFact> kept = outside.journals().ofCoordinator(plan);
          requireSameTerms(kept.journal().replay(), terms);
          return kept;
        },
        performer -> {},
        List.of(new Input.Begin()),
        listener);
  }

  /**
   * Stands by for another's cohort whose terms name this identity as a successor: keeps the opt-ins
   * that come to it too, forms the cohort if nobody before it in the terms does in time, and leads
   * its rounds after them.
   *
   * @param identity named in the terms; stays the caller's to destroy
   * @param coordinator x-only key that announces, 32 bytes
   * @param identifier the announcement's {@code d} tag
   * @param network that the terms must be for
   * @param feeRate as above
   * @throws MainnetNotAllowedException as above
   * @throws org.beaconcohort.adapter.host.NotDurableException as above
   */
  public static CoordinatorRun standBy(
      Outside outside,
      SecretKey identity,
      Bytes coordinator,
      String identifier,
      Network network,
      long feeRate,
      ProgressListener listener) {
    outside.require(network);
    StandbyPlan plan =
        new StandbyPlan(identity.xOnlyPublicKey(), coordinator, identifier, network, feeRate);
    return run(
        "successor " + identifier,
        outside,
        identity,
        new CoordinatorMachine(plan),
        () -> outside.journals().ofStandby(plan),
        performer -> performer.listenToAnnouncements(coordinator, identifier),
        List.of(),
        listener);
  }

  private static CoordinatorRun run(
      String name,
      Outside outside,
      SecretKey identity,
      CoordinatorMachine machine,
      Supplier<Journals.Kept<CoordinatorFact>> journals,
      Consumer<Performer> listening,
      List<Input> atFirst,
      ProgressListener listener) {
    Party party = new Party(name, outside, identity, listener);
    Ports ports =
        new Ports(
            party.transport(),
            new NostrNotary(identity, party.host()::now, outside.random()),
            outside.chain(),
            party.host(),
            Party.instance(outside),
            outside.random(),
            outside.pollEvery());
    Performer performer = Performer.forCoordinator(ports, party.host()::deliver, party);
    RollCallNews rollCall = new RollCallNews(machine, party.host()::now);
    CoordinatorRun run = new CoordinatorRun(party, performer, identity.xOnlyPublicKey(), rollCall);
    try {
      Journals.Kept<CoordinatorFact> kept = journals.get();
      List<CoordinatorFact> facts = kept.journal().replay();
      CoordinatorNews news = new CoordinatorNews(party);
      Restart.requireClockNotBehind(Restart.newestOfCoordinator(facts), party.host().now());
      news.recall(machine, facts);
      rollCall.recall(facts);
      performer.listenToInbox();
      listening.accept(performer);
      CohortDriver<CoordinatorState, CoordinatorFact> driver =
          new CohortDriver<>(
              machine,
              kept.journal(),
              facts,
              performer,
              (input, verdict, before, after) -> {
                rollCall.stepped(input, verdict, before, after);
                news.stepped(input, verdict, before, after);
              });
      boolean givenUp = driver.state() instanceof CoordinatorState.RolledBack && !kept.halted();
      party.start(driver, first(facts, givenUp, atFirst), kept::finished);
      kept.whenLost(party.host()::stop);
    } catch (RuntimeException refused) {
      run.close();
      throw refused;
    }
    return run;
  }

  /** The terms that an unfinished coordination announced; none if it announced nothing yet. */
  public static Optional<CohortTerms> announcedTerms(
      Outside outside, SecretKey identity, String identifier, CohortTerms asIf) {
    CoordinatorPlan plan =
        new CoordinatorPlan(identity.xOnlyPublicKey(), identifier, asIf, asIf.fees().minRate());
    return announced(outside.journals().ofCoordinator(plan).journal().replay());
  }

  private static Optional<CohortTerms> announced(List<CoordinatorFact> facts) {
    for (CoordinatorFact fact : facts) {
      if (fact instanceof CoordinatorFact.Made made
          && made.statement().body() instanceof Statement.Announcement announcement) {
        return Optional.of(announcement.terms());
      }
    }
    return Optional.empty();
  }

  private static void requireSameTerms(List<CoordinatorFact> facts, CohortTerms terms) {
    Optional<CohortTerms> before = announced(facts);
    if (before.isPresent() && !before.get().hash().equals(terms.hash())) {
      throw new IllegalArgumentException(
          "terms must be those that were announced, with hash "
              + before.get().hash()
              + ", got "
              + terms.hash()
              + "; go on with the same terms, or announce under another identifier");
    }
  }

  private static List<Input> first(
      List<CoordinatorFact> facts, boolean givenUp, List<Input> atFirst) {
    if (givenUp) {
      return List.of(new Input.GivenUp());
    }
    return facts.isEmpty() ? atFirst : List.of();
  }

  /** The x-only key that members follow, 32 bytes. */
  public Bytes identity() {
    return identity;
  }

  /** How it ended; {@code CohortStoppedException} if it was stopped before. */
  public CompletableFuture<Outcome> outcome() {
    return party.outcome();
  }

  /** The newest round with a final signature. */
  public Optional<CompletedRound> lastRound() {
    return party.lastRound();
  }

  /**
   * What shows this cohort to the one it follows; empty until all its members have acknowledged it,
   * and if it follows none.
   */
  public Optional<Succession> succession() {
    return succession(party.host().quiet().state());
  }

  private static Optional<Succession> succession(@Nullable Object state) {
    return switch (state) {
      case CoordinatorState.InCohort inCohort -> inCohort.formed().succession();
      case CoordinatorState.Closed closed -> succession(closed.last());
      case null, default -> Optional.empty();
    };
  }

  /**
   * Says in this cohort which one follows it, as soon as {@code next} shows that; asked again and
   * again until then, and once more after a restart.
   */
  public void followedBy(Supplier<Optional<Succession>> next) {
    party.followedBy(next);
  }

  /**
   * Proofs of members' faults in what this coordinator has seen so far, for a party that has
   * nothing else; most complete once the outcome is there. Silence has none.
   */
  public List<Evidence> evidence() {
    return party.host().quiet().state() instanceof CoordinatorState state
        ? EvidenceOf.coordinator(state, new NostrStatementReader())
        : List.of();
  }

  /**
   * What is to be remembered of members so far: who answered and who was silent; {@link #evidence}
   * goes beside it. The same events come again after a restart.
   */
  public List<ReliabilityEvent> attendance() {
    return rollCall.events();
  }

  /** Leaves; after the outcome this only ends answers to those who come too late. */
  @Override
  public void close() {
    party.close(performer);
  }
}
