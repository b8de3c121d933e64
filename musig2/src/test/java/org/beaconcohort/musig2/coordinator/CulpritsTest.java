package org.beaconcohort.musig2.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.taproot.TaprootTweak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everyone who is to blame is named, and nobody else, however they conspire. */
final class CulpritsTest {
  private static final Map<Integer, ManySigners> MADE = new HashMap<>();

  /** Making them takes longer than blaming them. */
  private static ManySigners cohort(int size) {
    return MADE.computeIfAbsent(size, n -> new ManySigners(CurveEngines.get(), 40 + n, n));
  }

  record Case(int signers, int bad) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(2, 1),
        new Case(10, 3),
        new Case(199, 2),
        new Case(200, 1),
        new Case(1000, 1),
        new Case(1000, 5),
        new Case(1000, 50),
        new Case(200, 200));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void allWhoAreWrongAreNamed(Case each) {
    ManySigners cohort = cohort(each.signers());
    Set<Integer> bad = chosen(each.signers(), each.bad());
    List<Bytes> partials = new ArrayList<>(cohort.partials);
    for (int signer : bad) {
      partials.set(signer, plus(partials.get(signer), signer + 1L));
    }
    PartialSignatureCollection collected = cohort.collect(partials);
    long before = System.nanoTime();
    SigningResult.Faulty faulty = assertInstanceOf(SigningResult.Faulty.class, collected.result());
    long took = (System.nanoTime() - before) / 1_000_000;
    System.out.printf(
        "%d bad of %d named in %d ms on %s%n",
        each.bad(), each.signers(), took, CurveEngines.get().name());
    assertEquals(List.copyOf(bad), faulty.culprits());
  }

  @Test
  void colludingOffsetsThatCancelGiveAValidSignatureAndNameNobody() {
    ManySigners cohort = cohort(10);
    List<Bytes> partials = new ArrayList<>(cohort.partials);
    partials.set(2, plus(partials.get(2), 7));
    partials.set(5, plus(partials.get(5), -7));
    assertInstanceOf(SigningResult.Complete.class, cohort.collect(partials).result());
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void colludingOffsetsDoNotHideBehindAThirdError(int size) {
    ManySigners cohort = cohort(size);
    List<Bytes> partials = new ArrayList<>(cohort.partials);
    partials.set(2, plus(partials.get(2), 7));
    partials.set(5, plus(partials.get(5), -7));
    partials.set(8, plus(partials.get(8), 1));
    assertEquals(new SigningResult.Faulty(List.of(2, 5, 8)), cohort.collect(partials).result());
  }

  static Stream<Integer> sizes() {
    return Stream.of(10, 1000);
  }

  @Test
  void partialsSwappedBetweenTwoSignersNameThoseTwo() {
    ManySigners cohort = cohort(10);
    List<Bytes> partials = new ArrayList<>(cohort.partials);
    Collections.swap(partials, 3, 4);
    partials.set(0, plus(partials.get(0), 1));
    assertEquals(new SigningResult.Faulty(List.of(0, 3, 4)), cohort.collect(partials).result());
  }

  @Test
  void aPartialOfAnotherSessionNamesItsSender() {
    ManySigners cohort = cohort(10);
    ManySigners other = new ManySigners(CurveEngines.get(), 99, 10);
    List<Bytes> partials = new ArrayList<>(cohort.partials);
    partials.set(6, other.partials.get(6));
    assertEquals(new SigningResult.Faulty(List.of(6)), cohort.collect(partials).result());
  }

  /** The aggregate hides the swap, so there is a signature, and nobody is asked for blame. */
  @Test
  void goodPartialsBesideOneAnothersNoncesGiveTheSignature() {
    ManySigners cohort = cohort(10);
    NonceCollection framed = NonceCollection.of(cohort.keys);
    for (int i = 0; i < 10; i++) {
      int from = i == 1 ? 2 : i == 2 ? 1 : i;
      framed = framed.with(i, cohort.nonces.get(from));
    }
    PartialSignatureCollection there = framed.sign(cohort.message);
    assertEquals(cohort.collectNonces().aggregateNonce(), there.session().aggregateNonce());
    for (int i = 0; i < 10; i++) {
      there = there.with(i, cohort.partials.get(i));
    }
    assertInstanceOf(SigningResult.Complete.class, there.result());
    assertEquals(List.of(), cohort.collect(cohort.partials).culprits());
  }

  @Test
  void bothEnginesNameTheSame() {
    ManySigners cohort = cohort(200);
    Set<Integer> bad = chosen(200, 9);
    List<Bytes> partials = new ArrayList<>(cohort.partials);
    bad.forEach(signer -> partials.set(signer, plus(partials.get(signer), 3)));
    for (CurveEngine engine :
        Stream.concat(Stream.of(CurveEngines.bouncyCastle()), CurveEngines.libsecp256k1().stream())
            .toList()) {
      var keys = TaprootTweak.apply(KeyAggContext.of(engine, cohort.keys.keys()), Optional.empty());
      NonceCollection nonces = NonceCollection.of(keys);
      for (int i = 0; i < 200; i++) {
        nonces = nonces.with(i, cohort.nonces.get(i));
      }
      PartialSignatureCollection collected = nonces.sign(cohort.message);
      for (int i = 0; i < 200; i++) {
        collected = collected.with(i, partials.get(i));
      }
      assertEquals(List.copyOf(bad), collected.culprits(), engine.name());
    }
  }

  private static Bytes plus(Bytes partial, long offset) {
    Scalar number = Scalar.reduce(Bytes.ofHex("%016x".formatted(Math.abs(offset))));
    return Scalar.of(partial).plus(number.negateIf(offset < 0)).bytes();
  }

  private static Set<Integer> chosen(int signers, int count) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, signers).boxed().toList());
    Collections.shuffle(all, new Random(count));
    return new TreeSet<>(all.subList(0, count));
  }
}
