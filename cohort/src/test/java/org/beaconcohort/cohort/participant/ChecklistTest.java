package org.beaconcohort.cohort.participant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.BeaconOutput;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.SpendPath;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each item of signing-safety 2.8: one field of a good case is changed, one code comes out. */
final class ChecklistTest {
  private static final SigningFixture FIXTURE = new SigningFixture();
  private static final SigningCase GOOD = FIXTURE.signingCase();
  private static final Bytes OTHER = Bytes.of(new byte[32]);
  private static final Bytes PEER_KEY = FIXTURE.parties.members().get(0).statementKey();
  private static final String OPPORTUNITY = "attempt.round.opportunity.";
  private static final String PEER_NONCE = "attempt.nonceCarriers[0].body.nonce.publicNonce";

  /** One change that must be refused with one code. */
  record Mutation(Code code, String path, Object value) {
    @Override
    public String toString() {
      return code.checklistItem() + " " + code + " " + path;
    }
  }

  static Stream<Mutation> mutations() {
    Outpoint elsewhere = new Outpoint(OTHER, 0);
    BeaconOutput otherOutput = BeaconOutput.of(FIXTURE.cohort.keys().subList(0, 2));
    List<Bytes> nonces = GOOD.attempt().publicNonces();
    Bytes changeScript = Bytes.ofHex("5120" + "79be".repeat(16));
    return Stream.of(
        new Mutation(Code.AUTHOR_MISMATCH, "proposal.author", PEER_KEY),
        new Mutation(Code.AUTHOR_MISMATCH, "leader", PEER_KEY),
        new Mutation(Code.EPOCH_STALE, "endorsedEpoch", 1),
        new Mutation(Code.KEYSET_MISMATCH, "plan.cohortKey", FIXTURE.cohort.keys().get(0)),
        new Mutation(Code.KEYSET_MISMATCH, "plan.statementKey", PEER_KEY),
        new Mutation(Code.KEYSET_MISMATCH, "slot", 0),
        new Mutation(Code.KEYSET_MISMATCH, "proposal.header.cohortId", OTHER),
        new Mutation(
            Code.KEYSET_MISMATCH,
            "cohort.members[0].cohortKey",
            FIXTURE.parties.leader().cohortKey().publicKey()),
        new Mutation(
            Code.KEYSET_MISMATCH,
            "attempt.round.cohort.members[0].cohortKey",
            FIXTURE.parties.leader().cohortKey().publicKey()),
        new Mutation(Code.ADDRESS_MISMATCH, "acknowledgedAddress", "bcrt1p"),
        new Mutation(Code.ADDRESS_MISMATCH, "cohort.output", otherOutput),
        new Mutation(Code.ADDRESS_MISMATCH, "attempt.round.cohort.output", otherOutput),
        new Mutation(Code.NOT_LISTED, "survey.documents[0].listedDepth", 1),
        new Mutation(Code.NOT_LISTED, "survey.documents", List.of()),
        new Mutation(Code.PREVOUT_MISMATCH, "survey.prevoutValue", 50_001L),
        new Mutation(Code.PREVOUT_MISMATCH, "survey.prevoutScript", changeScript),
        new Mutation(Code.PREVOUT_MISMATCH, OPPORTUNITY + "outpoint.vout", 0),
        new Mutation(Code.PREVOUT_MISMATCH, OPPORTUNITY + "outpoint.vout", 9),
        new Mutation(Code.PREVOUT_MISMATCH, OPPORTUNITY + "outpoint", elsewhere),
        new Mutation(Code.PREVOUT_MISMATCH, OPPORTUNITY + "fundingTransaction", OTHER),
        new Mutation(Code.PREVOUT_MISMATCH, "transaction.inputs[0].outpoint", elsewhere),
        new Mutation(Code.PREVOUT_UNCONFIRMED, "survey.depth", 1),
        new Mutation(Code.PREVOUT_UNCONFIRMED, "survey.unspent", false),
        new Mutation(Code.OUTPUTS_MISMATCH, OPPORTUNITY + "outputs[0].script", changeScript),
        new Mutation(Code.OUTPUTS_MISMATCH, OPPORTUNITY + "outputs[0].value", 49_000L),
        new Mutation(Code.OUTPUTS_MISMATCH, OPPORTUNITY + "outputs", List.of()),
        new Mutation(
            Code.OUTPUTS_MISMATCH,
            OPPORTUNITY + "outputs",
            List.of(new TxOutput(49_000, changeScript), new TxOutput(500, changeScript))),
        new Mutation(Code.OUTPUTS_MISMATCH, "transaction.outputs[0].value", 49_000L),
        new Mutation(Code.OUTPUTS_MISMATCH, "transaction.outputs[0].script", changeScript),
        new Mutation(Code.FEE_OUT_OF_CORRIDOR, OPPORTUNITY + "fee", 2_001L),
        new Mutation(Code.SIGHASH_TYPE, OPPORTUNITY + "sighashType", 1),
        new Mutation(Code.SIGHASH_TYPE, OPPORTUNITY + "version", 1),
        new Mutation(Code.SIGHASH_TYPE, OPPORTUNITY + "lockTime", 1L),
        new Mutation(Code.SIGHASH_TYPE, OPPORTUNITY + "sequence", 0L),
        new Mutation(Code.SIGHASH_TYPE, "transaction.version", 1),
        new Mutation(Code.SIGHASH_TYPE, "transaction.lockTime", 1L),
        new Mutation(Code.SIGHASH_TYPE, "transaction.inputs[0].sequence", 0L),
        new Mutation(Code.SIGNAL_MISMATCH, "transaction.outputs[1]", SignalOutput.of(OTHER)),
        new Mutation(Code.SIGNAL_MISMATCH, "transaction.outputs[1].value", 1L),
        new Mutation(
            Code.SIGNAL_MISMATCH,
            "transaction.outputs",
            List.of(GOOD.transaction().outputs().get(1), GOOD.transaction().outputs().get(0))),
        new Mutation(Code.ENTRY_MISMATCH, "updates", List.of()),
        new Mutation(Code.ENTRY_MISMATCH, "updates[0].update", FIXTURE.updates.get(0).update()),
        new Mutation(
            Code.ENTRY_MISMATCH,
            "plan.dids",
            List.of(FIXTURE.member().did().text(), FIXTURE.updates.get(0).did())),
        new Mutation(
            Code.UPDATE_UNSAFE, "survey.medianTime", SigningFixture.NOW.minusSeconds(3_001)),
        new Mutation(Code.UPDATE_UNSAFE, "survey.documents[0].refusal", "does not apply"),
        new Mutation(Code.UPDATE_UNSAFE, "survey.documents[0].versionId", 1),
        new Mutation(Code.UPDATE_UNSAFE, "survey.documents[0].versionId", 3),
        new Mutation(Code.UPDATE_UNSAFE, "survey.documents[0].update", List.of()),
        new Mutation(Code.UPDATE_UNSAFE, "survey.documents[0].update[0]", FIXTURE.updates.get(0)),
        new Mutation(Code.BUNDLE_MISSING, "bundle", List.of()),
        new Mutation(Code.BUNDLE_MISSING, "bundle[0]", CasAnnouncement.of(Map.of())),
        new Mutation(Code.NONCE_INVALID, "attempt.nonceCarriers[0].author", OTHER),
        new Mutation(Code.NONCE_INVALID, PEER_NONCE, Bytes.of(new byte[66])),
        new Mutation(
            Code.NONCE_INVALID,
            PEER_NONCE,
            Bytes.concat(nonces.get(0).slice(0, 33), Bytes.ofHex("04"), OTHER)),
        // With it all nonces sum up to infinity: the cheat that item 9 names.
        new Mutation(Code.NONCE_INVALID, PEER_NONCE, negatedSum(nonces.subList(1, 3))),
        new Mutation(Code.NONCE_DUPLICATE, PEER_NONCE, nonces.get(2)),
        new Mutation(Code.NONCE_NOT_MINE, "nonce.publicNonce", nonces.get(0)),
        new Mutation(Code.NONCE_NOT_MINE, "nonce.number", 2),
        new Mutation(Code.NONCE_NOT_MINE, "plan.instance", OTHER.slice(0, 16)),
        new Mutation(
            Code.NONCE_NOT_MINE, "attempt.nonceCarriers[1].header.instance", OTHER.slice(0, 16)),
        new Mutation(
            Code.NONCE_NOT_MINE,
            "attempt.nonceCarriers[1].body.nonce.publicNonce",
            NonceAgg.aggregate(nonces)),
        new Mutation(Code.NONCE_ALREADY_CLAIMED, "claimed", Optional.of(OTHER)),
        new Mutation(Code.OUTPOINT_LATCHED, "latched", Optional.of(OTHER)),
        new Mutation(Code.HALTED, "survey.halted", true),
        new Mutation(Code.DEADLINE_PASSED, "deadline", SigningFixture.NOW),
        new Mutation(Code.DEADLINE_PASSED, "plan.policy.updateDeadline", SigningFixture.NOW),
        new Mutation(Code.PATH_NOT_CONSENTED, "proposal.body.path", SpendPath.LEAF_A),
        new Mutation(Code.PATH_NOT_CONSENTED, "attempt.path", SpendPath.LEAF_A),
        new Mutation(Code.TERMS_MISMATCH, "termsHash", OTHER),
        new Mutation(Code.TERMS_MISMATCH, "cohort.terms.rounds", 2),
        new Mutation(Code.TERMS_MISMATCH, "attempt.round.cohort.terms.minFunding", 10_001L),
        new Mutation(Code.TRANSCRIPT_MISMATCH, "proposal.body.transcript", OTHER),
        new Mutation(Code.TRANSCRIPT_MISMATCH, "proposal.body.context", OTHER),
        new Mutation(Code.TRANSCRIPT_MISMATCH, "attempt.counter", 1),
        new Mutation(Code.TRANSCRIPT_MISMATCH, "attempt.parent", OTHER),
        new Mutation(Code.TRANSCRIPT_MISMATCH, "attempt.responses[0].id", OTHER),
        new Mutation(Code.TRANSCRIPT_MISMATCH, "attempt.nonceCarriers[0].id", OTHER),
        new Mutation(Code.TRANSCRIPT_MISMATCH, PEER_NONCE, NonceAgg.aggregate(nonces)));
  }

