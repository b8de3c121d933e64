package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.LeafA;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.LeafPolicy;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.musig2.bytes.Bytes;

/** Cohorts with leaf A: whoever is in them was invited and has agreed. */
public final class LeafCohorts {
  static final Duration TWO_DAYS = Duration.ofDays(2);

  private LeafCohorts() {}

  /** Members of whom n − 1 may sign by leaf A; it has begun. Member 1 has no update. */
  static Simulation cohort(long seed, int members, int rounds) {
    return cohort(seed, members, rounds, SimDoubles.NONE);
  }

  /** As above, with doubles. */
  static Simulation cohort(long seed, int members, int rounds, SimDoubles doubles) {
    CohortTerms plain = Simulation.terms(members, members, 0, rounds);
    Simulation simulation = new Simulation(seed, inviting(plain, seed, members), 2_000, doubles);
    simulation.agreeToLeafA(members - 1);
    for (int i = 0; i < members; i++) {
      simulation.addMember(i != 1);
    }
    simulation.begin();
    return simulation;
  }

  /** As above, and the last member's partial signatures are wrong. */
  static Simulation crooked(long seed, int members) {
    CohortTerms plain = Simulation.terms(members, members);
    Simulation simulation = new Simulation(seed, inviting(plain, seed, members, i -> true), 2_000);
    simulation.agreeToLeafA(members - 1);
    for (int i = 0; i + 1 < members; i++) {
      simulation.addMember(true);
    }
    simulation.addMemberWith(key -> new CrookedVault(key, new SeededRandom(seed)));
    // The checker finds that signature wherever it looks.
    simulation.unchecked();
    simulation.begin();
    return simulation;
  }

  /** The terms with leaf A for the members that a simulation of this seed adds first. */
  static CohortTerms inviting(CohortTerms terms, long seed, int members) {
    return inviting(terms, seed, members, i -> i != 1);
  }

  /** As above, with those members' updates. */
  public static CohortTerms inviting(
      CohortTerms terms, long seed, int members, IntPredicate updates) {
    Simulation draft = new Simulation(seed, terms);
    List<Bytes> invited = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      draft.addMember(updates.test(i));
      invited.add(Registration.indexOf(draft.dids().get(i).did().text()));
    }
    return terms.withLeaf(LeafA.THRESHOLD, ResponseOrder.NONCES_FIRST, new LeafPolicy(0, invited));
  }

  /** Signals of the cohort on the chain, in their order. */
  static List<Transaction> beacons(Simulation simulation) {
    return simulation.chain().spends().stream()
        .filter(spend -> spend.outputs().getFirst().value() > 20_000)
        .toList();
  }

  /** The one that is spent by leaf A. */
  static Transaction byLeaf(Simulation simulation, String where) {
    List<Transaction> beacons = beacons(simulation);
    assertEquals(1, beacons.size(), where + ": beacon transactions");
    assertTrue(
        beacons.getFirst().inputs().getFirst().witness().size() > 1, where + ": spent by leaf A");
    return beacons.getFirst();
  }

  static boolean closed(Simulation simulation, int... members) {
    for (int member : members) {
      if (!(simulation.members().get(member).state() instanceof ParticipantState.Closed)) {
        return false;
      }
    }
    return true;
  }
}
