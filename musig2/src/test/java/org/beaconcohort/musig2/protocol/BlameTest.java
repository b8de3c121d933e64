package org.beaconcohort.musig2.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad contributions of every kind, and whom they are blamed on. */
final class BlameTest {
  private static final Bytes ORDER =
      Bytes.ofHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
  private static final Bytes INFINITY = Bytes.of(new byte[33]);
  private static final Bytes OFF_CURVE = Bytes.ofHex("02" + "00".repeat(31) + "05");
  private static final Bytes BEYOND_FIELD = Bytes.ofHex("02" + "ff".repeat(32));

  private final TestCohort cohort = new TestCohort(13, 3);
  private final List<Bytes> keys = cohort.context.keys();
  private final List<Bytes> nonces = cohort.publicNonces();

  @Test
  void aBadKeyIsBlamedOnItsSigner() {
    Bytes good = keys.get(1);
    for (Bytes bad :
        List.of(
            Bytes.EMPTY,
            good.slice(0, 32),
            good.slice(1, 33),
            Bytes.concat(good, Bytes.of(new byte[1])),
            INFINITY,
            OFF_CURVE,
            BEYOND_FIELD)) {
      assertBlame(
          1, Contribution.PUBLIC_KEY, () -> KeyAggContext.of(List.of(good, bad, keys.get(2))));
    }
  }

  @Test
  void aBadNonceIsBlamedOnItsSigner() {
    for (Bytes bad : badNonces()) {
      assertBlame(
          2,
          Contribution.PUBLIC_NONCE,
          () -> NonceAgg.aggregate(List.of(nonces.get(0), nonces.get(1), bad)));
      assertBlame(7, Contribution.PUBLIC_NONCE, () -> PublicNonce.check(7, bad));
      assertBlame(
          InvalidContributionException.NO_SIGNER,
          Contribution.PUBLIC_NONCE,
          () -> PublicNonce.check(bad));
      assertBlame(
          1,
          Contribution.PUBLIC_NONCE,
          () -> PartialSignature.verify(cohort.session(), 1, Bytes.of(new byte[32]), bad));
    }
    nonces.forEach(PublicNonce::check);
  }

  @Test
  void aBadAggregateNonceIsBlamedOnNoSigner() {
    Bytes half = nonces.getFirst().slice(0, 33);
    for (Bytes bad :
        List.of(
            Bytes.EMPTY,
            half,
            Bytes.of(new byte[65]),
            Bytes.of(new byte[67]),
            Bytes.concat(OFF_CURVE, half),
            Bytes.concat(half, OFF_CURVE),
            Bytes.concat(half, BEYOND_FIELD),
            Bytes.concat(Bytes.ofHex("00" + "00".repeat(31) + "01"), half))) {
      assertBlame(
          InvalidContributionException.NO_SIGNER,
          Contribution.AGGREGATE_NONCE,
          () -> SessionContext.of(bad, cohort.context, cohort.message));
    }
  }

  @Test
  void aDeterministicSignerRefusesAnAggregateAtInfinity() {
    for (Bytes bad : badNonces()) {
      assertBlame(
          InvalidContributionException.NO_SIGNER,
          Contribution.AGGREGATE_NONCE,
          () ->
              DeterministicSign.sign(
                  cohort.secretKeys.getFirst(),
                  bad,
                  cohort.context,
                  cohort.message,
                  cohort.random));
    }
  }

  @Test
  void anUnreadablePartialSignatureIsBlamedOnItsSigner() {
    SessionContext session = cohort.session();
    List<Bytes> partials = cohort.partials();
    for (Bytes bad : List.of(Bytes.EMPTY, Bytes.of(new byte[31]), Bytes.of(new byte[33]), ORDER)) {
      assertFalse(PartialSignature.verify(session, 1, bad, nonces.get(1)), bad::hex);
      assertBlame(
          1,
          Contribution.PARTIAL_SIGNATURE,
          () -> PartialSigAgg.aggregate(session, List.of(partials.get(0), bad, partials.get(2))));
    }
  }

