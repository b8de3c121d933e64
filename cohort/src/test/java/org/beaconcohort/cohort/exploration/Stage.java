package org.beaconcohort.cohort.exploration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.SimChain;
import org.beaconcohort.cohort.simulation.SimJournal.Moment;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.SimParty;
import org.beaconcohort.cohort.simulation.SimSealedNonces;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** A simulation in which a plan's faults happen. */
final class Stage {
  /** A journal was put back: what its party had done, and how many facts were left. */
  record Back(SimParty<?, ?> party, int left, boolean behind) {}

  private final Plan plan;
  private final Simulation simulation;
  private final List<SimParty<?, ?>> parties = new ArrayList<>();
  private final Map<Bytes, Integer> authors = new HashMap<>();
  private final Relaying relaying;
  private final Roundabout hostile;
  private final Set<Fault> struck = new HashSet<>();
  private final Set<SimParty<?, ?>> stopped = new HashSet<>();
  private final List<Back> backs = new ArrayList<>();
  private final LeafWatch leaves = new LeafWatch(this);

  Stage(Plan plan, Planted planted) {
    this.plan = plan;
    List<SecretKey> keys = new ArrayList<>();
    for (int i = 0; i < plan.terms().successors(); i++) {
      keys.add(SecretKey.generate(new SeededRandom(plan.seed() * 10 + i)));
    }
    simulation =
        new Simulation(
            plan.seed(),
            DrawnTerms.of(plan, keys.stream().map(SecretKey::xOnlyPublicKey).toList()),
            2_000,
            planted.doubles());
    simulation.unchecked();
    if (plan.terms().isBelowAll(plan.members())) {
      simulation.agreeToLeafA(plan.terms().leaf());
    }
    List<String> dids = new ArrayList<>();
    parties.add(simulation.coordinator());
    for (int i = 1; i <= plan.members(); i++) {
      boolean updates = Fault.in(plan.updates(), i);
      SimParty<ParticipantState, ParticipantFact> member =
          plan.sealed()
              ? simulation.addSealedMember(updates, new SimSealedNonces())
              : simulation.addMember(updates);
      planted.journal().accept(member);
      parties.add(member);
      dids.add(simulation.dids().get(i - 1).did().text());
      leaves.watch(i, member);
    }
    keys.forEach(key -> parties.add(simulation.standBy(key)));
    for (int i = 0; i < parties.size(); i++) {
      authors.put(key(i), number(i));
    }
    SimNotary.Forger forger = simulation.forger();
    relaying = new Relaying(this, forger, dids);
    hostile = new Roundabout(simulation, forger);
    simulation.network().tamper(relaying::tamper);
    simulation.network().delays(relaying::delay);
    simulation.network().readBack(relaying::readBack);
    simulation.chain().weather(weather());
    for (int i = 0; i < parties.size(); i++) {
      crashes(number(i), parties.get(i));
    }
    plan.faults().forEach(this::schedule);
  }

  private Bytes key(int place) {
    return place == 0 ? simulation.coordinatorKey() : simulation.statementKey(place - 1);
  }

  /** The number that faults have for the party at a place of the list. */
  private int number(int place) {
    return place <= plan.members() ? place : Plan.SUCCESSOR + place - plan.members() - 1;
  }

  /** The party that has this number in faults. */
  SimParty<?, ?> numbered(int party) {
    return parties.get(
        party < Plan.SUCCESSOR ? party : party - Plan.SUCCESSOR + plan.members() + 1);
  }

  Simulation simulation() {
    return simulation;
  }

  Plan plan() {
    return plan;
  }

  /** The coordinator, the members in their order, the named successors in theirs. */
  List<SimParty<?, ?>> parties() {
    return Collections.unmodifiableList(parties);
  }

  /** The number in faults of whoever signs with a key; -1 for nobody here. */
  int party(Bytes key) {
    return authors.getOrDefault(key, -1);
  }

