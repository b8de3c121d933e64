package org.beaconcohort.cohort.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.CarelessVault;
import org.beaconcohort.cohort.simulation.CarelessVault.Freshness;
import org.beaconcohort.cohort.simulation.OtherDid;
import org.beaconcohort.cohort.simulation.SimDid;
import org.beaconcohort.cohort.simulation.SimDoubles;
import org.beaconcohort.musig2.engine.RememberingEngine;
import org.junit.jupiter.api.Test;

/** Bugs that are put in on purpose: exploration finds each, and finds nothing without it. */
final class PlantedBugsTest {
  /** Seeds that every bug has to be found in, those that a build explores. */
  private static final int BUDGET = 2_000;

  /**
   * A bug.
   *
   * @param rule that it breaks
   * @param fault what has to go wrong besides, or be in the terms; plans without it are not played,
   *     or empty for any
   */
  private record Bug(String name, String rule, String fault, Supplier<Planted> planted) {}

  private record Result(Bug bug, Optional<Plan> plan) {}

  private static final List<Bug> BUGS =
      List.of(
          new Bug(
              "the signature is out before the claim is durable",
              "CLAIM_BEFORE_SIGNATURE",
              "crash",
              () -> new Planted(SimDoubles.NONE, member -> member.journal().loseInCrash(4))),
          new Bug(
              "randomness is stuck",
              "I1_ONE_TRANSCRIPT_PER_NONCE",
              "",
              () -> signing(SimDoubles.NONE, Freshness.NONE)),
          new Bug(
              "the nonce of another attempt is not fresh",
              "I1_ONE_TRANSCRIPT_PER_NONCE",
              "crash",
              () -> signing(SimDoubles.NONE, Freshness.ROUND)),
          new Bug(
              "the vault signs twice for whoever asks twice",
              "I1_ONE_TRANSCRIPT_PER_NONCE",
              "reproposing",
              () -> signing(SimDoubles.ofMembers(MemberBugs::obliging), Freshness.NUMBER)),
          new Bug(
              "A and T are taken from the leader",
              "I1_ONE_TRANSCRIPT_PER_NONCE",
              "lying",
              () -> member(MemberBugs::trusting)),
          new Bug(
              "the latch of an outpoint is skipped",
              "I2_ONE_TXID_PER_OUTPOINT",
              "swapping",
              () -> member(MemberBugs::unlatched)),
          new Bug(
              "a proposal of an old epoch is obeyed",
              "EPOCH",
              "lying",
              () -> member(MemberBugs::followingTheOld)),
          new Bug(
              "it goes on after a rollback",
              "ROLLBACK",
              "putback",
              () -> member(MemberBugs::unconcerned)),
          new Bug(
              "a second update is offered for a version",
              "I4_ONE_UPDATE_PER_VERSION",
              "",
              PlantedBugsTest::changingItsMind),
          new Bug(
              "a coordinator ends the cohort over one bad statement",
              "ANCHORED",
              "flooding",
              () ->
                  new Planted(
                      SimDoubles.ofCoordinator(PlantedBugsTest::touchyCoordinator), member -> {})),
          new Bug(
              "a member ends its membership over one bad statement",
              "ANCHORED",
              "flooding",
              () -> member(MemberBugs::touchy)),
          new Bug(
              "silence is taken for guilt",
              "FRAMED",
              "",
              () -> member(real -> MemberBugs.ending(real, MemberBugs::guilt))),
          new Bug(
              "it says that nothing is out when a signature is",
              "FAILED",
              "",
              () -> member(real -> MemberBugs.ending(real, MemberBugs::allIsWell))),
          new Bug(
              "the bundle is not stored before signing",
              "I3_BUNDLE_IS_HELD",
              "",
              () ->
                  new Planted(
                      SimDoubles.NONE,
                      member -> member.journal().damage(PlantedBugsTest::withoutBundle))),
          new Bug(
              "the leader's word is enough that somebody is missing",
              "ABSENT",
              "leavingout:false",
              () -> member(LeafBugs::credulous)),
          new Bug(
              "leaf A is signed before k members keep the data",
              "STORED",
              ":leaf",
              () -> member(LeafBugs::hasty)),
          new Bug(
              "leaf A is signed without the claim",
              "CLAIM_BEFORE_SIGNATURE",
              ":leaf",
              () -> member(LeafBugs::unclaimed)),
          new Bug(
              "a receipt is given for data that is not stored",
              "RECEIPT",
              ":leaf",
              () ->
                  new Planted(
                      SimDoubles.NONE, member -> member.journal().damage(LeafBugs::withoutBundle))),
          new Bug("deadlines are ignored", "ENDS", "", () -> member(MemberBugs::patient)));

