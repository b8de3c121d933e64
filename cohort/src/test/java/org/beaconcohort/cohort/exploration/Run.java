package org.beaconcohort.cohort.exploration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.simulation.SimParty;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A plan that was played.
 *
 * @param found what does not hold
 * @param struck faults that made a difference
 * @param outcomes how many parties ended how
 * @param promised whether every round had to be anchored
 * @param reached what the parties came to do besides
 */
record Run(
    Plan plan,
    List<Found> found,
    Set<Fault> struck,
    TreeMap<String, Integer> outcomes,
    boolean promised,
    Set<String> reached) {
  /** More than twice what the deadlines add up to (I6). */
  private static final Duration MOST = Duration.ofHours(4);

  /** Far more than any plan takes; two parties that answer each other for ever take more. */
  private static final int STEPS = 100_000;

  private static final Duration AFTERWARDS = Duration.ofSeconds(40);

  static Run of(Plan plan) {
    return of(plan, Planted.NOTHING);
  }

  static Run of(Plan plan, Planted planted) {
    Stage stage = new Stage(plan, planted);
    try {
      play(stage);
      TreeMap<String, Integer> outcomes = new TreeMap<>();
      for (SimParty<?, ?> party : stage.parties()) {
        outcomes.merge(name(party.outcomes()), 1, Integer::sum);
      }
      return new Run(
          plan,
          Judge.judge(stage),
          stage.struck(),
          outcomes,
          Promise.isMade(stage),
          reached(stage));
    } catch (RuntimeException | AssertionError thrown) {
      StringBuilder where = new StringBuilder();
      for (int i = 0; i < Math.min(12, thrown.getStackTrace().length); i++) {
        where.append("\n      at ").append(thrown.getStackTrace()[i]);
      }
      return new Run(
          plan,
          List.of(new Found("THROWN", thrown + where.toString())),
          stage.struck(),
          new TreeMap<>(),
          false,
          Set.of());
    }
  }

  private static Set<String> reached(Stage stage) {
    Set<String> reached = new TreeSet<>();
    for (SignedStatement said : stage.simulation().network().statements()) {
      switch (said.body().kind()) {
        case PROBE -> reached.add("probe");
        case EXTEND -> reached.add("extension");
        case LEAF_REQUEST -> reached.add("leaf request");
        case KEYSET_PROPOSAL -> by(stage, said.author(), "key set of a ", reached);
        default -> {}
      }
    }
    for (var member : stage.simulation().members()) {
      for (ParticipantFact fact : member.facts()) {
        if (fact instanceof ParticipantFact.EpochEndorsed endorsed) {
          by(stage, endorsed.leader(), "round led by a ", reached);
        }
      }
    }
    for (Transaction spend : stage.simulation().chain().spends()) {
      if (spend.inputs().getFirst().witness().size() > 1) {
        reached.add("anchored by leaf A" + (stage.plan().terms().nonces() ? "" : " of all"));
      }
    }
    return reached;
  }

  private static void by(Stage stage, Bytes key, String what, Set<String> reached) {
    int party = stage.party(key);
    if (party != 0) {
      reached.add(what + (party >= Plan.SUCCESSOR ? "named successor" : "member"));
    }
  }

  private static void play(Stage stage) {
    Simulation simulation = stage.simulation();
    simulation.begin();
    BooleanSupplier end = counting(stage::hasEnded);
    boolean ended = simulation.runUntil(end, MOST);
    if (ended) {
      Instant last = stage.lastFault();
      Instant now = simulation.time().now();
      Duration more =
          AFTERWARDS.plus(last.isAfter(now) ? Duration.between(now, last) : Duration.ZERO);
      boolean unused = simulation.runUntil(counting(() -> false), more);
      // Whoever was put back or twinned after the end has to end once more.
      unused = simulation.runUntil(end, MOST);
    }
  }

  private static BooleanSupplier counting(BooleanSupplier end) {
    AtomicInteger steps = new AtomicInteger();
    return () -> {
      if (steps.incrementAndGet() > STEPS) {
        throw new IllegalStateException("plan must end within " + STEPS + " steps");
      }
      return end.getAsBoolean();
    };
  }

  private static String name(List<Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      return "none";
    }
    Outcome last = outcomes.getLast();
    return last.name() + Judge.code(last).map(code -> " " + code).orElse("");
  }

  /** Whether a rule was broken. */
  boolean breaks(String rule) {
    return found.stream().anyMatch(each -> each.rule().equals(rule));
  }
}
