package org.beaconcohort.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** What holds between the packages of one module. */
final class PackageOrder {
  private static final List<String> MODULES =
      List.of("musig2", "cohort", "fixtures", "adapter", "cli");

  private PackageOrder() {}

  /** {@code nostr}, {@code chain} and {@code journal} each implement a port and share nothing. */
  static ArchRule adaptersKeepApart(String root) {
    String adapter = root + ".adapter.";
    return CompositeArchRule.of(apart(adapter, "nostr", "chain", "journal"))
        .and(apart(adapter, "chain", "nostr", "journal"))
        .and(apart(adapter, "journal", "nostr", "chain"))
        .as("the adapter's nostr, chain and journal do not import one another");
  }

  private static ArchRule apart(String adapter, String one, String other, String third) {
    return noClasses()
        .that()
        .resideInAPackage(adapter + one + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(adapter + other + "..", adapter + third + "..")
        .allowEmptyShould(true);
  }

  static ArchRule noCycles(String root) {
    return CompositeArchRule.of(
            MODULES.stream().map(module -> noCyclesIn(root + "." + module)).toList())
        .as("packages of a module form no cycle");
  }

  private static ArchRule noCyclesIn(String module) {
    return slices().matching(module + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
  }

  static ArchRule namedByDomainWord(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .resideInAnyPackage("..util..", "..common..", "..impl..", "..helpers..", "..manager..")
        .as("packages are named by a word of the domain");
  }

  static ArchRule nullMarked(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(lieInANullMarkedPackage())
        .as("every package has a package-info with @NullMarked");
  }

  private static ArchCondition<JavaClass> lieInANullMarkedPackage() {
    return new ArchCondition<>("lie in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                type,
                marked,
                "package of %s must be @NullMarked, is %smarked"
                    .formatted(type.getName(), marked ? "" : "not ")));
      }
    };
  }
}
