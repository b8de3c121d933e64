package org.beaconcohort.cli.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of {@code docs/architecture.md} on the classes of all five modules. */
final class ArchitectureTest {
  private static final String ROOT = "org.beaconcohort";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // Of cohort, the simulation is published as a jar, which the option above takes for code.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(ROOT);

  @ParameterizedTest
  @ValueSource(strings = {"musig2", "cohort", "fixtures", "adapter", "cli"})
  void theRulesSeeEveryModule(String module) {
    assertFalse(
        OURS.that(resideInAPackage(ROOT + "." + module + "..")).isEmpty(),
        "no class of " + module + " is on the class path, the rules would hold vacuously");
  }

  @Test
  void modulesPointOneWay() {
    holds(ModuleArrows.pointOneWay(ROOT));
  }

  @Test
  void fixturesStandAlone() {
    holds(ModuleArrows.fixturesStandAlone(ROOT));
  }

  @Test
  void pureModulesOpenNothing() {
    holds(PureModules.openNothing(ROOT));
  }

  @Test
  void pureModulesTakeTimeAndChanceAsArguments() {
    holds(PureModules.takeTimeAndChanceAsArguments(ROOT));
  }

  @Test
  void secretNoncesAreMadeInMusig2() {
    holds(SecretsBelow.noncesAreMadeInMusig2(ROOT));
  }

  @Test
  void adaptersKeepApart() {
    holds(PackageOrder.adaptersKeepApart(ROOT));
  }

  @Test
  void factsKnowNoRecords() {
    holds(PackageOrder.factsKnowNoRecords(ROOT));
  }

  @Test
  void packagesFormNoCycle() {
    holds(PackageOrder.noCycles(ROOT));
  }

  @Test
  void packagesAreNamedByDomainWords() {
    holds(PackageOrder.namedByDomainWord(ROOT));
  }

  @Test
  void everyPackageIsNullMarked() {
    holds(PackageOrder.nullMarked(ROOT));
  }

  private static void holds(ArchRule rule) {
    rule.check(OURS);
  }
}