  @Test
  void aWrongPartialSignatureIsFoundByVerifyingEach() {
    SessionContext session = cohort.session();
    List<Bytes> partials = new ArrayList<>(cohort.partials());
    partials.set(1, Scalar.of(partials.get(1)).plus(Scalar.ONE).bytes());
    Bytes signature = PartialSigAgg.aggregate(session, partials);
    assertFalse(Schnorr.verify(cohort.context.xOnlyAggregateKey(), cohort.message, signature));
    for (int signer = 0; signer < 3; signer++) {
      assertEquals(
          signer != 1,
          PartialSignature.verify(session, signer, partials.get(signer), nonces.get(signer)),
          "signer " + signer);
    }
  }

  @Test
  void aPartialSignatureOfAnotherSessionIsNotOfThis() {
    SessionContext session = cohort.session();
    SessionContext other =
        SessionContext.of(session.aggregateNonce(), cohort.context, cohort.random.bytes(32));
    TestCohort same = new TestCohort(13, 3);
    List<Bytes> partials = cohort.partials();
    assertEquals(partials, same.partials(), "the same seed is the same session");
    assertFalse(PartialSignature.verify(other, 0, partials.getFirst(), nonces.getFirst()));
    Bytes signature = PartialSigAgg.aggregate(other, partials);
    assertFalse(Schnorr.verify(cohort.context.xOnlyAggregateKey(), other.message(), signature));
  }

  @Test
  void noncesThatCancelOutAreBlamedAtThePartialSignatures() {
    TestCohort pair = new TestCohort(14, 2);
    Bytes honest = pair.sessions.getFirst().publicNonce();
    Bytes cancelling = Bytes.concat(negated(honest.slice(0, 33)), negated(honest.slice(33, 66)));
    Bytes aggregate = NonceAgg.aggregate(List.of(honest, cancelling));
    assertEquals(Bytes.of(new byte[66]), aggregate);
    SessionContext session = pair.sessionWithNonce(aggregate);
    Bytes partial = pair.sessions.getFirst().sign(session);
    assertTrue(PartialSignature.verify(session, 0, partial, honest));
    assertFalse(PartialSignature.verify(session, 1, pair.random.bytes(32), cancelling));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 3, Integer.MAX_VALUE})
  void aSignerIndexOutOfRangeIsRefused(int index) {
    SessionContext session = cohort.session();
    Bytes partial = Bytes.of(new byte[32]);
    IndexOutOfBoundsException refusal =
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> PartialSignature.verify(session, index, partial, nonces.getFirst()));
    assertEquals("signer index must be from 0 to 2, got " + index, refusal.getMessage());
  }

  @Test
  void partialSignaturesAreOnePerKey() {
    SessionContext session = cohort.session();
    List<Bytes> partials = cohort.partials();
    assertThrows(
        IllegalArgumentException.class,
        () -> PartialSigAgg.aggregate(session, partials.subList(0, 2)));
    List<Bytes> oneMore = new ArrayList<>(partials);
    oneMore.add(partials.getFirst());
    assertThrows(IllegalArgumentException.class, () -> PartialSigAgg.aggregate(session, oneMore));
  }

  @Test
  void noKeysAndNoNoncesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> KeyAggContext.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> NonceAgg.aggregate(List.of()));
  }

  private List<Bytes> badNonces() {
    Bytes good = nonces.getFirst();
    Bytes half = good.slice(0, 33);
    return List.of(
        Bytes.EMPTY,
        half,
        good.slice(0, 65),
        Bytes.concat(good, Bytes.of(new byte[1])),
        Bytes.of(new byte[66]),
        Bytes.concat(INFINITY, half),
        Bytes.concat(half, INFINITY),
        Bytes.concat(OFF_CURVE, half),
        Bytes.concat(half, OFF_CURVE),
        Bytes.concat(BEYOND_FIELD, half));
  }

  private static Bytes negated(Bytes point) {
    CurveEngine engine = CurveEngines.get();
    return engine.negate(engine.decode(point)).compressed();
  }

  private static void assertBlame(int signer, Contribution contribution, Executable executable) {
    InvalidContributionException blame =
        assertThrows(InvalidContributionException.class, executable);
    assertEquals(signer, blame.signer());
    assertEquals(contribution, blame.contribution());
  }
}
