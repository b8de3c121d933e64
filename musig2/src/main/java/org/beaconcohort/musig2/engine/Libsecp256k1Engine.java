package org.beaconcohort.musig2.engine;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.multiscalar.AffinePoint;
import org.beaconcohort.musig2.multiscalar.MultiScalar;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/**
 * secp256k1 on libsecp256k1, by the primitives of its JNI binding.
 *
 * <p>Every argument has its exact length and range checked here before it crosses into native code,
 * where a fault would end the process. The binding's {@code musig_*} calls are not used: their
 * secret nonce can be signed with twice, and they name no culprit.
 */
final class Libsecp256k1Engine implements CurveEngine {
  static final String NAME = "libsecp256k1";

  /** Points collected before they are added in one native call, whose fixed cost is shared. */
  private static final int SUM_BATCH = 32;

  /**
   * From so many points on, a sum of products is made in Java: the library has no call for one, and
   * multiplies each point from the start. With factors of 32 bytes Java takes 80 % of its time for
   * 64 points, 70 % for 128 and 55 % for 1000; shorter factors pay from 16 points on.
   */
  private static final int LARGE_SUM = 80;

  private static final Bytes EVEN = Bytes.of(new byte[] {2});
  private static final Bytes ODD = Bytes.of(new byte[] {3});

  private final Secp256k1 library;
  private final Point infinity = new Point(Bytes.EMPTY);
  private final Point generator;

  private Libsecp256k1Engine(Secp256k1 library) {
    this.library = library;
    this.generator = new Point(Bytes.of(library.pubkeyCreate(Scalar.ONE.bytes().toArray())));
  }

  /**
   * What loading came to.
   *
   * @param engine absent if the library does not load
   * @param why it does not; else empty
   */
  record Loaded(@Nullable CurveEngine engine, String why) {}

