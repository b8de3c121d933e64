package org.beaconcohort.cohort.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.cohort.view.FinalSignature;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Everybody but one colludes, and that one is convicted of nothing (H9, R7). */
final class FramingTest {
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private static String unproven(Evidence evidence) {
    return String.valueOf(
        assertThrows(UnprovenException.class, () -> evidence.verify(SimNotary::read)).getMessage());
  }

  private static Attempt recomputed(AttemptStatements statements) {
    return statements.attempt(statements.keyset().cohort(SimNotary::read));
  }

  private static Bytes plus(Bytes partial, int offset) {
    String hex =
        new BigInteger(partial.hex(), 16).add(BigInteger.valueOf(offset)).mod(ORDER).toString(16);
    return Bytes.ofHex("0".repeat(64 - hex.length()) + hex);
  }

  @Test
  void membersThatShowOneKeySetToTwoAnnouncementsDoNotConvictTheCoordinator() {
    HandMadeCohort cohort = new HandMadeCohort(51, 2);
    KeysetStatements led = cohort.keyset(cohort.terms(10_000), HandMadeCohort.ONE);
    KeysetStatements other = cohort.keyset(cohort.terms(10_001), HandMadeCohort.OTHER);
    AttemptStatements honest = cohort.attempt(led, HandMadeCohort.ONE);
    assertEquals(
        led.cohort(SimNotary::read).id(), other.cohort(SimNotary::read).id(), "one cohort id");
    AttemptStatements framed = Changed.with(honest, "keyset", other);
    assertTrue(unproven(new ForgedProposal(honest)).contains("both recompute"));
    assertTrue(unproven(new ForgedProposal(framed)).contains("same process fixed the terms"));
    Attempt attempt = recomputed(honest);
    SignedStatement partial = cohort.partial(attempt, 0, cohort.sign(attempt, 0));
    assertTrue(
        unproven(new BadPartialSignature(framed, partial)).contains("A and T of the proposal"));
  }

  @Test
  void keySetsOfTwoAnnouncementsAreNoFork() {
    HandMadeCohort cohort = new HandMadeCohort(52, 2);
    SignedStatement one = cohort.keyset(cohort.terms(10_000), HandMadeCohort.ONE).proposal();
    SignedStatement other = cohort.keyset(cohort.terms(10_001), HandMadeCohort.ONE).proposal();
    assertTrue(unproven(KeysetFork.of(one, other)).contains("one announcement"));
    assertTrue(unproven(new Equivocation(one, other)).contains("one instance and seq"));
  }

  @Test
  void acknowledgementsOfTwoMembersConvictNeither() {
    HandMadeCohort cohort = new HandMadeCohort(53, 2);
    KeysetStatements keyset = cohort.keyset(cohort.terms(10_000), HandMadeCohort.ONE);
    KeysetStatements other = cohort.keyset(cohort.terms(10_001), HandMadeCohort.ONE);
    assertTrue(keyset.acks().getFirst().body() instanceof KeysetAck);
    unproven(
        new KeysetFork(
            keyset.proposal(),
            other.proposal(),
            List.of(keyset.acks().getFirst(), other.acks().getLast())));
  }

  @Test
  void colludingOffsetsThatCancelOutHarmNobodyAndConvictNobodyElse() {
    HandMadeCohort cohort = new HandMadeCohort(54, 3);
    AttemptStatements statements =
        cohort.attempt(cohort.keyset(cohort.terms(10_000), HandMadeCohort.ONE), HandMadeCohort.ONE);
    Attempt attempt = recomputed(statements);
    SignedStatement honest = cohort.partial(attempt, 0, cohort.sign(attempt, 0));
    SignedStatement more = cohort.partial(attempt, 1, plus(cohort.sign(attempt, 1), 1));
    SignedStatement less = cohort.partial(attempt, 2, plus(cohort.sign(attempt, 2), -1));
    StatementSet all = StatementSet.EMPTY.with(honest).with(more).with(less);
    assertTrue(FinalSignature.of(attempt, all) instanceof FinalSignature.Complete);
    assertTrue(unproven(new BadPartialSignature(statements, honest)).contains("it verifies"));
    for (SignedStatement off : List.of(more, less)) {
      assertEquals(
          off.author(), new BadPartialSignature(statements, off).verify(SimNotary::read).author());
    }
  }

  @Test
  void aPartialSignatureUnderAnothersNameConvictsOnlyWhoSignedTheStatement() {
    HandMadeCohort cohort = new HandMadeCohort(55, 2);
    AttemptStatements statements =
        cohort.attempt(cohort.keyset(cohort.terms(10_000), HandMadeCohort.ONE), HandMadeCohort.ONE);
    Attempt attempt = recomputed(statements);
    SignedStatement copied = cohort.partial(attempt, 1, cohort.sign(attempt, 0));
    Conviction conviction = new BadPartialSignature(statements, copied).verify(SimNotary::read);
    assertEquals(cohort.statementKey(1), conviction.author());
  }

  @Test
  void aKeySetThatSomebodyDidNotAcknowledgeIsNobodysAgreement() {
    HandMadeCohort cohort = new HandMadeCohort(56, 2);
    AttemptStatements statements =
        cohort.attempt(cohort.keyset(cohort.terms(10_000), HandMadeCohort.ONE), HandMadeCohort.ONE);
    Attempt attempt = recomputed(statements);
    SignedStatement bad = cohort.partial(attempt, 0, plus(cohort.sign(attempt, 0), 1));
    KeysetStatements keyset = statements.keyset();
    for (List<SignedStatement> acks :
        List.of(
            keyset.acks().subList(0, 1),
            List.of(keyset.acks().getFirst(), keyset.acks().getFirst()))) {
      AttemptStatements fewer =
          Changed.with(
              statements, "keyset", new KeysetStatements(keyset.proposal(), keyset.optIns(), acks));
      assertTrue(unproven(new BadPartialSignature(fewer, bad)).contains("acknowledged"));
    }
  }
}
