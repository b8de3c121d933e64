package org.beaconcohort.cohort.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.simulation.Blame;
import org.beaconcohort.cohort.simulation.HostileCohorts;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one party saw convinces another that saw nothing of it (R17, R24). */
final class EvidenceTest {
  private static final Bytes ZERO = Bytes.of(new byte[32]);

  /** What the file alone proves. */
  private static Conviction proved(Evidence evidence) {
    String file = EvidenceCodec.encode(evidence);
    return EvidenceCodec.decode(file, SimNotary::read).verify(SimNotary::read);
  }

  private static void assertProves(Code code, Bytes convicted, List<Evidence> evidence) {
    assertEquals(1, evidence.size(), () -> "got " + evidence);
    Conviction conviction = proved(evidence.getFirst());
    assertEquals(code, conviction.code());
    assertEquals(convicted, conviction.author());
  }

  private static String unproven(Evidence evidence) {
    return String.valueOf(
        assertThrows(UnprovenException.class, () -> evidence.verify(SimNotary::read)).getMessage());
  }

  @Tag("scenario-27")
  @Test
  void aMemberThatSaysTwoThingsUnderOneNumberIsConvictedByTheFileAlone() {
    Simulation simulation = HostileCohorts.memberSaysTwoThings();
    Bytes liar = simulation.statementKey(0);
    assertProves(Code.EQUIVOCATION, liar, Blame.byCoordinator(simulation));
    assertProves(Code.EQUIVOCATION, liar, Blame.byMember(simulation, 1));
  }

  @Test
  void aBadPartialSignatureConvictsItsAuthorForEveryoneWhoHeardIt() {
    Simulation simulation = HostileCohorts.memberSignsBadly();
    Bytes liar = simulation.statementKey(0);
    assertProves(Code.BAD_PARTIAL_SIGNATURE, liar, Blame.byCoordinator(simulation));
    assertProves(Code.BAD_PARTIAL_SIGNATURE, liar, Blame.byMember(simulation, 1));
    assertProves(Code.BAD_PARTIAL_SIGNATURE, liar, Blame.byMember(simulation, 2));
    assertEquals(List.of(), Blame.byMember(simulation, 0), "whoever it is about has none");
  }

  @Test
  void aTranscriptThatNobodyCanRecomputeConvictsTheCoordinator() {
    Simulation simulation =
        HostileCohorts.coordinatorProposes(honest -> Changed.with(honest, "transcript", ZERO));
    for (int i = 0; i < 2; i++) {
      assertProves(
          Code.TRANSCRIPT_MISMATCH, simulation.coordinatorKey(), Blame.byMember(simulation, i));
    }
  }

  @Test
  void aContextThatNobodyCanRecomputeConvictsTheCoordinator() {
    Simulation simulation = HostileCohorts.coordinatorProposesAnotherContext();
    for (int i = 0; i < 2; i++) {
      List<Evidence> evidence = Blame.byMember(simulation, i);
      assertProves(Code.TRANSCRIPT_MISMATCH, simulation.coordinatorKey(), evidence);
      assertTrue(proved(evidence.getFirst()).detail().startsWith("A must be "));
    }
  }