  /** Loads the native library, if there is one for this machine and it may be loaded. */
  static Loaded load() {
    try {
      return new Loaded(new Libsecp256k1Engine(Secp256k1.get()), "");
    } catch (IllegalStateException | LinkageError | Secp256k1Exception e) {
      return new Loaded(null, e.toString());
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CurvePoint generator() {
    return generator;
  }

  @Override
  public CurvePoint infinity() {
    return infinity;
  }

  @Override
  public CurvePoint decode(Bytes compressed) {
    Encodings.requireCompressed(compressed);
    return parsed(compressed);
  }

  @Override
  public CurvePoint liftX(Bytes xOnly) {
    Encodings.requireXOnly(xOnly);
    return parsed(Bytes.concat(EVEN, xOnly));
  }

  private Point parsed(Bytes compressed) {
    try {
      return new Point(Bytes.of(library.pubkeyParse(compressed.toArray())));
    } catch (Secp256k1Exception notOnCurve) {
      throw Encodings.notOnCurve(compressed);
    }
  }

  @Override
  public CurvePoint negate(CurvePoint point) {
    return point.isInfinity()
        ? infinity
        : new Point(Bytes.of(library.pubKeyNegate(unwrap(point).uncompressed().toArray())));
  }

  @Override
  public PointSum emptySum() {
    return new Sum(infinity, null);
  }

  @Override
  public CurvePoint sumOfProducts(
      Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points) {
    if (isLarge(factors)) {
      ECPoint sum = publicSumOfProducts(ofGenerator, factors, points).normalize();
      return sum.isInfinity() ? infinity : new Point(Bytes.of(sum.getEncoded(false)));
    }
    return combined(products(ofGenerator, factors, points));
  }

  @Override
  public boolean sumsToInfinity(Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points) {
    if (isLarge(factors)) {
      return publicSumOfProducts(ofGenerator, factors, points).isInfinity();
    }
    // Comparing both sides: for the library a sum at infinity is an exception, which is slow.
    CurvePoint negated = combined(products(ofGenerator.negate(), List.of(), List.of()));
    return negated.equals(combined(products(Scalar.ZERO, factors, points)));
  }

  private static boolean isLarge(List<Scalar> factors) {
    return factors.size() >= LARGE_SUM;
  }

  private ECPoint publicSumOfProducts(
      Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points) {
    Encodings.requireSameLength(factors, points);
    List<BigInteger> multipliers = new ArrayList<>(points.size());
    List<AffinePoint> bases = new ArrayList<>(points.size());
    for (int i = 0; i < points.size(); i++) {
      Point point = unwrap(points.get(i));
      if (!point.isInfinity()) {
        multipliers.add(factors.get(i).value());
        bases.add(AffinePoint.ofUncompressed(point.uncompressed().toArray()));
      }
    }
    return MultiScalar.sum(ofGenerator.value(), multipliers, bases);
  }

  private List<byte[]> products(Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points) {
    Encodings.requireSameLength(factors, points);
    List<byte[]> products = new ArrayList<>(points.size() + 1);
    if (!ofGenerator.isZero()) {
      products.add(library.pubkeyCreate(ofGenerator.bytes().toArray()));
    }
    for (int i = 0; i < points.size(); i++) {
      Scalar factor = factors.get(i);
      Point point = unwrap(points.get(i));
      if (!point.isInfinity() && !factor.isZero()) {
        byte[] base = point.uncompressed().toArray();
        products.add(
            factor.equals(Scalar.ONE)
                ? base
                : library.pubKeyTweakMul(base, factor.bytes().toArray()));
      }
    }
    return products;
  }

  /** The sum of 65-byte points, none of them infinity; for the library infinity is an error. */
  private Point combined(List<byte[]> points) {
    if (points.isEmpty()) {
      return infinity;
    }
    if (points.size() == 1) {
      return new Point(Bytes.of(points.getFirst()));
    }
    try {
      return new Point(Bytes.of(library.pubKeyCombine(points.toArray(new byte[0][]))));
    } catch (Secp256k1Exception sumIsInfinity) {
      return infinity;
    }
  }

  @Override
  public int batchPaysFrom() {
    return 100;
  }

  /**
   * Never, unless they are of few authors: it takes as long for 200 signatures, longer for fewer.
   */
  @Override
  public int schnorrBatchPaysFrom() {
    return Integer.MAX_VALUE;
  }

  @Override
  public boolean verifySchnorr(Bytes xOnlyKey, Bytes message, Bytes signature) {
    if (signature.size() != 64 || xOnlyKey.size() != 32) {
      return false;
    }
    if (message.size() != 32) {
      // The binding takes hashes only.
      return SchnorrEquation.holds(this, xOnlyKey, message, signature);
    }
    try {
      return library.verifySchnorr(signature.toArray(), message.toArray(), xOnlyKey.toArray());
    } catch (Secp256k1Exception noKey) {
      return false;
    }
  }

  @Override
  public CurvePoint multiplyGeneratorSecret(byte[] secret) {
    Encodings.requireSecret(secret);
    return SecretNumbers.isNonZero(secret) == 1
        ? new Point(Bytes.of(library.pubkeyCreate(secret)))
        : infinity;
  }

  /** By Bouncy Castle: the library's multiplication of a point is for public factors. */
  @Override
  public byte[] multiplySecret(CurvePoint point, byte[] secret) {
    return CurveEngines.bouncyCastle().multiplySecret(point, secret);
  }

  @Override
  public byte[] combineSecret(Scalar constant, List<Scalar> factors, List<byte[]> secrets) {
    Encodings.requireSameLength(factors, secrets);
    secrets.forEach(Encodings::requireSecret);
    byte[] sum = constant.bytes().toArray();
    for (int i = 0; i < secrets.size(); i++) {
      // The library has no zero; a secret is one with probability 2^-256.
      if (!factors.get(i).isZero() && SecretNumbers.isNonZero(secrets.get(i)) == 1) {
        byte[] product = library.privKeyTweakMul(secrets.get(i), factors.get(i).bytes().toArray());
        byte[] before = sum;
        sum = sum(before, product);
        SecretNumbers.wipe(before);
        SecretNumbers.wipe(product);
      }
    }
    return sum;
  }

  /** a + b mod n in a new array, where b is not 0. */
  private byte[] sum(byte[] a, byte[] b) {
    if (SecretNumbers.isNonZero(a) == 0) {
      return b.clone();
    }
    try {
      return library.privKeyTweakAdd(a, b);
    } catch (Secp256k1Exception sumIsZero) {
      return new byte[32];
    }
  }

  private Point unwrap(CurvePoint point) {
    if (point instanceof Point own) {
      return own;
    }
    return point.isInfinity() ? infinity : parsed(point.compressed());
  }

  /** What was added up, and what is waiting to be, newest first. */
  private final class Sum implements PointSum {
    private final Point addedUp;
    private final @Nullable Waiting waiting;

    private Sum(Point addedUp, @Nullable Waiting waiting) {
      this.addedUp = addedUp;
      this.waiting = waiting;
    }

    @Override
    public PointSum plus(CurvePoint point) {
      Point own = unwrap(point);
      if (own.isInfinity()) {
        return this;
      }
      int count = waiting == null ? 1 : waiting.count() + 1;
      Sum more = new Sum(addedUp, new Waiting(own, count, waiting));
      return count < SUM_BATCH ? more : new Sum(more.total(), null);
    }

    @Override
    public CurvePoint value() {
      return total();
    }

    private Point total() {
      List<byte[]> points = new ArrayList<>();
      if (!addedUp.isInfinity()) {
        points.add(addedUp.uncompressed().toArray());
      }
      for (Waiting each = waiting; each != null; each = each.before()) {
        points.add(each.point().uncompressed().toArray());
      }
      return combined(points);
    }
  }

  private record Waiting(Point point, int count, @Nullable Waiting before) {}

  /**
   * A point as the library takes it without a square root.
   *
   * @param uncompressed 65 bytes; none for infinity
   */
  private record Point(Bytes uncompressed) implements CurvePoint {
    @Override
    public boolean isInfinity() {
      return uncompressed.size() == 0;
    }

    @Override
    public boolean hasEvenY() {
      Encodings.refuseInfinity(this);
      return (uncompressed.at(64) & 1) == 0;
    }

    @Override
    public Bytes compressed() {
      return isInfinity()
          ? Encodings.INFINITY
          : Bytes.concat(hasEvenY() ? EVEN : ODD, uncompressed.slice(1, 33));
    }

    @Override
    public Bytes xOnly() {
      Encodings.refuseInfinity(this);
      return uncompressed.slice(1, 33);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Point own
          ? uncompressed.equals(own.uncompressed)
          : other instanceof CurvePoint point && compressed().equals(point.compressed());
    }

    @Override
    public int hashCode() {
      return compressed().hashCode();
    }

    @Override
    public String toString() {
      return compressed().hex();
    }
  }
}
