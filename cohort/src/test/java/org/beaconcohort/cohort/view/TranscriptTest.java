package org.beaconcohort.cohort.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.beaconcohort.cohort.bitcoin.BeaconOutput;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.SpendPath;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What round id, A and T cover (N1, N2): everything that is signed, and nothing of who led. */
final class TranscriptTest {
  private static final TestCohort PARTIES = new TestCohort(29);
  private static final TestRound MADE = new TestRound(PARTIES);
  private static final Attempt GOOD = MADE.attempt();
  private static final Bytes OTHER = Bytes.of(new byte[32]);

  record Mutation(String path, Object value) {
    @Override
    public String toString() {
      return path;
    }

    Attempt applied() {
      return Changed.with(GOOD, path, value);
    }
  }

  static Stream<Mutation> whatTheRoundIdCovers() {
    List<TxOutput> outputs = GOOD.round().opportunity().outputs();
    TxOutput change = outputs.get(0);
    String opportunity = "round.opportunity.";
    return Stream.of(
        new Mutation(opportunity + "number", 2),
        new Mutation(
            opportunity + "outputs",
            List.of(
                new TxOutput(change.value() - 400, change.script()),
                new TxOutput(400, change.script()))),
        new Mutation(opportunity + "outputs[0].script", Bytes.ofHex("5120" + "79be".repeat(16))),
        new Mutation(opportunity + "version", 1),
        new Mutation(opportunity + "lockTime", 1L),
        new Mutation(opportunity + "sequence", 1L),
        new Mutation("round.cohort.members[0].cohortKey", PARTIES.leader().cohortKey().publicKey()),
        new Mutation("round.cohort.output", GOOD.round().cohort().output().withLeafA(3)));
  }

  static Stream<Mutation> whatTheContextCovers() {
    return Stream.concat(
        whatTheRoundIdCovers(),
        Stream.of(
            new Mutation("counter", 1),
            new Mutation("parent", OTHER),
            new Mutation("path", SpendPath.LEAF_A),
            new Mutation("responses[0].id", OTHER),
            new Mutation(
                "responses[0].body.updates",
                java.util.Map.of(PARTIES.members().get(0).did().text(), OTHER)),
            new Mutation("responses[0].body.updates", java.util.Map.of()),
            new Mutation("round.cohort.terms.minFunding", 10_001L),
            new Mutation(
                "round.cohort.output",
                BeaconOutput.of(GOOD.round().cohort().keys().subList(0, 2)))));
  }

  static Stream<Mutation> whatOnlyTheTranscriptCovers() {
    return Stream.of(
        new Mutation("nonceCarriers[0].id", OTHER),
        new Mutation("nonceCarriers[0].body.nonce.publicNonce", GOOD.publicNonces().get(1)));
  }

  static Stream<Mutation> whatNothingCovers() {
    return Stream.of(
        new Mutation("responses[0].createdAt", Instant.EPOCH),
        new Mutation("responses[0].header.epoch", 5),
        new Mutation("nonceCarriers[0].header.epoch", 5),
        new Mutation("round.cohort.members[0].inboxKey", OTHER));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatTheRoundIdCovers")
  void theRoundIdCoversEveryByteButTheSignal(Mutation mutation) {
    assertNotEquals(GOOD.round().id(), mutation.applied().round().id());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatTheContextCovers")
  void theContextCoversEverythingButTheNonces(Mutation mutation) {
    assertNotEquals(GOOD.context(), mutation.applied().context());
    assertNotEquals(GOOD.transcript(), mutation.applied().transcript());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatOnlyTheTranscriptCovers")
  void theTranscriptCoversTheExactNonces(Mutation mutation) {
    assertEquals(GOOD.context(), mutation.applied().context());
    assertNotEquals(GOOD.transcript(), mutation.applied().transcript());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatNothingCovers")
  void neitherClocksNorEpochsEnterTheTranscript(Mutation mutation) {
    assertEquals(GOOD.round().id(), mutation.applied().round().id());
    assertEquals(GOOD.transcript(), mutation.applied().transcript());
  }

  @Test
  void theRoundIdDoesNotDependOnTheSignal() {
    Attempt other = new Mutation("responses[0].body.updates", java.util.Map.of()).applied();

    assertNotEquals(GOOD.transaction().txid(), other.transaction().txid());
    assertEquals(GOOD.round().id(), other.round().id());
  }

  @Test
  void anotherFeeIsAnotherRound() {
    Round dearer =
        Changed.with(
            Changed.with(GOOD.round(), "opportunity.fee", 501L),
            "opportunity.outputs[0].value",
            TestRound.VALUE - 501);

    assertNotEquals(GOOD.round().id(), dearer.id());
    assertEquals(Optional.empty(), dearer.check());
  }

  @Test
  void aForeignPrevoutIsRefusedBeforeAnySourceIsAsked() {
    Round foreign = Changed.with(GOOD.round(), "opportunity.outpoint.vout", 0);

    assertEquals(Optional.of(Code.PREVOUT_MISMATCH), foreign.check().map(Violation::code));
  }

  @Test
  void junkForAFundingTransactionIsRefused() {
    for (Bytes junk :
        List.of(OTHER, Bytes.ofHex("00"), GOOD.transaction().serialize().slice(0, 60))) {
      Round foreign = Changed.with(GOOD.round(), "opportunity.fundingTransaction", junk);

      assertEquals(Optional.of(Code.PREVOUT_MISMATCH), foreign.check().map(Violation::code));
    }
  }

  @Test
  void anotherTransactionThanTheOneThatFundsIsRefused() {
    Round foreign =
        Changed.with(
            GOOD.round(), "opportunity.fundingTransaction", GOOD.transaction().serialize());

    assertEquals(Optional.of(Code.PREVOUT_MISMATCH), foreign.check().map(Violation::code));
  }

  @Test
  void aFeeThatLeavesDustIsRefused() {
    Round greedy =
        Changed.with(
            Changed.with(GOOD.round(), "opportunity.fee", 49_900L),
            "cohort.terms.fees.maxFee",
            50_000L);

    assertEquals(Optional.of(Code.OUTPUTS_MISMATCH), greedy.check().map(Violation::code));
  }
}
