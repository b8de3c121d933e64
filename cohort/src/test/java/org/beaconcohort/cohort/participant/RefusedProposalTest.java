package org.beaconcohort.cohort.participant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.BeaconOutput;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.SpendPath;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.cohort.view.FinalSignature;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.cohort.view.TestRound;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the checklist refuses, the machine does not sign: the same changes as in {@link
 * ChecklistTest}, made to the state, the survey or the round of a member that is about to sign.
 */
final class RefusedProposalTest {
  private static final SigningFixture FIXTURE = new SigningFixture();
  private static final Instant NOW = SigningFixture.NOW;
  private static final Bytes OTHER = Bytes.of(new byte[32]);
  private static final Bytes CHANGE_SCRIPT = Bytes.ofHex("5120" + "79be".repeat(16));

  /** Codes that no state of this version can lead to; {@link ChecklistTest} shows them. */
  private static final Set<Code> BEYOND_THE_MACHINE =
      EnumSet.of(
          // Epochs come with other leaders; the transaction is computed, not received.
          Code.EPOCH_STALE, Code.SIGNAL_MISMATCH);

  private final ParticipantMachine machine = new ParticipantMachine(FIXTURE.plan());

  /** A state about to sign, and what its own sources say. */
  record Moment(Checking state, Survey survey) {
    static Moment good(SigningFixture fixture) {
      return new Moment(fixture.checking(), fixture.survey());
    }

    Moment changed(String path, Object value) {
      return Changed.with(this, path, value);
    }
  }

  /** A moment that must be refused with one code. */
  record Case(Code code, String what, Moment moment) {
    @Override
    public String toString() {
      return code.checklistItem() + " " + code + " " + what;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (ChecklistTest.Mutation each : changes()) {
      cases.add(
          new Case(
              each.code(), each.path(), Moment.good(FIXTURE).changed(each.path(), each.value())));
    }
    for (ChecklistTest.Mutation each : changesToTheOpportunity()) {
      SigningFixture tampered =
          new SigningFixture(good -> Changed.with(good, each.path(), each.value()));
      cases.add(new Case(each.code(), "opportunity." + each.path(), Moment.good(tampered)));
    }
    for (long fee : new long[] {153, 2_001}) {
      SigningFixture tampered = new SigningFixture(good -> withFee(good, fee));
      cases.add(new Case(Code.FEE_OUT_OF_CORRIDOR, "fee " + fee, Moment.good(tampered)));
    }
    Bytes zero = Bytes.of(new byte[66]);
    cases.add(new Case(Code.NONCE_INVALID, "nonce of no points", withNonceOfPeer(zero)));
    Bytes twice = FIXTURE.attempt.publicNonces().get(2);
    cases.add(new Case(Code.NONCE_DUPLICATE, "nonce of slot 2", withNonceOfPeer(twice)));
    cases.add(new Case(Code.NONCE_ALREADY_CLAIMED, "own claims", claiming(FIXTURE.attempt)));
    Attempt withOtherFee = new SigningFixture(good -> withFee(good, 501)).attempt;
    cases.add(new Case(Code.OUTPOINT_LATCHED, "own claims", claiming(withOtherFee)));
    return cases.stream();
  }

  @Tag("scenario-18")
  @Test
  void whoHasSignedOneTransactionRefusesAnotherForItsOutpoint() {
    Attempt withOtherFee = new SigningFixture(good -> withFee(good, 501)).attempt;
    Verdict.Accepted<ParticipantFact> verdict = decide(claiming(withOtherFee));
    ParticipantFact.ProposalRefused refused =
        assertInstanceOf(ParticipantFact.ProposalRefused.class, verdict.facts().getFirst());
    assertEquals(Code.OUTPOINT_LATCHED, refused.code());
  }

