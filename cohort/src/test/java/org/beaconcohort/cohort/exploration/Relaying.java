package org.beaconcohort.cohort.exploration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.port.Transport.StoredStatements;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;

/** What becomes of statements between their authors and whoever is to hear them. */
final class Relaying {
  private final Stage stage;
  private final Simulation simulation;
  private final SimNotary.Forger forger;
  private final List<String> dids;
  private final Map<Object, SignedStatement> lies = new HashMap<>();
  private final int[] arrivals = new int[Plan.SUCCESSOR + DrawnTerms.MOST_SUCCESSORS];
  private final Set<Integer> mute = new HashSet<>();
  private final Set<Fault> moved = new HashSet<>();
  private final Set<Bytes> unheard = new HashSet<>();

  Relaying(Stage stage, SimNotary.Forger forger, List<String> dids) {
    this.stage = stage;
    this.simulation = stage.simulation();
    this.forger = forger;
    this.dids = List.copyOf(dids);
  }

  /** What was told to somebody instead of what was said. */
  Collection<SignedStatement> lies() {
    return Collections.unmodifiableCollection(lies.values());
  }

  /** Whether relays hold it. */
  boolean isHeard(SignedStatement said) {
    return !unheard.contains(said.id());
  }

  private static int named(String receiver) {
    if (receiver.startsWith("coordinator")) {
      return 0;
    }
    int place = Integer.parseInt(receiver.substring(receiver.lastIndexOf('-') + 1));
    return place + (receiver.startsWith("successor") ? Plan.SUCCESSOR : 1);
  }

  /** What arrives in the place of what was said. */
  List<SignedStatement> tamper(String receiver, SignedStatement said) {
    int to = named(receiver);
    int from = stage.party(said.author());
    stage.leaves().published(said);
    List<SignedStatement> arriving = new ArrayList<>(List.of(said));
    if (from != to && from >= 0) {
      for (Fault fault : stage.plan().faults()) {
        hostile(fault, from, to, said, arriving);
      }
    }
    // What somebody hears of its own is no message of the network's; a liar knows its lies.
    if (from == to) {
      return simulation.forged().contains(said.id()) ? List.of() : arriving;
    }
    arrivals[to]++;
    for (Fault fault : stage.plan().faults()) {
      switch (fault) {
        case Fault.Lost it when hits(it.party(), it.first(), it.count(), to) -> {
          stage.strike(fault);
          arriving.clear();
        }
        case Fault.Repeated it when hits(it.party(), it.first(), it.count(), to) -> {
          stage.strike(fault);
          arriving.addAll(List.copyOf(arriving));
          arriving.addAll(List.copyOf(arriving));
        }
        default -> {}
      }
    }
    return arriving;
  }

  private boolean hits(int party, int first, int count, int to) {
    return party == to && arrivals[to] >= first && arrivals[to] < first + count;
  }

  private void hostile(
      Fault fault, int from, int to, SignedStatement said, List<SignedStatement> arriving) {
    switch (fault) {
      case Fault.Silent it when it.party() == from -> {
        if (said.body().kind() == it.kind()) {
          mute.add(from);
        }
        if (mute.contains(from)) {
          stage.strike(fault);
          unheard.add(said.id());
          arriving.clear();
        }
      }
      case Fault.Lying it when it.party() == from && Fault.in(it.set(), to) ->
          lie(fault, it.lie(), said)
              .ifPresent(other -> {
                if (arriving.remove(said)) {
                  arriving.add(other);
                }
              });
      case Fault.Equivocating it when it.party() == from && Fault.in(it.set(), to) ->
          lie(fault, it.lie(), said).ifPresent(arriving::add);
      case Fault.Swapping it -> move(fault, it.after(), said);
      case Fault.Reproposing it -> move(fault, it.after(), said);
      case Fault.LeavingOut it -> move(fault, StatementKind.RESPONSE, said);
      default -> {}
    }
  }

  private record Told(Fault fault, Bytes id) {}

  private Optional<SignedStatement> lie(Fault fault, Lie lie, SignedStatement said) {
    // Whoever answers a Sync passes on what it was told: that is no new word to lie about.
    if (lies.containsValue(said)) {
      return Optional.empty();
    }
    Told told = new Told(fault, said.id());
    if (!lies.containsKey(told)) {
      lie.instead(said.body(), simulation.network().statements(), dids)
          .filter(other -> !other.equals(said.body()))
          .ifPresent(other -> lies.put(told, forger.again(said, other)));
    }
    if (lies.containsKey(told)) {
      stage.strike(fault);
    }
    return Optional.ofNullable(lies.get(told));
  }

  private void move(Fault fault, StatementKind after, SignedStatement said) {
    if (said.body().kind() == after && moved.add(fault)) {
      stage.strike(fault);
      // Whoever leaves somebody out does so before it proposes what everybody has answered.
      int millis = fault instanceof Fault.LeavingOut ? 1 : 500;
      simulation.time().after(Duration.ofMillis(millis), () -> stage.begin(fault));
    }
  }

  /** How much later it arrives. */
  Duration delay(String receiver, SignedStatement said) {
    int to = named(receiver);
    int from = stage.party(said.author());
    Duration longest = Duration.ZERO;
    if (from == to) {
      return longest;
    }
    for (Fault fault : stage.plan().faults()) {
      long millis =
          switch (fault) {
            case Fault.Delayed it when hits(it.party(), it.first(), it.count(), to) ->
                it.seconds() * 1000L;
            case Fault.Reversed it when hits(it.party(), it.first(), it.count(), to) ->
                (it.first() + it.count() - arrivals[to]) * 1000L;
            case Fault.Partition it
                when stage.now(it.at(), it.seconds())
                    && Fault.in(it.set(), from) != Fault.in(it.set(), to) ->
                Duration.between(
                        simulation.time().now(),
                        Simulation.START.plusSeconds(it.at() + it.seconds()))
                    .toMillis();
            default -> 0;
          };
      if (millis > 0) {
        stage.strike(fault);
      }
      longest = millis > longest.toMillis() ? Duration.ofMillis(millis) : longest;
    }
    return longest;
  }

  /** Relays hold what was said, not what somebody says it to be; of a liar's they hold the lie. */
  StoredStatements readBack(String name, StoredStatements all) {
    int party = named(name);
    List<SignedStatement> found = new ArrayList<>();
    for (SignedStatement said : all.statements()) {
      int author = stage.party(said.author());
      boolean own = author == party;
      boolean shown = !unheard.contains(said.id());
      SignedStatement held = said;
      for (Fault fault : stage.plan().faults()) {
        if (fault instanceof Fault.Lying it && it.party() == author && Fault.in(it.set(), party)) {
          held = lies.getOrDefault(new Told(fault, said.id()), held);
        }
        if (fault instanceof Fault.Withheld it
            && it.party() == party
            && it.author() == author
            && stage.now(it.at(), it.seconds())) {
          stage.strike(fault);
          shown = false;
        }
      }
      if (own && !simulation.forged().contains(said.id())) {
        found.add(said);
      } else if (!own && shown) {
        found.add(held);
      }
    }
    for (Fault fault : stage.plan().faults()) {
      if (fault instanceof Fault.Forgotten it
          && it.party() == party
          && stage.now(it.at(), it.seconds())) {
        stage.strike(fault);
        return new StoredStatements(it.at() % 2 == 0, found, Set.of());
      }
    }
    return new StoredStatements(all.quorum(), found, all.onQuorum());
  }
}
