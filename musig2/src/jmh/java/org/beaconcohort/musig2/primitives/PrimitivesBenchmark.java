package org.beaconcohort.musig2.primitives;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One operation of an engine, or a small one made of them, on random data. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PrimitivesBenchmark {
  private static final int KEYS = 100;

  /** The engine of the process, which JMH forks anew for each of them. */
  @Param({"bouncycastle", "libsecp256k1"})
  public String engine = "";

  private final SecureRandom random = new SecureRandom();
  private final List<Bytes> keys = new ArrayList<>();
  private final byte[] secret = new byte[32];
  private final List<byte[]> secrets = new ArrayList<>();
  private final List<Scalar> factors = new ArrayList<>();
  private CurveEngine curve = CurveEngines.bouncyCastle();
  private CurvePoint point = curve.generator();
  private SecretKey key = SecretKey.of(curve, Scalar.ONE.bytes().toArray());
  private Bytes message = Bytes.EMPTY;
  private Bytes signature = Bytes.EMPTY;

  /** Makes what the operations take. */
  @Setup
  public void draw() {
    System.setProperty(CurveEngines.PROPERTY, engine);
    curve = CurveEngines.get();
    if (!curve.name().equals(engine)) {
      throw new IllegalStateException("engine must be " + engine + ", is " + curve.name());
    }
    for (int i = 0; i < KEYS; i++) {
      keys.add(SecretKey.generate(random).publicKey());
    }
    random.nextBytes(secret);
    for (int i = 0; i < 3; i++) {
      secrets.add(bytes().toArray());
      factors.add(Scalar.reduce(bytes()));
    }
    point = curve.decode(keys.getFirst());
    key = SecretKey.generate(random);
    message = bytes();
    signature = Schnorr.sign(key, message, bytes());
  }

  private Bytes bytes() {
    byte[] drawn = new byte[32];
    random.nextBytes(drawn);
    return Bytes.of(drawn);
  }

  /** A point from 33 bytes. */
  @Benchmark
  public CurvePoint decode() {
    return curve.decode(keys.getFirst());
  }

  /** k·G for a secret k. */
  @Benchmark
  public CurvePoint multiplyGeneratorSecret() {
    return curve.multiplyGeneratorSecret(secret);
  }

  /** The x coordinate of k·P for a secret k. */
  @Benchmark
  public byte[] multiplySecret() {
    return curve.multiplySecret(point, secret);
  }

  /** k·P for a public k and a point multiplied before. */
  @Benchmark
  public CurvePoint multiply() {
    return curve.sumOfProducts(Scalar.ZERO, factors.subList(0, 1), List.of(point));
  }

  /** a·G + b·P for public numbers. */
  @Benchmark
  public CurvePoint multiplyBoth() {
    return curve.sumOfProducts(factors.getLast(), factors.subList(0, 1), List.of(point));
  }

  /** Three secret numbers times public factors, as a partial signature has them. */
  @Benchmark
  public byte[] combineSecret() {
    return curve.combineSecret(Scalar.ZERO, factors, secrets);
  }

  /** A BIP-340 signature, with the verification that precedes its release. */
  @Benchmark
  public Bytes sign() {
    return Schnorr.sign(key, message, message);
  }

  /** BIP-340 verification from bytes. */
  @Benchmark
  public boolean verify() {
    return Schnorr.verify(key.xOnlyPublicKey(), message, signature);
  }

  /** The aggregate of 100 keys from bytes. */
  @Benchmark
  public KeyAggContext aggregateKeys() {
    return KeyAggContext.of(keys);
  }
}
