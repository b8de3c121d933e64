package org.beaconcohort.musig2.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
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
        DeterministicSign.sign(last, others, cohort.context, cohort.message, cohort.random);
    assertCompletes(result);
  }

  @Test
  void randomnessChangesTheNonceSoThatAFaultGivesNoSecondAnswer() {
    assertNotEquals(
        DeterministicSign.sign(last, others, cohort.context, cohort.message, cohort.random)
            .publicNonce(),
        DeterministicSign.sign(last, others, cohort.context, cohort.message, cohort.random)
            .publicNonce());
  }

  @Test
  void signingWithoutRandomnessIsNotPublic() {
    for (Method method : DeterministicSign.class.getDeclaredMethods()) {
      assertTrue(
          !Modifier.isPublic(method.getModifiers())
              || List.of(method.getParameterTypes()).contains(SecureRandom.class),
          method::toString);
    }
  }

  @Test
  void theSameInputsGiveTheSameResult() {
    DeterministicSign.Result result =
        withoutRandomness(last, others, cohort.context, cohort.message);
    assertEquals(result, withoutRandomness(last, others, cohort.context, cohort.message));
    assertCompletes(result);
  }

  @Test
  void everyInputChangesTheNonce() {
    KeyAggContext tweaked = cohort.context.withPlainTweak(cohort.random.bytes(32));
    Bytes otherNonces = NonceAgg.aggregate(cohort.publicNonces().subList(1, 3));
    Bytes message = cohort.random.bytes(32);
    SecretKey first = cohort.secretKeys.getFirst();
    List<Bytes> nonces =
        Stream.of(
                withoutRandomness(last, others, cohort.context, cohort.message),
                withoutRandomness(last, otherNonces, cohort.context, cohort.message),
                withoutRandomness(last, others, tweaked, cohort.message),
                withoutRandomness(last, others, cohort.context, message),
                withoutRandomness(first, others, cohort.context, cohort.message))
            .map(DeterministicSign.Result::publicNonce)
            .toList();
    assertEquals(nonces.size(), nonces.stream().distinct().count());
  }

  @Test
  void aKeyOutsideTheContextIsRefused() {
    SecretKey stranger = new SeededRandom(17).key();
    assertThrows(
        SessionMismatchException.class,
        () ->
            DeterministicSign.sign(
                stranger, others, cohort.context, cohort.message, cohort.random));
  }

  /** As the BIP's vectors sign. */
  private static DeterministicSign.Result withoutRandomness(
      SecretKey key, Bytes others, KeyAggContext context, Bytes message) {
    return DeterministicSign.sign(key, others, context, message, new byte[32]);
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
