package org.beaconcohort.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * What Java makes public for the packages of {@code musig2} alone: whoever makes a secret nonce
 * from inputs of its choice can make it twice.
 */
final class SecretsBelow {
  private static final Set<String> ENGINE_OPERATIONS =
      Set.of("multiplyGeneratorSecret", "multiplySecret", "combineSecret");

  private SecretsBelow() {}

  static ArchRule noncesAreMadeInMusig2(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".musig2..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(root + ".musig2.curve.SecretNonce")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName(root + ".musig2.engine.SecretNumbers")
        .orShould()
        .callMethodWhere(computesWithSecrets(root))
        .as("only musig2 makes secret nonces and computes with secret numbers");
  }

  private static DescribedPredicate<JavaMethodCall> computesWithSecrets(String root) {
    return DescribedPredicate.describe(
        "computes with secret numbers",
        call ->
            call.getTargetOwner().getPackageName().equals(root + ".musig2.engine")
                && ENGINE_OPERATIONS.contains(call.getName()));
  }
}
