package org.beaconcohort.cohort.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.beaconcohort.cohort.check.Evidence;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;

/** Cohorts with a member that breaks a rule, for the checker to find. */
public final class BrokenMembers {
  private BrokenMembers() {}

  /** Its randomness is stuck: every nonce is the same. */
  public static Evidence withOneNonceForEverything(Duration most) {
    Simulation simulation = new Simulation(61, Simulation.terms(2, 2, 0, 2));
    simulation.unchecked();
    simulation.addMemberWith(key -> new CarelessVault(key, CarelessVault.Freshness.NONE));
    simulation.addMember(true);
    simulation.begin();
    boolean unused = simulation.runUntil(() -> false, most);
    return simulation.evidence();
  }

  /** Its claim is written after the signature has left, and the process ends between the two. */
  public static Evidence thatClaimsAfterItSigns(Duration most) {
    Simulation simulation = new Simulation(62, Simulation.terms(2, 2));
    simulation.unchecked();
    var member = simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    boolean signed =
        simulation.runUntil(() -> member.state() instanceof ParticipantState.Signed, most);
    boolean said =
        simulation.runUntil(
            () ->
                simulation.network().statements().stream()
                    .anyMatch(each ->
                        each.body().kind() == StatementKind.PARTIAL_SIGNATURE
                            && each.author().equals(simulation.statementKey(0))),
            most);
    if (!signed || !said) {
      throw new IllegalStateException("member must have signed, it is in " + member.state());
    }
    List<ParticipantFact> facts = member.facts();
    int claim = 0;
    while (!(facts.get(claim) instanceof ParticipantFact.Claimed)) {
      claim++;
    }
    member.loseAllBut(claim);
    boolean unused = simulation.runUntil(() -> false, most);
    return simulation.evidence();
  }

  /** It runs in two copies of one machine, and a leader shows each another transaction. */
  public static Evidence thatSignsTwoTransactions(Duration most) {
    Simulation one = new Simulation(63, Simulation.terms(2, 2), 2_000);
    Simulation other = new Simulation(63, Simulation.terms(2, 2), 3_000);
    for (Simulation simulation : List.of(one, other)) {
      simulation.addMember(true);
      simulation.addMember(true);
      simulation.begin();
      simulation.run(most);
    }
    Evidence first = one.evidence();
    Evidence second = other.evidence();
    return new Evidence(
        concat(first.events(), second.events()),
        Set.of(),
        concat(first.journals(), second.journals()),
        concat(first.transactions(), second.transactions()));
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Its controller makes another update for the version that it has handed out. */
  public static Evidence thatChangesItsMind(Duration most) {
    Simulation simulation = new Simulation(64, Simulation.terms(2, 2, 0, 2));
    simulation.unchecked();
    var member = simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    boolean second =
        simulation.runUntil(
            () -> member.state() instanceof ParticipantState.Ready ready && ready.number() == 2,
            most);
    if (!second) {
      throw new IllegalStateException("member must reach round 2, it is in " + member.state());
    }
    simulation.dids().get(0).forgetUpdate("https://example.net");
    boolean unused = simulation.runUntil(() -> false, most);
    return simulation.evidence();
  }
}