  private static Bytes negatedSum(List<Bytes> nonces) {
    byte[] sum = NonceAgg.aggregate(nonces).toArray();
    sum[0] ^= 1;
    sum[33] ^= 1;
    return Bytes.of(sum);
  }

  private static Optional<Code> refusal(SigningCase signing) {
    return Checklist.check(signing, SigningFixture.NOW).map(Violation::code);
  }

  @Test
  void theGoodCasePasses() {
    assertEquals(Optional.empty(), Checklist.check(GOOD, SigningFixture.NOW));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutations")
  void oneChangedFieldGivesItsCode(Mutation mutation) {
    SigningCase changed = Changed.with(GOOD, mutation.path(), mutation.value());

    assertEquals(Optional.of(mutation.code()), refusal(changed));
  }

  @Test
  void everyCodeOfTheChecklistIsAmongThem() {
    Set<Code> tested = mutations().map(Mutation::code).collect(Collectors.toSet());
    Set<Code> listed =
        Arrays.stream(Code.values())
            .filter(code -> code.checklistItem() > 0)
            .collect(Collectors.toSet());

    assertEquals(24, listed.size());
    assertEquals(listed, tested);
  }

  @Test
  void everyItemOfTheChecklistHasACode() {
    Set<Integer> items =
        Arrays.stream(Code.values())
            .map(Code::checklistItem)
            .filter(item -> item > 0)
            .collect(Collectors.toSet());

    assertEquals(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13), items);
  }

