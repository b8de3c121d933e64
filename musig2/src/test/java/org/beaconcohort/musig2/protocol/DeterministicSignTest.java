package org.beaconcohort.musig2.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;

final class DeterministicSignTest {
  private final TestCohort cohort = new TestCohort(16, 3);
  private final SecretKey last = cohort.secretKeys.get(2);
  private final Bytes others = NonceAgg.aggregate(cohort.publicNonces().subList(0, 2));

  @Test
  void theLastSignerMaySignWithoutASession() {
    DeterministicSign.Result result =
        DeterministicSign.sign(last, others, cohort.context, cohort.message);
    assertCompletes(result);
  }

  @Test
  void randomnessOnlyChangesTheNonce() {
    DeterministicSign.Result result =
        DeterministicSign.sign(last, others, cohort.context, cohort.message, cohort.random);
    assertCompletes(result);
    assertNotEquals(
        DeterministicSign.sign(last, others, cohort.context, cohort.message).publicNonce(),
        result.publicNonce());
  }

  @Test
  void theSameInputsGiveTheSameResult() {
    assertEquals(
        DeterministicSign.sign(last, others, cohort.context, cohort.message),
        DeterministicSign.sign(last, others, cohort.context, cohort.message));
  }

  @Test
  void everyInputChangesTheNonce() {
    KeyAggContext tweaked = cohort.context.withPlainTweak(cohort.random.bytes(32));
    Bytes otherNonces = NonceAgg.aggregate(cohort.publicNonces().subList(1, 3));
    Bytes message = cohort.random.bytes(32);
    List<Bytes> nonces =
        List.of(
            DeterministicSign.sign(last, others, cohort.context, cohort.message).publicNonce(),
            DeterministicSign.sign(last, otherNonces, cohort.context, cohort.message).publicNonce(),
            DeterministicSign.sign(last, others, tweaked, cohort.message).publicNonce(),
            DeterministicSign.sign(last, others, cohort.context, message).publicNonce(),
            DeterministicSign.sign(
                    cohort.secretKeys.getFirst(), others, cohort.context, cohort.message)
                .publicNonce());
    assertEquals(nonces.size(), nonces.stream().distinct().count());
  }

  @Test
  void aKeyOutsideTheContextIsRefused() {
    SecretKey stranger = new SeededRandom(17).key();
    assertThrows(
        SessionMismatchException.class,
        () -> DeterministicSign.sign(stranger, others, cohort.context, cohort.message));
  }

  private void assertCompletes(DeterministicSign.Result result) {
    Bytes aggregateNonce = NonceAgg.aggregate(List.of(others, result.publicNonce()));
    SessionContext session = cohort.sessionWithNonce(aggregateNonce);
    Bytes signature =
        PartialSigAgg.aggregate(
            session,
            List.of(
                cohort.sessions.get(0).sign(session),
                cohort.sessions.get(1).sign(session),
                result.partialSignature()));
    assertTrue(Schnorr.verify(cohort.context.xOnlyAggregateKey(), cohort.message, signature));
  }
}
