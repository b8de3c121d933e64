package org.beaconcohort.cli.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * {@code cohort} and {@code musig2} compute: no input or output, no thread, no clock, no chance.
 */
final class PureModules {
  /** Exceptions that libraries declare, and the name of UTF-8. */
  private static final Set<String> ALLOWED =
      Set.of(
          "java.io.IOException",
          "java.io.UncheckedIOException",
          "java.nio.charset.Charset",
          "java.nio.charset.StandardCharsets");

  private static final Set<String> CONSTRUCTORS_THAT_ASK_THE_WORLD =
      Set.of(
          "java.security.SecureRandom()",
          "java.security.SecureRandom(byte[])",
          "java.util.Date()",
          "java.util.Random()",
          "java.util.SplittableRandom()");

  private static final Set<String> METHODS_THAT_ASK_THE_WORLD =
      Set.of(
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.security.SecureRandom.getInstance",
          "java.security.SecureRandom.getInstanceStrong",
          "java.util.UUID.randomUUID",
          "java.util.random.RandomGenerator.getDefault",
          "org.bouncycastle.crypto.CryptoServicesRegistrar.getSecureRandom");

  private PureModules() {}

  static ArchRule openNothing(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".cohort..", root + ".musig2..")
        .should()
        .dependOnClassesThat(belongToTheWorld())
        .as("cohort and musig2 open no file, socket or database, start no thread and do not log");
  }

  static ArchRule takeTimeAndChanceAsArguments(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".cohort..", root + ".musig2..")
        .should()
        .accessTargetWhere(asksTheWorld())
        .as("cohort and musig2 read no clock and make no randomness: both are arguments");
  }

  private static DescribedPredicate<JavaClass> belongToTheWorld() {
    DescribedPredicate<JavaClass> packages =
        resideInAnyPackage(
                "java.io..",
                "java.net..",
                "java.nio..",
                "java.sql..",
                "javax.sql..",
                "java.util.concurrent..",
                "java.util.logging..",
                "org.slf4j..",
                "okhttp3..",
                "okio..")
            .and(DescribedPredicate.not(resideInAPackage("java.util.concurrent.atomic")));
    DescribedPredicate<JavaClass> classes =
        DescribedPredicate.describe(
            "are threads, timers or processes",
            type ->
                type.isEquivalentTo(Thread.class)
                    || type.isEquivalentTo(java.util.Timer.class)
                    || type.isEquivalentTo(Process.class)
                    || type.isEquivalentTo(ProcessBuilder.class));
    return packages
        .or(classes)
        .and(
            DescribedPredicate.describe(
                "are not exceptions or charsets", type -> !ALLOWED.contains(type.getName())));
  }

  private static DescribedPredicate<JavaAccess<?>> asksTheWorld() {
    return DescribedPredicate.describe(
        "reads a clock or makes randomness",
        access -> {
          String owner = access.getTargetOwner().getName();
          String name = access.getTarget().getName();
          return (owner.startsWith("java.time.") && name.equals("now"))
              || (owner.equals("java.time.Clock")
                  && (name.startsWith("system") || name.startsWith("tick")))
              || METHODS_THAT_ASK_THE_WORLD.contains(owner + "." + name)
              || (name.equals("<init>")
                  && CONSTRUCTORS_THAT_ASK_THE_WORLD.contains(signature(access)))
              || access
                  .getTarget()
                  .getFullName()
                  .equals("java.util.Collections.shuffle(java.util.List)");
        });
  }

  private static String signature(JavaAccess<?> access) {
    return access.getTarget().getFullName().replace(".<init>", "");
  }
}