  @Tag("scenario-17")
  @Test
  void twoMembersThatAreShownTwoAggregatesSignNeitherAndProveBoth() {
    Simulation simulation = HostileCohorts.coordinatorShowsTwoAggregates();
    Set<Bytes> lies = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      List<Evidence> evidence = Blame.byMember(simulation, i);
      assertProves(Code.TRANSCRIPT_MISMATCH, simulation.coordinatorKey(), evidence);
      evidence.getFirst().statements().stream()
          .filter(said -> said.body().kind() == StatementKind.PROPOSAL)
          .forEach(said -> lies.add(said.id()));
    }
    assertEquals(2, lies.size(), "each was shown another");
    for (var member : simulation.members()) {
      for (ParticipantFact fact : member.facts()) {
        assertFalse(
            fact instanceof ParticipantFact.Claimed claimed && lies.contains(claimed.proposalId()));
      }
    }
  }

  @Test
  void aKeysetForkConvictsTheCoordinatorAndTheMemberThatTookBoth() {
    Simulation simulation = HostileCohorts.keysetForks();
    List<Evidence> evidence = Blame.byMember(simulation, 1);
    Set<Bytes> convicted = new HashSet<>();
    for (Evidence each : evidence) {
      Conviction conviction = proved(each);
      assertEquals(Code.KEYSET_FORK, conviction.code());
      convicted.add(conviction.author());
    }
    assertEquals(Set.of(simulation.coordinatorKey(), simulation.statementKey(0)), convicted);
  }

  @Test
  void aGoodPartialInPlaceOfTheBadOneConvictsNobody() {
    BadPartialSignature bad = badPartial();
    for (SignedStatement other : partials()) {
      if (!other.author().equals(bad.convicts())) {
        assertTrue(unproven(new BadPartialSignature(bad.attempt(), other)).contains("it verifies"));
      }
    }
  }

  @Test
  void aPartialOverAnotherTranscriptConvictsNobody() {
    Simulation two = new Simulation(41, Simulation.terms(2, 2, 0, 2));
    two.addMember(true);
    two.addMember(true);
    two.begin();
    two.run(java.time.Duration.ofDays(1));
    List<AttemptStatements> attempts = attempts(two);
    assertEquals(2, attempts.size());
    two.network().statements().stream()
        .filter(said -> said.body().kind() == StatementKind.PARTIAL_SIGNATURE)
        .forEach(
            said -> attempts.forEach(attempt -> unproven(new BadPartialSignature(attempt, said))));
  }

  @Test
  void anotherMembersNonceConvictsNobody() {
    BadPartialSignature bad = badPartial();
    AttemptStatements attempt = bad.attempt();
    List<SignedStatement> swapped = new ArrayList<>(attempt.nonceCarriers());
    Collections.swap(swapped, 0, 1);
    AttemptStatements other =
        new AttemptStatements(
            attempt.keyset(),
            attempt.opportunity(),
            attempt.proposal(),
            attempt.responses(),
            swapped);
    for (SignedStatement partial : partials()) {
      unproven(new BadPartialSignature(other, partial));
    }
    unproven(new ForgedProposal(other));
  }

  @Test
  void anHonestProposalIsNoForgery() {
    assertTrue(unproven(new ForgedProposal(badPartial().attempt())).contains("both recompute"));
  }

  @Test
  void statementsThatWereNotReadFromTheirTextsProveNothing() {
    BadPartialSignature bad = badPartial();
    Proposal lie = Changed.with(bad.attempt().proposed(), "transcript", ZERO);
    SignedStatement made = Changed.with(bad.attempt().proposal(), "body", lie);
    AttemptStatements attempt = Changed.with(bad.attempt(), "proposal", made);
    assertTrue(unproven(new ForgedProposal(attempt)).contains("what its event says"));
  }

  @Test
  void anEquivocationWithAWelcomeIsNoEvidenceBecauseItSpellsTheChannelKey() {
    Simulation simulation = HostileCohorts.memberSignsBadly();
    SignedStatement welcome =
        simulation.network().statements().stream()
            .filter(said -> said.body() instanceof Welcome)
            .findFirst()
            .orElseThrow();
    SignedStatement other =
        simulation
            .forger()
            .again(welcome, Changed.with((Welcome) welcome.body(), "parentProposalId", ZERO));
    Equivocation equivocation = new Equivocation(welcome, other);
    assertTrue(unproven(equivocation).contains("channel key"));
    String file = EvidenceCodec.encode(equivocation);
    String refused =
        String.valueOf(
            assertThrows(
                    MalformedEvidenceException.class,
                    () -> EvidenceCodec.decode(file, SimNotary::read))
                .getMessage());
    assertTrue(refused.contains("must be no welcome"));
    assertFalse(refused.contains(((Welcome) welcome.body()).channelKey().secret().hex()));
  }

  @Test
  void noEvidenceHoldsTheChannelKey() {
    for (Simulation simulation :
        List.of(
            HostileCohorts.memberSignsBadly(),
            HostileCohorts.coordinatorProposesAnotherContext(),
            HostileCohorts.keysetForks())) {
      var closed = (CoordinatorState.Closed) simulation.coordinator().state();
      String key = ((CoordinatorState.InCohort) closed.last()).formed().channel().secret().hex();
      List<Evidence> all = Blame.of(simulation);
      assertFalse(all.isEmpty());
      all.forEach(each -> assertFalse(EvidenceCodec.encode(each).contains(key)));
    }
  }

  private static BadPartialSignature badPartial() {
    return (BadPartialSignature) Blame.byMember(HostileCohorts.memberSignsBadly(), 1).getFirst();
  }

  private static List<SignedStatement> partials() {
    return HostileCohorts.memberSignsBadly().network().statements().stream()
        .filter(said -> said.body().kind() == StatementKind.PARTIAL_SIGNATURE)
        .toList();
  }

  private static List<AttemptStatements> attempts(Simulation simulation) {
    return HonestAttempts.of(simulation.network().statements());
  }
}