  /** Parties that stopped for ever. */
  Set<SimParty<?, ?>> stopped() {
    return Collections.unmodifiableSet(stopped);
  }

  /** Journals that were put back. */
  List<Back> backs() {
    return Collections.unmodifiableList(backs);
  }

  /** Faults that made a difference; of those at a time all. */
  Set<Fault> struck() {
    return Collections.unmodifiableSet(struck);
  }

  /** Who watches leaf A. */
  LeafWatch leaves() {
    return leaves;
  }

  /** What was published with this id, or told to somebody instead of it. */
  Optional<SignedStatement> said(Bytes id) {
    return Stream.concat(simulation.network().statements().stream(), relaying.lies().stream())
        .filter(said -> said.id().equals(id))
        .findFirst();
  }

  /** Whether relays hold it. */
  boolean isHeard(SignedStatement said) {
    return relaying.isHeard(said);
  }

  /** It made a difference. */
  void strike(Fault fault) {
    struck.add(fault);
  }

  /** Whether it is within so many seconds from then. */
  boolean now(int at, int seconds) {
    long since = Duration.between(Simulation.START, simulation.time().now()).toMillis();
    return since >= at * 1000L && since < (at + seconds) * 1000L;
  }

  /** A hostile coordinator does what it is about to do. */
  void begin(Fault fault) {
    if (fault instanceof Fault.Reproposing) {
      hostile.proposeAgain();
      simulation.time().after(Duration.ofSeconds(1), hostile::proposeAgain);
      return;
    }
    if (fault instanceof Fault.LeavingOut it) {
      simulation.coordinator().crash();
      stopped.add(simulation.coordinator());
      simulation.time().after(Duration.ofSeconds(3), () -> hostile.leaveOut(it.early()));
      return;
    }
    // Whoever swaps the transaction does not publish the first one.
    Optional<Round> round = hostile.openAgain();
    simulation.coordinator().crash();
    stopped.add(simulation.coordinator());
    for (int seconds : new int[] {3, 8}) {
      simulation.time().after(Duration.ofSeconds(seconds), () -> round.ifPresent(hostile::propose));
    }
  }

  private SimChain.Weather weather() {
    return new SimChain.Weather() {
      @Override
      public boolean answers() {
        return fair(fault -> fault instanceof Fault.Outage it && now(it.at(), it.seconds()));
      }

      @Override
      public boolean mines() {
        return fair(fault -> fault instanceof Fault.Stalled it && now(it.at(), it.seconds()));
      }

      @Override
      public boolean takes() {
        return fair(fault -> fault instanceof Fault.Refused it && now(it.at(), it.seconds()));
      }
    };
  }

  private boolean fair(java.util.function.Predicate<Fault> bad) {
    List<Fault> now = plan.faults().stream().filter(bad).toList();
    struck.addAll(now);
    return now.isEmpty();
  }

  private void crashes(int number, SimParty<?, ?> party) {
    party.journal().crash(append -> crash(number, party, Fault.Step.APPEND, append));
    party.crashSending(
        sending -> crash(number, party, Fault.Step.SEND, sending), Duration.ofSeconds(1));
  }

  private Moment crash(int number, SimParty<?, ?> party, Fault.Step step, int count) {
    for (Fault fault : plan.faults()) {
      switch (fault) {
        case Fault.Crash it
            when it.party() == number && it.step() == step && it.count() == count -> {
          struck.add(fault);
          party.downFor(Duration.ofSeconds(it.down()));
          return moment(it.when());
        }
        case Fault.Stop it
            when it.party() == number && it.step() == step && it.count() == count -> {
          struck.add(fault);
          stopped.add(party);
          party.stopAtNextCrash();
          return moment(it.when());
        }
        default -> {}
      }
    }
    return Moment.NEVER;
  }

  private static Moment moment(Fault.When when) {
    return when == Fault.When.BEFORE ? Moment.BEFORE : Moment.AFTER;
  }