  @Test
  void everyPlantedBugIsFoundAndNothingIsFoundWithoutIt() {
    RememberingEngine.use();
    List<Result> results = BUGS.parallelStream().map(PlantedBugsTest::explore).toList();
    List<String> missed = new ArrayList<>();
    for (Result result : results) {
      Bug bug = result.bug();
      System.out.println(
          result
              .plan()
              .map(plan ->
                  "Planted: %s; found as %s at seed %d by %s"
                      .formatted(bug.name(), bug.rule(), plan.seed(), plan.script()))
              .orElse("Planted: " + bug.name() + "; not found"));
      if (result.plan().isEmpty()) {
        missed.add(bug.name());
      }
    }
    assertEquals(List.of(), missed, "bugs must be found in " + BUDGET + " seeds");
    for (Result result : results) {
      assertEquals(
          List.of(),
          Run.of(result.plan().orElseThrow()).found(),
          result.bug() + " taken out again");
    }
  }

  private static Result explore(Bug bug) {
    for (long seed = 1; seed <= BUDGET; seed++) {
      Plan plan = Plan.draw(seed);
      if ((plan.cohort() + " " + plan.script()).contains(bug.fault())
          && Run.of(plan, bug.planted().get()).breaks(bug.rule())) {
        return new Result(bug, Optional.of(plan));
      }
    }
    return new Result(bug, Optional.empty());
  }

  @Test
  void aFailingPlanIsShrunkToWhatMakesItFail() {
    Planted bug = member(MemberBugs::unconcerned);
    Plan plan = Plan.read(7, "4:30:sealed:2", "jump:1:60:10,putback:1:124:60,repeated:2:5:3");
    assertTrue(Run.of(plan, bug).breaks("ROLLBACK"), () -> "" + Run.of(plan, bug).found());
    Plan least = Shrink.shrink(plan, each -> Run.of(each, bug).breaks("ROLLBACK"));
    assertEquals("putback:1:124:60", least.script());
    assertTrue(least.members() < 4 && least.rounds() == 1, least.cohort());
    assertEquals(least, Plan.read(7, least.cohort(), least.script()), "it is what its words say");
  }

  private static Planted member(
      UnaryOperator<Machine<ParticipantState, ParticipantFact>> machines) {
    return new Planted(SimDoubles.ofMembers(machines), member -> {});
  }

  private static Planted signing(SimDoubles doubles, Freshness freshness) {
    return new Planted(doubles.signing(key -> new CarelessVault(key, freshness)), member -> {});
  }

  private static ParticipantFact withoutBundle(ParticipantFact fact) {
    return fact instanceof ParticipantFact.ProposalTaken taken
        ? new ParticipantFact.ProposalTaken(taken.proposalId(), CasAnnouncement.of(Map.of()))
        : fact;
  }

  private static Planted changingItsMind() {
    Set<SimDid> changed = new HashSet<>();
    return new Planted(SimDoubles.ofControllers(did -> new Fickle(did, changed)), member -> {});
  }

  /** Makes another update in the second round, for the version that it has handed out. */
  private static final class Fickle extends OtherDid {
    private final Set<SimDid> changed;

    Fickle(SimDid did, Set<SimDid> changed) {
      super(did);
      this.changed = changed;
    }

    @Override
    public List<Survey.Document> documents(Cohort cohort, int round, Instant medianTime) {
      if (round == 2 && changed.add(did())) {
        did().forgetUpdate("https://example.net");
      }
      return did().documents(cohort, round, medianTime);
    }
  }

  private static Machine<CoordinatorState, CoordinatorFact> touchyCoordinator(
      Machine<CoordinatorState, CoordinatorFact> real) {
    return new Machine<>() {
      @Override
      public CoordinatorState initial() {
        return real.initial();
      }

      @Override
      public Verdict<CoordinatorFact> decide(CoordinatorState state, Input input, Instant now) {
        Verdict<CoordinatorFact> verdict = real.decide(state, input, now);
        if (!(verdict instanceof Verdict.Refused<CoordinatorFact> refused)
            || !(state instanceof CoordinatorState.InCohort)) {
          return verdict;
        }
        Outcome outcome =
            new Outcome.Failed(refused.violation().code(), refused.violation().detail());
        return Verdict.accept(new CoordinatorFact.Ended(outcome), new Effect.Report(outcome));
      }

      @Override
      public CoordinatorState evolve(CoordinatorState state, CoordinatorFact fact) {
        return real.evolve(state, fact);
      }

      @Override
      public List<Effect> resume(CoordinatorState state) {
        return real.resume(state);
      }

      @Override
      public Instant deadline(CoordinatorState state) {
        return real.deadline(state);
      }

      @Override
      public boolean hearsAnswersFirst(CoordinatorState state) {
        return real.hearsAnswersFirst(state);
      }
    };
  }
}
