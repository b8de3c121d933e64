package org.beaconcohort.cohort.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.beaconcohort.cohort.coordinator.Admission;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a coordinator's facts say of each member. */
final class RollCallTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private static Simulation ofThree(int rounds) {
    Simulation simulation = new Simulation(81, Simulation.terms(3, 3, 0, rounds));
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    return simulation;
  }

  private static Reliability seen(Simulation simulation) {
    Reliability reliability = Reliability.EMPTY;
    for (ReliabilityEvent event : Seen.by(simulation).events()) {
      reliability = reliability.with(event);
    }
    return reliability;
  }

  @Test
  void everyCompletedRoundCountsForEverybodyWithItsTimes() {
    Simulation simulation = ofThree(2);
    simulation.run(TWO_DAYS);
    Reliability reliability = seen(simulation);
    assertEquals(3, reliability.members().size());
    for (MemberRecord member : reliability.members()) {
      assertEquals(2, member.completed(), member.toString());
      assertEquals(2, member.rounds());
      assertTrue(member.usual().isPresent(), "timed");
    }
  }

  static List<Arguments> silences() {
    return List.of(
        Arguments.of(ParticipantState.Verifying.class, Duty.ACKNOWLEDGEMENT),
        Arguments.of(ParticipantState.Ready.class, Duty.RESPONSE),
        Arguments.of(ParticipantState.Claimed.class, Duty.PARTIAL_SIGNATURE));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void aMemberThatStopsWasSilentAtWhatItOwed(Class<?> state, Duty duty) {
    Simulation simulation = ofThree(1);
    var stopped = simulation.members().get(1);
    assertTrue(simulation.runUntil(() -> state.isInstance(stopped.state()), TWO_DAYS));
    stopped.crash();
    simulation.run(TWO_DAYS);
    Reliability reliability = seen(simulation);
    for (int i = 0; i < 3; i++) {
      MemberRecord member = reliability.of(simulation.dids().get(i).did().text());
      assertEquals(i == 1 ? Map.of(duty, 1) : Map.of(), member.silent(), member.toString());
      assertEquals(i == 1, member.parked());
      assertEquals(i == 1 ? 0 : 1, member.answered() + member.completed());
      assertFalse(member.banned());
    }
  }

  @Test
  void whoeverIsLeftOutOfAShrunkKeySetWasSilentAndTheOthersComplete() {
    Simulation simulation = new Simulation(82, Simulation.terms(2, 3));
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    var stopped = simulation.members().get(1);
    assertTrue(
        simulation.runUntil(() -> stopped.state() instanceof ParticipantState.Verifying, TWO_DAYS));
    stopped.crash();
    simulation.run(TWO_DAYS);
    Reliability reliability = seen(simulation);
    assertEquals(
        Map.of(Duty.ACKNOWLEDGEMENT, 1),
        reliability.of(simulation.dids().get(1).did().text()).silent());
    assertEquals(1, reliability.of(simulation.dids().get(0).did().text()).completed());
    assertEquals(1, reliability.of(simulation.dids().get(2).did().text()).completed());
  }

  @Test
  void whoWaitedForASeatIsNotParkedAnyMore() {
    String did = ofThree(1).dids().getFirst().did().text();
    Simulation simulation =
        new Simulation(81, Simulation.terms(2, 3), new Admission(Set.of(), Set.of(did)));
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    simulation.run(TWO_DAYS);
    Reliability before =
        Reliability.EMPTY.with(
            Seen.round(
                900, false, Seen.present(1, "did:btcr2:ann"), Seen.silent(2, did, Duty.RESPONSE)));
    assertTrue(before.of(did).parked());
    Reliability after = before;
    for (ReliabilityEvent event : Seen.by(simulation).events()) {
      after = after.with(event);
    }
    assertFalse(after.of(did).parked());
    assertEquals(1, after.of(did).completed());
  }
}
