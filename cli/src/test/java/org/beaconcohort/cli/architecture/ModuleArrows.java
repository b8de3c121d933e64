package org.beaconcohort.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.lang.ArchRule;

/** cli → nostr-adapter → cohort → musig2, and relay-fixtures beside them, known to cli alone. */
final class ModuleArrows {
  private ModuleArrows() {}

  static ArchRule pointOneWay(String root) {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("cli")
        .definedBy(root + ".cli..")
        .layer("nostr-adapter")
        .definedBy(root + ".adapter..")
        .layer("cohort")
        .definedBy(root + ".cohort..")
        .layer("musig2")
        .definedBy(root + ".musig2..")
        .layer("relay-fixtures")
        .definedBy(root + ".fixtures..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("nostr-adapter")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("cohort")
        .mayOnlyBeAccessedByLayers("nostr-adapter", "cli")
        .whereLayer("musig2")
        .mayOnlyBeAccessedByLayers("cohort", "nostr-adapter", "cli")
        .whereLayer("relay-fixtures")
        .mayOnlyBeAccessedByLayers("cli")
        .as("modules depend on each other only along the arrows");
  }

  static ArchRule fixturesStandAlone(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".fixtures..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            root + ".musig2..", root + ".cohort..", root + ".adapter..", root + ".cli..")
        .as("relay-fixtures depends on none of ours, so that it can disagree with the adapter");
  }
}
