package org.beaconcohort.musig2.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.protocol.Contribution;
import org.beaconcohort.musig2.protocol.InvalidContributionException;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.PartialSigAgg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CollectionsTest {
  private static final int SIGNERS = 5;

  private final ManySigners signers = new ManySigners(CurveEngines.get(), 1, SIGNERS);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 70})
  void anyOrderGivesWhatTheWholeListsGive(int size) {
    ManySigners many = new ManySigners(CurveEngines.get(), size, size);
    List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(order, new Random(seed));
      NonceCollection nonces = NonceCollection.of(many.keys);
      for (int signer : order) {
        nonces = nonces.with(signer, many.nonces.get(signer));
      }
      assertEquals(NonceAgg.aggregate(many.nonces), nonces.aggregateNonce());
      PartialSignatureCollection partials = nonces.sign(many.message);
      Collections.shuffle(order, new Random(-seed));
      for (int signer : order) {
        partials = partials.with(signer, many.partials.get(signer));
      }
      SigningResult.Complete complete =
          assertInstanceOf(SigningResult.Complete.class, partials.result());
      assertEquals(
          PartialSigAgg.aggregate(partials.session(), many.partials), complete.signature());
      assertTrue(Schnorr.verify(many.keys.xOnlyAggregateKey(), many.message, complete.signature()));
    }
  }

  @Test
  void holdoutsAreNamedUntilTheLastOne() {
    NonceCollection nonces = NonceCollection.of(signers.keys).with(3, signers.nonces.get(3));
    assertEquals(List.of(0, 1, 2, 4), nonces.holdouts());
    assertThrows(IllegalStateException.class, nonces::aggregateNonce);
    PartialSignatureCollection partials =
        signers.collectNonces().sign(signers.message).with(0, signers.partials.get(0));
    assertEquals(new SigningResult.Incomplete(List.of(1, 2, 3, 4)), partials.result());
    assertEquals(List.of(), partials.culprits());
  }

  @Test
  void theSameAgainIsTheSameCollection() {
    NonceCollection nonces = signers.collectNonces();
    assertSame(nonces, nonces.with(2, signers.nonces.get(2)));
    PartialSignatureCollection partials = signers.collect(signers.partials);
    assertSame(partials, partials.with(2, signers.partials.get(2)));
  }

  @Test
  void anotherOneIsRefusedWithBothAsEvidenceAndTheFirstStands() {
    NonceCollection nonces = signers.collectNonces();
    ConflictingContributionException conflict =
        assertThrows(
            ConflictingContributionException.class, () -> nonces.with(2, signers.nonces.get(1)));
    assertEquals(2, conflict.signer());
    assertEquals(Contribution.PUBLIC_NONCE, conflict.contribution());
    assertEquals(signers.nonces.get(2), conflict.first());
    assertEquals(signers.nonces.get(1), conflict.second());
    PartialSignatureCollection partials = signers.collect(signers.partials);
    conflict =
        assertThrows(
            ConflictingContributionException.class,
            () -> partials.with(0, signers.partials.get(1)));
    assertEquals(Contribution.PARTIAL_SIGNATURE, conflict.contribution());
    assertInstanceOf(SigningResult.Complete.class, partials.result());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, SIGNERS, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aSignerThatIsNoneIsRefused(int signer) {
    NonceCollection nonces = signers.collectNonces();
    assertThrows(
        IndexOutOfBoundsException.class, () -> nonces.with(signer, signers.nonces.getFirst()));
    PartialSignatureCollection partials = nonces.sign(signers.message);
    assertThrows(
        IndexOutOfBoundsException.class, () -> partials.with(signer, signers.partials.getFirst()));
  }

  @Test
  void aMalformedContributionNamesItsSignerAndChangesNothing() {
    NonceCollection nonces = NonceCollection.of(signers.keys);
    for (Bytes bad :
        List.of(
            Bytes.EMPTY,
            Bytes.of(new byte[66]),
            signers.nonces.getFirst().slice(0, 65),
            Bytes.concat(signers.nonces.getFirst().slice(0, 33), Bytes.of(new byte[33])))) {
      InvalidContributionException blame =
          assertThrows(InvalidContributionException.class, () -> nonces.with(4, bad));
      assertEquals(4, blame.signer());
      assertEquals(Contribution.PUBLIC_NONCE, blame.contribution());
    }
    assertEquals(SIGNERS, nonces.holdouts().size());
    PartialSignatureCollection partials = signers.collectNonces().sign(signers.message);
    byte[] above = new byte[32];
    java.util.Arrays.fill(above, (byte) 0xff);
    for (Bytes bad : List.of(Bytes.EMPTY, Bytes.of(new byte[31]), Bytes.of(above))) {
      InvalidContributionException blame =
          assertThrows(InvalidContributionException.class, () -> partials.with(4, bad));
      assertEquals(4, blame.signer());
      assertEquals(Contribution.PARTIAL_SIGNATURE, blame.contribution());
    }
    assertEquals(SIGNERS, partials.holdouts().size());
  }

  @Test
  void atTheDeadlineTheWrongOnesAmongThoseHereAreNamed() {
    Bytes wrong = Scalar.of(signers.partials.get(1)).plus(Scalar.ONE).bytes();
    PartialSignatureCollection partials =
        signers
            .collectNonces()
            .sign(signers.message)
            .with(1, wrong)
            .with(3, signers.partials.get(3));
    assertEquals(List.of(1), partials.culprits());
  }

  @Test
  void noncesThatCancelOutDoNotStopTheSession() {
    NonceCollection nonces = signers.collectNonces();
    Bytes other = negated(signers.nonces.getFirst());
    ManySigners two = new ManySigners(CurveEngines.get(), 2, 2);
    NonceCollection cancelling =
        NonceCollection.of(two.keys).with(0, nonces.nonce(0).orElseThrow()).with(1, other);
    assertEquals(Bytes.of(new byte[66]), cancelling.aggregateNonce());
    assertInstanceOf(
        SigningResult.Faulty.class,
        cancelling
            .sign(two.message)
            .with(0, two.partials.get(0))
            .with(1, two.partials.get(1))
            .result());
  }

  private static Bytes negated(Bytes nonce) {
    byte[] bytes = nonce.toArray();
    bytes[0] ^= 1;
    bytes[33] ^= 1;
    return Bytes.of(bytes);
  }
}
