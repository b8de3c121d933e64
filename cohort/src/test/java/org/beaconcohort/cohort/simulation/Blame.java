package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.evidence.EvidenceOf;
import org.beaconcohort.musig2.bytes.Bytes;

/** What the parties of a simulation can prove against one another. */
public final class Blame {
  private Blame() {}

  /** Everybody's evidence: the coordinator's, then each member's. */
  public static List<Evidence> of(Simulation simulation) {
    List<Evidence> all = new ArrayList<>(byCoordinator(simulation));
    for (int i = 0; i < simulation.members().size(); i++) {
      all.addAll(byMember(simulation, i));
    }
    return all;
  }

  /** What the coordinator can prove. */
  public static List<Evidence> byCoordinator(Simulation simulation) {
    return EvidenceOf.coordinator(simulation.coordinator().state(), SimNotary::read);
  }

  /** What a member can prove. */
  public static List<Evidence> byMember(Simulation simulation, int member) {
    return EvidenceOf.member(simulation.members().get(member).state(), SimNotary::read);
  }

  /** Nobody else's statements prove anything, whatever happened to them. */
  static void requireOnly(Set<Bytes> liars, Simulation simulation, String where) {
    for (Evidence each : of(simulation)) {
      assertTrue(
          liars.contains(each.convicts()), () -> where + ": " + each.verify(SimNotary::read));
    }
  }
}
