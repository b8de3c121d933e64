package org.beaconcohort.musig2.measure;

import fr.acinq.secp256k1.Secp256k1;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bip340.SchnorrBatch;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.seeded.SeededRandom;

/**
 * Prints what sums of products cost on both engines; the thresholds of the engines are from here.
 * Arguments: seconds for each line, then any of keyagg, sums, partials, schnorr.
 */
public final class PublicSums {
  private static final SeededRandom RANDOM = new SeededRandom(1);
  private static final CurveEngine JAVA = CurveEngines.bouncyCastle();
  private static final CurveEngine NATIVE = CurveEngines.libsecp256k1().orElseThrow();

  private PublicSums() {}

  public static void main(String[] arguments) {
    long seconds = Long.parseLong(arguments[0]);
    for (String what : List.of(arguments).subList(1, arguments.length)) {
      switch (what) {
        case "keyagg" -> keyAggregation(seconds);
        case "sums" -> sums(seconds);
        case "partials" -> partials(seconds);
        case "schnorr" -> schnorr(seconds);
        default -> throw new IllegalArgumentException(what);
      }
    }
  }

  private static void keyAggregation(long seconds) {
    Secp256k1 library = Secp256k1.get();
    for (int n : new int[] {2, 10, 100, 1000}) {
      List<Bytes> keys = Stream.generate(() -> RANDOM.key().publicKey()).limit(n).toList();
      byte[][] arrays = keys.stream().map(Bytes::toArray).toArray(byte[][]::new);
      byte[] cache = new byte[Secp256k1.MUSIG2_PUBLIC_KEYAGG_CACHE_SIZE];
      new Interleaved("key aggregation, " + n, seconds)
          .add("musigPubkeyAgg", () -> library.musigPubkeyAgg(arrays, cache))
          .add("java", () -> KeyAggContext.of(JAVA, keys))
          .add("native", () -> KeyAggContext.of(NATIVE, keys))
          .print();
    }
  }

  private static void sums(long seconds) {
    for (int bytes : new int[] {8, 16, 32}) {
      for (int n : new int[] {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, 300, 1000}) {
        List<Scalar> factors =
            Stream.generate(() -> Scalar.reduce(RANDOM.bytes(bytes))).limit(n).toList();
        List<Bytes> encoded = Stream.generate(() -> RANDOM.key().publicKey()).limit(n).toList();
        List<CurvePoint> javas = encoded.stream().map(JAVA::decode).toList();
        List<CurvePoint> natives = encoded.stream().map(NATIVE::decode).toList();
        new Interleaved("sum of " + n + ", " + bytes + " bytes", seconds)
            .add("native", () -> NATIVE.sumOfProducts(Scalar.ZERO, factors, natives))
            .add("java", () -> JAVA.sumOfProducts(Scalar.ZERO, factors, javas))
            .print();
      }
    }
  }

  /** s·G − Σ z·R₁ − b·Σ z·R₂ − Σ z·e·a·P, with z of 64 bits. */
  private static void partials(long seconds) {
    for (int n : new int[] {1, 2, 4, 8, 10, 16, 32, 100, 200, 1000}) {
      List<Bytes> encoded = Stream.generate(() -> RANDOM.key().publicKey()).limit(3L * n).toList();
      List<Scalar> shorts = Stream.generate(() -> Scalar.reduce(RANDOM.bytes(8))).limit(n).toList();
      List<Scalar> longs = Stream.generate(() -> Scalar.reduce(RANDOM.bytes(32))).limit(n).toList();
      Interleaved table = new Interleaved("partials, " + n, seconds);
      for (CurveEngine engine : List.of(NATIVE, JAVA)) {
        List<CurvePoint> points = encoded.stream().map(engine::decode).toList();
        table.add(
            engine.name() + " one by one",
            () -> {
              boolean all = true;
              for (int i = 0; i < n; i++) {
                List<CurvePoint> three = points.subList(3 * i, 3 * i + 3);
                all &=
                    engine.sumsToInfinity(
                        longs.get(i),
                        List.of(Scalar.ONE, longs.getFirst(), longs.getLast()),
                        three);
              }
              return all;
            });
        table.add(
            engine.name() + " batch",
            () -> {
              List<Scalar> factors = new ArrayList<>(longs);
              List<CurvePoint> all = new ArrayList<>(points.subList(0, n));
              factors.add(Scalar.ONE);
              all.add(engine.sumOfProducts(Scalar.ZERO, shorts, points.subList(n, 2 * n)));
              factors.add(longs.getFirst());
              all.add(engine.sumOfProducts(Scalar.ZERO, shorts, points.subList(2 * n, 3 * n)));
              return engine.sumsToInfinity(longs.getFirst(), factors, all);
            });
      }
      table.print();
    }
  }

  private static void schnorr(long seconds) {
    for (int m : new int[] {2, 3, 4, 8, 16, 32, 64, 128, 256}) {
      List<SchnorrBatch.Signed> signed = new ArrayList<>();
      List<SchnorrBatch.Signed> oneAuthor = new ArrayList<>();
      SecretKey author = RANDOM.key();
      for (int i = 0; i < m; i++) {
        signed.add(signed(RANDOM.key()));
        oneAuthor.add(signed(author));
      }
      Interleaved table = new Interleaved("schnorr, " + m, seconds);
      for (CurveEngine engine : List.of(NATIVE, JAVA)) {
        table
            .add(
                engine.name() + " one by one",
                () ->
                    signed.stream()
                        .filter(each ->
                            Schnorr.verify(
                                engine, each.xOnlyKey(), each.message(), each.signature()))
                        .count())
            .add(engine.name() + " batch", () -> SchnorrBatch.invalid(engine, signed))
            .add("of one author", () -> SchnorrBatch.invalid(engine, oneAuthor));
      }
      table.print();
    }
  }

  private static SchnorrBatch.Signed signed(SecretKey key) {
    Bytes message = RANDOM.bytes(32);
    return new SchnorrBatch.Signed(
        key.xOnlyPublicKey(), message, Schnorr.sign(key, message, RANDOM.bytes(32)));
  }
}
