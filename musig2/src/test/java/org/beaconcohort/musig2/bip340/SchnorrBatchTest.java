package org.beaconcohort.musig2.bip340;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.beaconcohort.musig2.bip340.SchnorrBatch.Signed;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SchnorrBatchTest {
  private static final Bytes FIELD =
      Bytes.ofHex("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f");
  private static final Bytes NO_X = Bytes.ofHex("00".repeat(31) + "05");

  private final SeededRandom random = new SeededRandom(63);

  static Stream<CurveEngine> engines() {
    return Stream.concat(
        Stream.of(CurveEngines.bouncyCastle()), CurveEngines.libsecp256k1().stream());
  }

  /** Whether or not the engine would choose a batch. */
  private static void check(CurveEngine engine, List<Signed> signed, List<Integer> invalid) {
    assertEquals(invalid, SchnorrBatch.invalidTogether(engine, signed));
    assertEquals(invalid, SchnorrBatch.invalid(engine, signed));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void ofValidSignaturesNoneIsInvalid(CurveEngine engine) {
    for (int size : List.of(0, 1, 2, 3, 4, 16, 100)) {
      check(engine, signed(size), List.of());
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void thoseThatAreInvalidAreNamed(CurveEngine engine) {
    List<Signed> good = signed(70);
    for (int count : List.of(1, 2, 7, 70)) {
      List<Signed> mixed = new ArrayList<>(good);
      List<Integer> bad = chosen(70, count);
      bad.forEach(index -> mixed.set(index, spoilt(mixed.get(index), index)));
      check(engine, mixed, bad);
    }
  }

  /** Each of its parts in turn. */
  private Signed spoilt(Signed signed, int how) {
    Bytes key = signed.xOnlyKey();
    Bytes signature = signed.signature();
    Bytes r = signature.slice(0, 32);
    Bytes s = signature.slice(32, 64);
    return switch (how % 4) {
      case 0 -> new Signed(key, random.bytes(32), signature);
      case 1 -> new Signed(random.key().xOnlyPublicKey(), signed.message(), signature);
      case 2 -> new Signed(key, signed.message(), Bytes.concat(random.key().xOnlyPublicKey(), s));
      default ->
          new Signed(key, signed.message(), Bytes.concat(r, Scalar.of(s).plus(Scalar.ONE).bytes()));
    };
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatIsMalformedIsInvalidAndTheRestIsNot(CurveEngine engine) {
    Signed good = signed(1).getFirst();
    Bytes key = good.xOnlyKey();
    Bytes message = good.message();
    Bytes r = good.signature().slice(0, 32);
    Bytes s = good.signature().slice(32, 64);
    Bytes ones = Bytes.ofHex("ff".repeat(32));
    List<Signed> malformed =
        List.of(
            new Signed(Bytes.EMPTY, message, good.signature()),
            new Signed(key.slice(1, 32), message, good.signature()),
            new Signed(Bytes.concat(key, key), message, good.signature()),
            new Signed(NO_X, message, good.signature()),
            new Signed(FIELD, message, good.signature()),
            new Signed(key, Bytes.EMPTY, good.signature()),
            new Signed(key, message, Bytes.EMPTY),
            new Signed(key, message, r),
            new Signed(key, message, Bytes.concat(r, s, s)),
            new Signed(key, message, Bytes.concat(NO_X, s)),
            new Signed(key, message, Bytes.concat(FIELD, s)),
            new Signed(key, message, Bytes.concat(r, ones)),
            new Signed(key, message, Bytes.concat(r, Bytes.of(new byte[32]))));
    check(engine, malformed, IntStream.range(0, malformed.size()).boxed().toList());
    List<Signed> between = new ArrayList<>();
    List<Integer> bad = new ArrayList<>();
    for (Signed each : malformed) {
      between.add(good);
      bad.add(between.size());
      between.add(each);
    }
    check(engine, between, bad);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void errorsThatCancelInThePlainSumDoNotCancelHere(CurveEngine engine) {
    List<Signed> signed = new ArrayList<>(signed(8));
    signed.set(0, shifted(signed.get(0), Scalar.ONE));
    signed.set(3, shifted(signed.get(3), Scalar.MINUS_ONE));
    check(engine, signed, List.of(0, 3));
    List<Signed> swapped = new ArrayList<>(signed(8));
    Signed first = swapped.get(1);
    Signed second = swapped.get(2);
    Bytes r1 = first.signature().slice(0, 32);
    Bytes r2 = second.signature().slice(0, 32);
    swapped.set(1, with(first, Bytes.concat(r2, first.signature().slice(32, 64))));
    swapped.set(2, with(second, Bytes.concat(r1, second.signature().slice(32, 64))));
    check(engine, swapped, List.of(1, 2));
  }

  private static Signed shifted(Signed signed, Scalar by) {
    Bytes s = Scalar.of(signed.signature().slice(32, 64)).plus(by).bytes();
    return with(signed, Bytes.concat(signed.signature().slice(0, 32), s));
  }

  private static Signed with(Signed signed, Bytes signature) {
    return new Signed(signed.xOnlyKey(), signed.message(), signature);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void oneAuthorsSignaturesAndOneSignatureManyTimesAreFine(CurveEngine engine) {
    SecretKey author = random.key();
    List<Signed> signed = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      signed.add(signed(author, random.bytes(32)));
      signed.add(signed.getFirst());
    }
    check(engine, signed, List.of());
    signed.set(30, shifted(signed.get(30), Scalar.ONE));
    signed.set(31, shifted(signed.get(31), Scalar.MINUS_ONE));
    check(engine, signed, List.of(30, 31));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void messagesMayHaveAnyLength(CurveEngine engine) {
    List<Signed> signed = new ArrayList<>();
    for (int size : List.of(0, 1, 31, 32, 33, 1000)) {
      signed.add(signed(random.key(), random.bytes(size)));
    }
    check(engine, signed, List.of());
  }

  private List<Signed> signed(int size) {
    return Stream.generate(() -> signed(random.key(), random.bytes(32))).limit(size).toList();
  }

  private Signed signed(SecretKey key, Bytes message) {
    return new Signed(key.xOnlyPublicKey(), message, Schnorr.sign(key, message, random.bytes(32)));
  }

  private static List<Integer> chosen(int size, int count) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(all, new Random(count));
    return List.copyOf(new TreeSet<>(all.subList(0, count)));
  }
}
