package org.beaconcohort.cohort.participant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.participant.JoinPolicy.Fallback;
import org.beaconcohort.cohort.participant.ParticipantState.Discovered;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.cohort.view.TestCohort;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class OversizedOptInTest {
  @Test
  void anOptInThatNoStatementHoldsEndsTheMembershipWithAReason() {
    TestCohort parties = new TestCohort(45);
    SignedStatement announcement = parties.announcement();
    OptIn honest = (OptIn) parties.optIns().get(0).body();
    Registration registered = honest.registrations().get(0);
    Registration large = new Registration(registered.did(), "x".repeat(41_000), registered.proof());
    OptIn optIn = Changed.with(honest, "registrations", List.of(large));
    ParticipantPlan plan =
        new ParticipantPlan(
            parties.optIns().get(0).author(),
            optIn.cohortKey(),
            optIn.inboxKey(),
            Bytes.of(new byte[16]),
            List.of(large.did()),
            new JoinPolicy(Network.REGTEST, Bytes.EMPTY, 1, 20_000, Instant.MAX, Fallback.NONE),
            OwnNonces.IN_MEMORY);

    Verdict<ParticipantFact> verdict =
        new ParticipantMachine(plan)
            .decide(
                new Discovered(plan, announcement, Instant.MAX),
                new Input.OptInPrepared(announcement.id(), optIn),
                Instant.EPOCH);

    var accepted = assertInstanceOf(Verdict.Accepted.class, verdict);
    var ended = assertInstanceOf(ParticipantFact.Ended.class, accepted.facts().get(0));
    var failed = assertInstanceOf(Outcome.Failed.class, ended.outcome());
    assertEquals(Code.TOO_LARGE, failed.code());
    assertTrue(failed.detail().contains("register fewer"), failed.detail());
  }
}