  private void schedule(Fault fault) {
    switch (fault) {
      case Fault.Late it -> {
        numbered(it.party()).crash();
        at(
            fault,
            it.seconds(),
            () -> {
              if (!numbered(it.party()).isRunning()) {
                numbered(it.party()).comeBack();
              }
            });
      }
      case Fault.Reorg it -> at(fault, it.at(), () -> simulation.chain().reorganise(it.blocks()));
      case Fault.Jump it ->
          at(
              fault,
              it.at(),
              () -> numbered(it.party()).accept(new Input.ClockJumped(it.seconds())));
      case Fault.Replaying it -> at(fault, it.at(), () -> simulation.network().replay(1));
      case Fault.Flooding it ->
          at(
              fault,
              it.at(),
              () -> hostile.flood(simulation.statementKey(it.party() - 1), it.count()));
      case Fault.Twin it -> at(fault, it.at(), () -> twin(it));
      case Fault.PutBack it -> at(fault, it.at(), () -> putBack(it));
      default -> {}
    }
  }

  private void at(Fault fault, int seconds, Runnable work) {
    simulation
        .time()
        .after(
            Duration.ofSeconds(seconds),
            () -> {
              struck.add(fault);
              work.run();
            });
  }

  /** One process has the folder of sealed nonces (R9), so there is no twin then. */
  private void twin(Fault.Twin it) {
    if (plan.sealed()) {
      return;
    }
    var member = simulation.members().get(it.party() - 1);
    var twin = simulation.twin(it.party() - 1);
    if (it.copied()) {
      twin.beginWith(member.facts());
    } else {
      twin.begin();
    }
  }

  private void putBack(Fault.PutBack it) {
    SimParty<?, ?> party = numbered(it.party());
    List<?> facts = party.facts();
    int left = party.journal().wholeAppends(facts.size() * it.percent() / 100);
    if (!party.isRunning() || left == 0 || left == facts.size()) {
      return;
    }
    boolean behind =
        facts.subList(left, facts.size()).stream().anyMatch(fact -> saidInCohort(fact));
    backs.add(new Back(party, left, behind && left > 0));
    party.restore(left);
  }

  /** An own statement that relays keep for whoever knows the channel. */
  private static boolean saidInCohort(Object fact) {
    SignedStatement said =
        switch (fact) {
          case ParticipantFact.Made made -> made.statement();
          case CoordinatorFact.Made made -> made.statement();
          default -> null;
        };
    return said != null
        && said.body().kind() != StatementKind.OPT_IN
        && said.body().kind() != StatementKind.ALIVE;
  }

  /** Whether everybody who can end has ended. */
  boolean hasEnded() {
    for (SimParty<?, ?> party : parties) {
      if ((!stopped.contains(party) && !over(party.state())) || !settled(party)) {
        return false;
      }
    }
    return true;
  }

  private boolean settled(SimParty<?, ?> party) {
    return party.isRunning() || stopped.contains(party);
  }

  static boolean over(Object state) {
    return state instanceof CoordinatorState.Closed
        || state instanceof CoordinatorState.RolledBack
        || state instanceof ParticipantState.Closed
        || state instanceof ParticipantState.RolledBack;
  }

  /** When the last fault that has a time is over. */
  Instant lastFault() {
    int last = 0;
    for (Fault fault : plan.faults()) {
      last =
          Math.max(
              last,
              switch (fault) {
                case Fault.Partition it -> it.at() + it.seconds();
                case Fault.Replaying it -> it.at();
                case Fault.Flooding it -> it.at();
                case Fault.Twin it -> it.at();
                case Fault.PutBack it -> it.at();
                case Fault.Reorg it -> it.at();
                case Fault.Late it -> it.seconds();
                default -> 0;
              });
    }
    return Simulation.START.plusSeconds(last);
  }
}
