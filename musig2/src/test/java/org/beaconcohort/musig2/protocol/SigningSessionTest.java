package org.beaconcohort.musig2.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.FaultySignatureException;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.ChosenNonces;
import org.beaconcohort.musig2.curve.NonceAlreadyUsedException;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.junit.jupiter.api.Test;

final class SigningSessionTest {
  private final TestCohort cohort = new TestCohort(10, 3);
  private final SigningSession signer = cohort.sessions.getFirst();

  @Test
  void allTogetherMakeOneSchnorrSignature() {
    Bytes signature = PartialSigAgg.aggregate(cohort.session(), cohort.partials());
    assertTrue(Schnorr.verify(cohort.context.xOnlyAggregateKey(), cohort.message, signature));
  }

  @Test
  void aSecondSignThrows() {
    SessionContext session = cohort.session();
    signer.sign(session);
    assertThrows(NonceAlreadyUsedException.class, () -> signer.sign(session));
  }

  @Test
  void signAfterAbortThrows() {
    signer.abort();
    assertThrows(NonceAlreadyUsedException.class, () -> signer.sign(cohort.session()));
  }

  @Test
  void abortIsHarmlessAfterTheEnd() {
    Bytes partial = signer.sign(cohort.session());
    signer.abort();
    signer.abort();
    assertTrue(PartialSignature.verify(cohort.session(), 0, partial, signer.publicNonce()));
  }

  @Test
  void thePublicNonceStaysReadable() {
    Bytes before = signer.publicNonce();
    signer.sign(cohort.session());
    assertEquals(before, signer.publicNonce());
    assertEquals(66, before.size());
  }

  @Test
  void otherKeysAreRefusedAndUseTheNonceUp() {
    TestCohort others = new TestCohort(11, 3);
    SessionContext session =
        SessionContext.of(cohort.session().aggregateNonce(), others.context, cohort.message);
    assertUsedUpBy(SessionMismatchException.class, session);
  }

  @Test
  void otherTweaksAreRefusedAndUseTheNonceUp() {
    KeyAggContext tweaked = cohort.context.withPlainTweak(cohort.random.bytes(32));
    SessionContext session =
        SessionContext.of(cohort.session().aggregateNonce(), tweaked, cohort.message);
    assertUsedUpBy(SessionMismatchException.class, session);
  }

  @Test
  void anotherMessageThanAtTheStartIsRefusedAndUsesTheNonceUp() {
    SessionContext session =
        SessionContext.of(
            cohort.session().aggregateNonce(), cohort.context, cohort.random.bytes(32));
    assertUsedUpBy(SessionMismatchException.class, session);
  }

  @Test
  void aDestroyedKeyUsesTheNonceUp() {
    cohort.secretKeys.getFirst().destroy();
    assertUsedUpBy(IllegalStateException.class, cohort.session());
  }

  @Test
  void aMissingSessionUsesTheNonceUp() {
    assertThrows(NullPointerException.class, () -> signer.sign(nothing()));
    assertThrows(NonceAlreadyUsedException.class, () -> signer.sign(cohort.session()));
  }

  @SuppressWarnings("NullAway") // A caller without null checks can do this, so it must be safe.
  private static SessionContext nothing() {
    return null;
  }

  @Test
  void aMessageUnknownAtTheStartMayBeAny() {
    SecretKey key = cohort.secretKeys.getFirst();
    KeyAggContext alone = KeyAggContext.of(List.of(key.publicKey()));
    SigningSession early =
        SigningSession.start(key, alone, Optional.empty(), Bytes.EMPTY, cohort.random);
    Bytes message = cohort.random.bytes(100);
    SessionContext session =
        SessionContext.of(NonceAgg.aggregate(List.of(early.publicNonce())), alone, message);
    Bytes signature = PartialSigAgg.aggregate(session, List.of(early.sign(session)));
    assertTrue(Schnorr.verify(alone.xOnlyAggregateKey(), message, signature));
  }

  @Test
  void aKeyOutsideTheContextCannotStart() {
    SecretKey stranger = cohort.random.key();
    assertThrows(
        SessionMismatchException.class,
        () ->
            SigningSession.start(
                stranger, cohort.context, Optional.empty(), Bytes.EMPTY, cohort.random));
  }