  private static List<ChecklistTest.Mutation> changes() {
    BeaconOutput otherOutput = BeaconOutput.of(FIXTURE.cohort.keys().subList(0, 2));
    Bytes peer = FIXTURE.parties.members().get(0).statementKey();
    String joined = "state.responded.joined.";
    String document = "survey.documents[0].";
    return List.of(
        change(Code.AUTHOR_MISMATCH, "state.proposal.author", peer),
        change(Code.KEYSET_MISMATCH, "state.proposal.header.cohortId", OTHER),
        change(Code.KEYSET_MISMATCH, joined + "plan.cohortKey", FIXTURE.cohort.keys().get(0)),
        change(Code.ADDRESS_MISMATCH, joined + "cohort.output", otherOutput),
        change(Code.NOT_LISTED, document + "listedDepth", 1),
        change(Code.PREVOUT_MISMATCH, "survey.prevoutValue", 49_999L),
        change(Code.PREVOUT_MISMATCH, "survey.prevoutScript", Bytes.EMPTY),
        change(Code.PREVOUT_UNCONFIRMED, "survey.depth", 0),
        change(Code.PREVOUT_UNCONFIRMED, "survey.unspent", false),
        change(Code.ENTRY_MISMATCH, "state.responded.updates", List.of()),
        change(
            Code.ENTRY_MISMATCH,
            joined + "plan.dids",
            List.of(FIXTURE.updates.get(1).did(), FIXTURE.updates.get(2).did())),
        change(Code.UPDATE_UNSAFE, "survey.medianTime", NOW.minusSeconds(3_001)),
        change(Code.UPDATE_UNSAFE, document + "refusal", "does not apply"),
        change(Code.UPDATE_UNSAFE, document + "versionId", 3),
        change(Code.UPDATE_UNSAFE, document + "update", List.of()),
        change(Code.BUNDLE_MISSING, "state.bundle", CasAnnouncement.of(java.util.Map.of())),
        change(
            Code.NONCE_NOT_MINE,
            "state.responded.nonce",
            new NonceOffer(1, FIXTURE.attempt.publicNonces().get(0))),
        change(Code.NONCE_NOT_MINE, joined + "plan.instance", OTHER.slice(0, 16)),
        change(Code.HALTED, "survey.halted", true),
        change(Code.DEADLINE_PASSED, "state.responded.until", NOW),
        change(Code.DEADLINE_PASSED, joined + "plan.policy.updateDeadline", NOW),
        change(Code.PATH_NOT_CONSENTED, "state.proposal.body.path", SpendPath.LEAF_A),
        change(Code.TERMS_MISMATCH, joined + "termsHash", OTHER),
        change(Code.TRANSCRIPT_MISMATCH, "state.proposal.body.transcript", OTHER),
        change(Code.TRANSCRIPT_MISMATCH, "state.proposal.body.context", OTHER),
        change(Code.TRANSCRIPT_MISMATCH, "state.proposal.body.counter", 1),
        change(Code.TRANSCRIPT_MISMATCH, "state.proposal.body.parent", OTHER));
  }

  private static List<ChecklistTest.Mutation> changesToTheOpportunity() {
    return List.of(
        change(Code.OUTPUTS_MISMATCH, "outputs[0].script", CHANGE_SCRIPT),
        change(
            Code.OUTPUTS_MISMATCH,
            "outputs",
            List.of(new TxOutput(49_000, CHANGE_SCRIPT), new TxOutput(500, CHANGE_SCRIPT))),
        change(Code.SIGHASH_TYPE, "sighashType", 0x81),
        change(Code.SIGHASH_TYPE, "version", 3),
        change(Code.SIGHASH_TYPE, "lockTime", 500L),
        change(Code.SIGHASH_TYPE, "sequence", 0xffff_ffffL));
  }

  private static ChecklistTest.Mutation change(Code code, String path, Object value) {
    return new ChecklistTest.Mutation(code, path, value);
  }

  private static Opportunity withFee(Opportunity good, long fee) {
    return Changed.with(Changed.with(good, "fee", fee), "outputs[0].value", TestRound.VALUE - fee);
  }

  /** The member has claimed its nonce 1 for an attempt before. */
  private static Moment claiming(Attempt before) {
    Claim claim =
        new Claim(
            before,
            before.transcript(),
            1,
            before.transaction().txid(),
            List.of(),
            before.announcement());
    return Moment.good(FIXTURE).changed("state.responded.joined.claims", List.of(claim));
  }

  /** The proposal takes slot 0's nonce from a partial signature, which is checked by nobody yet. */
  private static Moment withNonceOfPeer(Bytes publicNonce) {
    SignedStatement carrier =
        FIXTURE
            .parties
            .members()
            .get(0)
            .say(
                FIXTURE.cohort.id(),
                FIXTURE.round.id(),
                new PartialSignature(OTHER, OTHER, new NonceOffer(2, publicNonce)));
    Moment good = Moment.good(FIXTURE);
    StatementSet said = good.state().joined().said().with(carrier);
    return good.changed("state.responded.joined.said", said)
        .changed("state.proposal.body.nonces[0]", carrier.id());
  }

  private Verdict.Accepted<ParticipantFact> decide(Moment moment) {
    Verdict<ParticipantFact> verdict =
        machine.decide(
            moment.state(),
            new Input.Surveyed(moment.state().proposal().id(), moment.survey()),
            NOW);
    if (verdict instanceof Verdict.Accepted<ParticipantFact> accepted) {
      return accepted;
    }
    throw new AssertionError("verdict must be accepted, got " + verdict);
  }

