package org.beaconcohort.musig2.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.Scalar;
import org.junit.jupiter.api.Test;

/**
 * What is at stake: whoever makes a signer use one secret nonce three times learns the secret key
 * from the partial signatures alone.
 *
 * <p>Each is s = ±k₁ ± b·k₂ + e·a·g·gacc·d mod n, and everything but k₁, k₂ and d is public.
 */
final class NonceReuseTest {
  private static final BigInteger N = Scalar.MINUS_ONE.value().add(BigInteger.ONE);

  @Test
  void threeSignaturesWithOneNonceRevealTheKey() {
    TestCohort cohort = new TestCohort(12, 3);
    SecretKey victim = cohort.secretKeys.getFirst();
    Bytes random = cohort.random.bytes(32);
    List<List<BigInteger>> equations = new ArrayList<>();
    for (int use = 0; use < 3; use++) {
      // The public API has no way to give the same randomness twice; this is the test's own door.
      SigningSession reused =
          SigningSession.start(
              victim, cohort.context, Optional.empty(), Bytes.EMPTY, random.toArray());
      // Any two points are somebody's nonce.
      Bytes others = Bytes.concat(cohort.random.key().publicKey(), cohort.random.key().publicKey());
      Bytes aggregateNonce = NonceAgg.aggregate(List.of(reused.publicNonce(), others));
      SessionContext session =
          SessionContext.of(aggregateNonce, cohort.context, cohort.random.bytes(32));
      equations.add(equation(session, reused.sign(session)));
    }
    BigInteger found = solve(equations).getLast();
    byte[] extracted = new Scalar(found).bytes().toArray();
    assertEquals(victim.publicKey(), SecretKey.of(extracted).publicKey());
  }

  /** The factors of k₁, k₂ and d, and what they add up to. */
  private static List<BigInteger> equation(SessionContext session, Bytes partial) {
    Scalar sign = session.nonceSign();
    return List.of(
        sign.value(),
        sign.times(session.nonceCoefficient()).value(),
        session.keyFactor(0).value(),
        Scalar.of(partial).value());
  }

  /** Gaussian elimination mod n of as many equations as unknowns. */
  private static List<BigInteger> solve(List<List<BigInteger>> equations) {
    int size = equations.size();
    List<List<BigInteger>> rows = new ArrayList<>(equations);
    for (int column = 0; column < size; column++) {
      List<BigInteger> pivot = scaled(rows.get(column), rows.get(column).get(column).modInverse(N));
      rows.set(column, pivot);
      for (int row = 0; row < size; row++) {
        if (row != column) {
          BigInteger factor = rows.get(row).get(column).negate();
          rows.set(row, added(rows.get(row), scaled(pivot, factor)));
        }
      }
    }
    return rows.stream().map(List::getLast).toList();
  }

  private static List<BigInteger> scaled(List<BigInteger> row, BigInteger factor) {
    return row.stream().map(entry -> entry.multiply(factor).mod(N)).toList();
  }

  private static List<BigInteger> added(List<BigInteger> row, List<BigInteger> other) {
    List<BigInteger> sum = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      sum.add(row.get(i).add(other.get(i)).mod(N));
    }
    return sum;
  }
}
