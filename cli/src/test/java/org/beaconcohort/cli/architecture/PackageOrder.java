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
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** What holds between the packages of one module. */
final class PackageOrder {
  /**
   * Packages that stand for one in the cycle rule: a sidecar holds announcements, and an
   * announcement is a map of DIDs to update hashes, so the method's data formats are one subject in
   * two packages.
   */
  private static final Map<String, String> ONE_SUBJECT = Map.of("cohort.beacon", "cohort.did");

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

  /** Machines settle facts; how facts are kept is no business of theirs. */
  static ArchRule factsKnowNoRecords(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".cohort..")
        .and()
        .resideOutsideOfPackage(root + ".cohort.journal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + ".cohort.journal..")
        .as("nothing of cohort depends on the records that facts are kept as");
  }

  static ArchRule noCycles(String root) {
    return slices()
        .assignedFrom(packagesOfModules(root))
        .should()
        .beFreeOfCycles()
        .as("packages of a module form no cycle");
  }

  private static SliceAssignment packagesOfModules(String root) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        if (!type.getPackageName().startsWith(root + ".")) {
          return SliceIdentifier.ignore();
        }
        String name = type.getPackageName().substring(root.length() + 1);
        return SliceIdentifier.of(ONE_SUBJECT.getOrDefault(name, name));
      }

      @Override
      public String getDescription() {
        return "packages of modules";
      }
    };
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