  @Test
  void aFeeBelowTheCorridorIsRefused() {
    assertEquals(Optional.of(Code.FEE_OUT_OF_CORRIDOR), refusal(withFee(153)));
  }

  @Test
  void aFeeAboveTheCorridorIsRefused() {
    assertEquals(Optional.of(Code.FEE_OUT_OF_CORRIDOR), refusal(withFee(2_001)));
  }

  @Test
  void theEndsOfTheCorridorAreWithin() {
    assertEquals(Optional.empty(), refusal(withFee(154)));
    assertEquals(Optional.empty(), refusal(withFee(2_000)));
  }

  private static SigningCase withFee(long fee) {
    return new SigningFixture(
            good -> Changed.with(Changed.with(good, "fee", fee), "outputs[0].value", 50_000 - fee))
        .signingCase();
  }

  @Test
  void theSameTransactionMayBeSignedForALatchedOutpoint() {
    SigningCase again = Changed.with(GOOD, "latched", Optional.of(GOOD.transaction().txid()));

    assertEquals(Optional.empty(), refusal(again));
  }

  @Test
  void aMemberThatDeclinesSignsForTheOthers() {
    SigningCase declined =
        new SigningFixture(good -> good, Set.of(SigningFixture.SLOT)).signingCase();

    assertEquals(Optional.empty(), refusal(declined));
  }

  @Test
  void anEntryForAMemberThatDeclinedIsRefused() {
    SigningCase declined = Changed.with(GOOD, "updates", List.of());

    assertEquals(Optional.of(Code.ENTRY_MISMATCH), refusal(declined));
  }

  @Test
  void thePolicyMayAskForADeeperOutpointThanTheTerms() {
    SigningCase careful = Changed.with(GOOD, "plan.policy.confirmations", 3);
    SigningCase deep = Changed.with(careful, "survey.documents[0].listedDepth", 3);

    assertEquals(Optional.of(Code.NOT_LISTED), refusal(careful));
    assertEquals(Optional.of(Code.PREVOUT_UNCONFIRMED), refusal(deep));
    assertEquals(Optional.empty(), refusal(Changed.with(deep, "survey.depth", 3)));
  }

  @Test
  void aMomentBeforeTheDeadlineIsInTime() {
    SigningCase late = Changed.with(GOOD, "deadline", SigningFixture.NOW.plus(Duration.ofNanos(1)));

    assertEquals(Optional.empty(), refusal(late));
  }
}
