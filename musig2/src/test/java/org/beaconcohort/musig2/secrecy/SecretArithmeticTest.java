package org.beaconcohort.musig2.secrecy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import fr.acinq.secp256k1.Secp256k1;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.beaconcohort.musig2.multiscalar.MultiScalar;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SecretArithmeticTest {
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.beaconcohort.musig2");
  private static final JavaClasses PLANTED = new ClassFileImporter().importClasses(Careless.class);

  static Stream<ArchRule> rules() {
    return Stream.of(
        SecretArithmetic.noBigIntegerArithmetic(),
        SecretArithmetic.noVariableTimeMultiplication(),
        SecretArithmetic.noFieldArithmetic(),
        SecretArithmetic.noShortCircuitComparison(),
        SecretArithmetic.noPrinting(),
        SecretArithmetic.noUncheckedNativeCall());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void productionCodeKeepsTheRule(ArchRule rule) {
    rule.check(PRODUCTION);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void carelessCodeBreaksTheRule(ArchRule rule) {
    assertTrue(rule.evaluate(PLANTED).hasViolation());
  }

  @Test
  void aPublicSumOfASecretBreaksTheRule() {
    JavaClasses planted = new ClassFileImporter().importClasses(SumOfSecret.class);
    ArchRule rule = SecretArithmetic.noVariableTimeMultiplication();
    assertTrue(rule.evaluate(planted).hasViolation());
  }

  private static final class SumOfSecret {
    private SumOfSecret() {}

    @SuppressWarnings("unused")
    static ECPoint answer(BigInteger secret) {
      return MultiScalar.sum(secret, List.of(), List.of());
    }
  }

  /** Breaks every rule. */
  private static final class Careless {
    private Careless() {}

    @SuppressWarnings("unused")
    static boolean answer(BigInteger nonce, BigInteger key, byte[] secret, ECPoint point) {
      System.out.println(nonce.add(key));
      Secp256k1.get().musigPartialSign(secret, secret, secret, secret);
      ECAlgorithms.shamirsTrick(point.multiply(key), nonce, point, key);
      System.err.println(point.getAffineXCoord().square());
      return Arrays.equals(secret, key.toByteArray());
    }
  }
}
