package org.beaconcohort.musig2.secrecy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.multiscalar.MultiScalar;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;

/** Rules against operations that take a time, or leave a trace, that shows a secret. */
final class SecretArithmetic {
  private static final Set<String> VARIABLE_TIME_MULTIPLICATIONS =
      Set.of(
          "multiply", "referenceMultiply", "shamirsTrick", "sumOfTwoMultiplies", "sumOfMultiplies");

  /** Those of the native library whose every argument the engine checks first. */
  private static final Set<String> CHECKED_NATIVE_CALLS =
      Set.of(
          "get",
          "privKeyTweakAdd",
          "privKeyTweakMul",
          "pubKeyCombine",
          "pubKeyNegate",
          "pubKeyTweakMul",
          "pubkeyCreate",
          "pubkeyParse",
          "verifySchnorr");

  private static final String PUBLIC_SUMS = MultiScalar.class.getPackageName();

  private static final String FIELD_ARITHMETIC =
      "add.*|subtract|multiply.*|divide|negate|square.*|invert|sqrt";

  private SecretArithmetic() {}

  /** Its MuSig2 signs twice with one nonce, and ends the process on bytes that are none. */
  static ArchRule noUncheckedNativeCall() {
    return noClasses()
        .should()
        .callMethodWhere(
            call(
                "of the native library that is not among those checked",
                call ->
                    call.getTargetOwner().getPackageName().equals("fr.acinq.secp256k1")
                        && !CHECKED_NATIVE_CALLS.contains(call.getName())))
        .as("of libsecp256k1 only " + CHECKED_NATIVE_CALLS + " are called");
  }

  /**
   * Scalar is the one type of public numbers, and sums of products are of public numbers;
   * BigInteger only carries a secret elsewhere.
   */
  static ArchRule noBigIntegerArithmetic() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Scalar.class.getName())
        .and()
        .resideOutsideOfPackage(PUBLIC_SUMS)
        .should()
        .callMethodWhere(
            call("of BigInteger", call -> call.getTargetOwner().isEquivalentTo(BigInteger.class)))
        .as("only Scalar and sums of products, whose values are public, compute with BigInteger");
  }

  /** {@code publicSumOfProducts} is where the engine multiplies by public numbers. */
  static ArchRule noVariableTimeMultiplication() {
    return noClasses()
        .should()
        .callMethodWhere(
            call(
                "that multiplies points in variable time",
                call ->
                    isVariableTimeMultiplication(call)
                        && !call.getOrigin().getName().equals("publicSumOfProducts")))
        .as("secrets are multiplied by comb or multiplySecret only");
  }

  private static boolean isVariableTimeMultiplication(JavaMethodCall call) {
    if (call.getTargetOwner().isEquivalentTo(MultiScalar.class)) {
      return !call.getOriginOwner().isEquivalentTo(MultiScalar.class);
    }
    boolean ofBouncyCastle =
        call.getTargetOwner().isAssignableTo(ECPoint.class)
            || call.getTargetOwner().isEquivalentTo(ECAlgorithms.class);
    return ofBouncyCastle && VARIABLE_TIME_MULTIPLICATIONS.contains(call.getName());
  }

  /** What sums of products are made of branches on its numbers, so nothing else is made of it. */
  static ArchRule noFieldArithmetic() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(PUBLIC_SUMS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle.math.raw..", "org.bouncycastle.math.ec.custom..")
        .orShould()
        .callMethodWhere(
            call(
                "that computes with coordinates",
                call ->
                    call.getTargetOwner().isAssignableTo(ECFieldElement.class)
                        && call.getName().matches(FIELD_ARITHMETIC)))
        .as("only sums of products, whose numbers are public, compute in the field");
  }

  /** Comparison that stops at the first difference tells where it is. */
  static ArchRule noShortCircuitComparison() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Bytes.class.getName())
        .should()
        .callMethodWhere(
            call(
                "that compares contents",
                call ->
                    (call.getTargetOwner().isEquivalentTo(Arrays.class)
                            || call.getTargetOwner().isEquivalentTo(Objects.class))
                        && call.getName().matches("equals|compare.*|mismatch|deepEquals")))
        .as("only Bytes, which is public, compares arrays");
  }

  /** What is printed or logged stays somewhere. */
  static ArchRule noPrinting() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.slf4j..", "java.util.logging..", "java.lang.System.Logger")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethodWhere(call("printStackTrace", call -> call.getName().equals("printStackTrace")))
        .as("nothing is printed or logged");
  }

  private static DescribedPredicate<JavaMethodCall> call(
      String description, Predicate<JavaMethodCall> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }
}