  @Test
  void theNonceDependsOnEveryInput() {
    SecretKey key = cohort.secretKeys.getFirst();
    Bytes random = cohort.random.bytes(32);
    KeyAggContext tweaked = cohort.context.withXOnlyTweak(cohort.random.bytes(32));
    Optional<Bytes> message = Optional.of(cohort.message);
    Bytes extra = cohort.random.bytes(5);
    List<Bytes> nonces = new ArrayList<>();
    nonces.add(nonce(key, cohort.context, message, extra, random));
    nonces.add(nonce(cohort.secretKeys.get(1), cohort.context, message, extra, random));
    nonces.add(nonce(key, tweaked, message, extra, random));
    nonces.add(nonce(key, cohort.context, Optional.empty(), extra, random));
    nonces.add(nonce(key, cohort.context, Optional.of(Bytes.EMPTY), extra, random));
    nonces.add(nonce(key, cohort.context, message, Bytes.EMPTY, random));
    nonces.add(nonce(key, cohort.context, message, extra, cohort.random.bytes(32)));
    assertEquals(nonces.size(), nonces.stream().distinct().count());
    assertEquals(nonces.getFirst(), nonce(key, cohort.context, message, extra, random));
  }

  @Test
  void twoSessionsOfOneKeyHaveDifferentNonces() {
    assertNotEquals(cohort.sessions.get(0).publicNonce(), cohort.sessions.get(1).publicNonce());
    SecretKey key = cohort.secretKeys.getFirst();
    SigningSession again =
        SigningSession.start(
            key, cohort.context, Optional.of(cohort.message), Bytes.EMPTY, cohort.random);
    assertNotEquals(signer.publicNonce(), again.publicNonce());
  }

  @Test
  void aNonceMadeForAnotherKeyIsRefused() {
    SecretKey key = cohort.secretKeys.get(0);
    Bytes other = cohort.secretKeys.get(1).publicKey();
    SecretNonce nonce = ChosenNonces.of(cohort.random.bytes(32), cohort.random.bytes(32));
    assertThrows(
        SessionMismatchException.class, () -> Sign.sign(nonce, other, key, cohort.session()));
    assertTrue(nonce.isDestroyed());
  }

  @Test
  void aFaultyPartialSignatureIsNotHandedOut() {
    SecretKey key = cohort.secretKeys.getFirst();
    Bytes first = cohort.random.bytes(32);
    Bytes second = cohort.random.bytes(32);
    SecretNonce right = ChosenNonces.of(first, second);
    SecretNonce faulty = ChosenNonces.faulty(right.points(), first, cohort.random.bytes(32));
    assertThrows(
        FaultySignatureException.class,
        () -> Sign.sign(faulty, key.publicKey(), key, cohort.session()));
    assertTrue(faulty.isDestroyed());
    Sign.sign(right, key.publicKey(), key, cohort.session());
  }

  @Test
  void aSignerWithTwoSeatsFillsBoth() {
    SecretKey twice = cohort.random.key();
    SecretKey once = cohort.random.key();
    KeyAggContext context =
        KeyAggContext.of(List.of(once.publicKey(), twice.publicKey(), twice.publicKey()));
    List<SigningSession> sessions = new ArrayList<>();
    for (SecretKey key : List.of(once, twice, twice)) {
      sessions.add(
          SigningSession.start(key, context, Optional.empty(), Bytes.EMPTY, cohort.random));
    }
    List<Bytes> nonces = sessions.stream().map(SigningSession::publicNonce).toList();
    SessionContext session = SessionContext.of(NonceAgg.aggregate(nonces), context, cohort.message);
    List<Bytes> partials = sessions.stream().map(each -> each.sign(session)).toList();
    assertTrue(PartialSignature.verify(session, 2, partials.get(2), nonces.get(2)));
    assertFalse(PartialSignature.verify(session, 2, partials.get(1), nonces.get(2)));
    Bytes signature = PartialSigAgg.aggregate(session, partials);
    assertTrue(Schnorr.verify(context.xOnlyAggregateKey(), cohort.message, signature));
  }

  private void assertUsedUpBy(Class<? extends RuntimeException> refusal, SessionContext session) {
    assertThrows(refusal, () -> signer.sign(session));
    assertThrows(NonceAlreadyUsedException.class, () -> signer.sign(cohort.session()));
  }

  private static Bytes nonce(
      SecretKey key, KeyAggContext context, Optional<Bytes> message, Bytes extra, Bytes random) {
    return SigningSession.start(key, context, message, extra, random.toArray()).publicNonce();
  }
}
