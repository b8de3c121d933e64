package org.beaconcohort.cli.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.stream.Stream;
import org.beaconcohort.cli.architecture.planted.adapter.chain.ImportsNostr;
import org.beaconcohort.cli.architecture.planted.adapter.journal.ImportsChain;
import org.beaconcohort.cli.architecture.planted.adapter.nostr.ImportsJournal;
import org.beaconcohort.cli.architecture.planted.cohort.AsksTheWorld;
import org.beaconcohort.cli.architecture.planted.cohort.ComputesWithSecrets;
import org.beaconcohort.cli.architecture.planted.cohort.DecodesPoints;
import org.beaconcohort.cli.architecture.planted.cohort.KnowsItsRecord;
import org.beaconcohort.cli.architecture.planted.cohort.MakesNonces;
import org.beaconcohort.cli.architecture.planted.cohort.OpensTheWorld;
import org.beaconcohort.cli.architecture.planted.cohort.PointsUp;
import org.beaconcohort.cli.architecture.planted.cohort.Pure;
import org.beaconcohort.cli.architecture.planted.cohort.journal.Kept;
import org.beaconcohort.cli.architecture.planted.cohort.left.Left;
import org.beaconcohort.cli.architecture.planted.cohort.right.Right;
import org.beaconcohort.cli.architecture.planted.cohort.util.Unnamed;
import org.beaconcohort.cli.architecture.planted.fixtures.UsesMusig2;
import org.beaconcohort.cli.architecture.planted.musig2.AtTheBottom;
import org.beaconcohort.cli.architecture.planted.musig2.curve.SecretNonce;
import org.beaconcohort.cli.architecture.planted.musig2.engine.CurveEngine;
import org.beaconcohort.cli.architecture.planted.unmarked.Unmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of {@link ArchitectureTest} fails on classes planted to break it, and only then. */
final class PlantedViolationsTest {
  private static final String ROOT = "org.beaconcohort.cli.architecture.planted";

  static Stream<Class<?>> worldOpeners() {
    return Stream.of(OpensTheWorld.class.getDeclaredClasses());
  }

  static Stream<Class<?>> worldAskers() {
    return Stream.of(AsksTheWorld.class.getDeclaredClasses());
  }

  @ParameterizedTest
  @MethodSource("worldOpeners")
  void openingTheWorldInAPureModuleIsFound(Class<?> planted) {
    broken(PureModules.openNothing(ROOT), planted);
  }

  @ParameterizedTest
  @MethodSource("worldAskers")
  void askingTheWorldInAPureModuleIsFound(Class<?> planted) {
    broken(PureModules.takeTimeAndChanceAsArguments(ROOT), planted);
  }

  @Test
  void whatPureModulesMayUseIsNotReported() {
    kept(PureModules.openNothing(ROOT), Pure.class);
    kept(PureModules.takeTimeAndChanceAsArguments(ROOT), Pure.class);
  }

  @Test
  void secretNumbersOutsideMusig2AreFound() {
    ArchRule rule = SecretsBelow.noncesAreMadeInMusig2(ROOT);
    broken(rule, MakesNonces.class, SecretNonce.class);
    broken(rule, ComputesWithSecrets.class, CurveEngine.class);
    kept(rule, DecodesPoints.class);
  }

  @Test
  void anArrowUpwardsIsFound() {
    broken(ModuleArrows.pointOneWay(ROOT), PointsUp.class, ImportsNostr.class);
  }

  @Test
  void aFixtureThatUsesOursIsFound() {
    broken(ModuleArrows.fixturesStandAlone(ROOT), UsesMusig2.class, AtTheBottom.class);
    broken(ModuleArrows.pointOneWay(ROOT), UsesMusig2.class, AtTheBottom.class);
  }

  @Test
  void anAdapterThatImportsItsNeighbourIsFound() {
    broken(PackageOrder.adaptersKeepApart(ROOT), ImportsNostr.class, ImportsJournal.class);
    broken(PackageOrder.adaptersKeepApart(ROOT), ImportsJournal.class, ImportsChain.class);
    broken(PackageOrder.adaptersKeepApart(ROOT), ImportsChain.class, ImportsNostr.class);
  }

  @Test
  void aFactThatKnowsItsRecordIsFound() {
    broken(PackageOrder.factsKnowNoRecords(ROOT), KnowsItsRecord.class, Kept.class);
    kept(PackageOrder.factsKnowNoRecords(ROOT), Kept.class);
  }

  @Test
  void aCycleOfPackagesIsFound() {
    broken(PackageOrder.noCycles(ROOT), Left.class, Right.class);
  }

  @Test
  void aPackageNamedUtilIsFound() {
    broken(PackageOrder.namedByDomainWord(ROOT), Unnamed.class);
  }

  @Test
  void aPackageThatIsNotNullMarkedIsFound() {
    broken(PackageOrder.nullMarked(ROOT), Unmarked.class);
  }

  private static void broken(ArchRule rule, Class<?> planted, Class<?>... others) {
    EvaluationResult result = evaluate(rule, planted, others);
    assertTrue(
        result.getFailureReport().toString().contains(planted.getSimpleName()),
        () -> "must report " + planted + ": " + rule.getDescription());
  }

  private static void kept(ArchRule rule, Class<?> planted) {
    EvaluationResult result = evaluate(rule, planted);
    assertFalse(result.hasViolation(), () -> result.getFailureReport().toString());
  }

  private static EvaluationResult evaluate(ArchRule rule, Class<?> planted, Class<?>... others) {
    JavaClasses classes =
        new ClassFileImporter()
            .importClasses(Stream.concat(Stream.of(planted), Stream.of(others)).toList());
    return rule.allowEmptyShould(true).evaluate(classes);
  }
}