  @Test
  void theGoodProposalIsClaimedThenSigned() {
    Verdict.Accepted<ParticipantFact> verdict = decide(Moment.good(FIXTURE));

    Attempt attempt = FIXTURE.attempt;
    ParticipantFact.Claimed claimed =
        assertInstanceOf(ParticipantFact.Claimed.class, verdict.facts().get(0));
    assertEquals(attempt.transcript(), claimed.transcript());
    assertEquals(attempt.transaction().txid(), claimed.txid());
    assertEquals(1, verdict.facts().size());
    Effect.Sign sign = assertInstanceOf(Effect.Sign.class, verdict.effects().get(0));
    assertEquals(1, verdict.effects().size());
    assertEquals(attempt.transcript(), sign.transcript());
    assertEquals(attempt.sighash(), sign.session().message());
  }

  @Test
  void whatAllThreeSignIsAValidSpend() {
    SigningFixture fixture = new SigningFixture();
    StatementSet said = StatementSet.EMPTY;
    for (int slot = 0; slot < 3; slot++) {
      said = said.with(fixture.made.partial(slot));
    }

    assertInstanceOf(FinalSignature.Complete.class, FinalSignature.of(fixture.attempt, said));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void oneChangedFieldIsRefusedAndNothingIsSigned(Case each) {
    Verdict.Accepted<ParticipantFact> verdict = decide(each.moment());

    ParticipantFact.ProposalRefused refused =
        assertInstanceOf(ParticipantFact.ProposalRefused.class, verdict.facts().get(0));
    assertEquals(each.code(), refused.code());
    assertEquals(each.moment().state().proposal().id(), refused.proposalId());
    assertEquals(1, verdict.facts().size(), "nothing else is settled");
    assertEquals(List.of(), verdict.effects(), "nothing is signed or said");
  }

  @Test
  void afterARefusalTheMemberWaitsForAnotherProposal() {
    Moment bad = Moment.good(FIXTURE).changed("state.proposal.body.transcript", OTHER);
    ParticipantState after = bad.state();
    for (ParticipantFact fact : decide(bad).facts()) {
      after = machine.evolve(after, fact);
    }

    Responded responded = assertInstanceOf(Responded.class, after);
    assertEquals(List.of(bad.state().proposal().id()), responded.refused());
    assertEquals(FIXTURE.response().nonce(), responded.nonce());
  }

  @Test
  void everyCodeThatAStateCanLeadToIsAmongThem() {
    Set<Code> tested = cases().map(Case::code).collect(Collectors.toSet());
    Set<Code> listed =
        Arrays.stream(Code.values())
            .filter(code -> code.checklistItem() > 0)
            .filter(code -> !BEYOND_THE_MACHINE.contains(code))
            .collect(Collectors.toSet());

    assertEquals(listed, tested);
  }

  @Test
  void aSecondProposalForAClaimedNonceIsRefusedWhenItIsHeard() {
    Moment good = Moment.good(FIXTURE);
    ParticipantState claimed = machine.evolve(good.state(), decide(good).facts().get(0));
    SignedStatement second =
        FIXTURE
            .parties
            .leader()
            .say(
                FIXTURE.cohort.id(),
                FIXTURE.round.id(),
                Changed.with(FIXTURE.attempt.proposal(), "transcript", OTHER));

    Verdict<ParticipantFact> verdict = machine.decide(claimed, new Input.Heard(second), NOW);

    assertTrue(claimed instanceof Claimed);
    Verdict.Refused<?> refused = assertInstanceOf(Verdict.Refused.class, verdict);
    assertEquals(Code.NONCE_ALREADY_CLAIMED, refused.violation().code());
  }

  @Test
  void aMemberRestartedAfterItsClaimAsksForAnotherNonceAndNeverForTheSignature() {
    Moment good = Moment.good(FIXTURE);
    ParticipantState claimed = machine.evolve(good.state(), decide(good).facts().get(0));

    assertInstanceOf(Claimed.class, claimed);
    List<Effect> effects = machine.resume(claimed);
    assertTrue(effects.stream().noneMatch(effect -> effect instanceof Effect.Sign));
  }

  @Test
  void aSurveyForAnotherProposalSignsNothing() {
    Moment good = Moment.good(FIXTURE);

    assertInstanceOf(
        Verdict.Ignored.class,
        machine.decide(good.state(), new Input.Surveyed(OTHER, good.survey()), NOW));
  }
}
