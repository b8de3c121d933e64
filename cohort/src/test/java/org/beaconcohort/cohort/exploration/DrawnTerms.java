package org.beaconcohort.cohort.exploration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.LeafA;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Extensions;
import org.beaconcohort.cohort.model.LeafPolicy;
import org.beaconcohort.cohort.simulation.LeafCohorts;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a plan's terms say besides members, rounds and custody.
 *
 * @param leaf k of leaf A, up to all members; 0 for no leaf
 * @param nonces whether there are any; without them everybody signs by leaf A
 * @param extensions whether deadlines of a round may be extended
 * @param successors how many are named, 0 to 2
 * @param probe whether candidates are probed; then one of three or more may be missing
 */
public record DrawnTerms(
    int leaf, boolean nonces, boolean extensions, int successors, boolean probe) {
  /** None of it. */
  static final DrawnTerms PLAIN = new DrawnTerms(0, true, false, 0, false);

  /** Most successors that are drawn. */
  static final int MOST_SUCCESSORS = 2;

  private static final int FEWEST_BELOW_ALL = 3;
  private static final Extensions TWICE = new Extensions(2, Duration.ofSeconds(60));
  private static final Duration PROBE = Duration.ofSeconds(10);

  /** Long phases are shorter than usual, so that waiting for their ends costs little. */
  private static final Deadlines DEADLINES =
      new Deadlines(
          Duration.ofMinutes(10),
          Duration.ofMinutes(2),
          Duration.ofMinutes(20),
          Duration.ofMinutes(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(20));

  /** Leaf A in a third of all cohorts, most of them with k below n. */
  enum Kind {
    NO_LEAF,
    BELOW_ALL,
    ALL,
    NO_NONCES;

    static Kind draw(RandomGenerator random) {
      int drawn = random.nextInt(30);
      return drawn < 6 ? BELOW_ALL : drawn < 8 ? ALL : drawn < 10 ? NO_NONCES : NO_LEAF;
    }

    /** Members of such a cohort; mostly as few as it can have. */
    int members(RandomGenerator random) {
      int drawn = random.nextInt(40);
      int more = drawn < 32 ? 0 : drawn < 38 ? 1 : 2;
      return (this == BELOW_ALL ? FEWEST_BELOW_ALL : 2) + more + (drawn == 39 ? more / 2 : 0);
    }
  }

  static DrawnTerms draw(RandomGenerator random, Kind kind, int members) {
    int k =
        switch (kind) {
          case NO_LEAF -> 0;
          case BELOW_ALL -> members / 2 + 1 + random.nextInt(members - members / 2 - 1);
          case ALL, NO_NONCES -> members;
        };
    int successors = random.nextInt(3) == 0 ? 1 + random.nextInt(MOST_SUCCESSORS) : 0;
    return new DrawnTerms(
        k, kind != Kind.NO_NONCES, random.nextBoolean(), successors, random.nextInt(4) == 0);
  }

  /** Whether k of them may sign without the others. */
  boolean isBelowAll(int members) {
    return leaf > 0 && leaf < members;
  }

  /** The same as near as it can be for fewer members. */
  DrawnTerms forFewer(int before, int members) {
    int k = leaf == before ? members : Math.min(leaf, members - 1);
    boolean none = isBelowAll(before) && members < FEWEST_BELOW_ALL;
    return new DrawnTerms(none ? 0 : k, nonces, extensions, successors, probe);
  }

  /** Each time with one thing less. */
  List<DrawnTerms> smaller() {
    List<DrawnTerms> smaller = new ArrayList<>();
    if (successors > 0) {
      smaller.add(new DrawnTerms(leaf, nonces, extensions, successors - 1, probe));
    }
    if (leaf > 0) {
      smaller.add(new DrawnTerms(0, true, extensions, successors, probe));
    }
    if (extensions) {
      smaller.add(new DrawnTerms(leaf, nonces, false, successors, probe));
    }
    if (probe) {
      smaller.add(new DrawnTerms(leaf, nonces, extensions, successors, false));
    }
    return smaller;
  }

  /** What is not as in {@link #PLAIN}, each behind a colon. */
  String script() {
    StringJoiner words = new StringJoiner("");
    if (leaf > 0) {
      words.add(":leaf" + leaf);
    }
    if (!nonces) {
      words.add(":nononces");
    }
    if (extensions) {
      words.add(":extensions");
    }
    if (successors > 0) {
      words.add(":successors" + successors);
    }
    if (probe) {
      words.add(":probe");
    }
    return words.toString();
  }

  /** What {@link #script} wrote. */
  static DrawnTerms read(List<String> words) {
    DrawnTerms read = PLAIN;
    for (String word : words) {
      read =
          switch (word.replaceAll("[0-9]", "")) {
            case "leaf" -> read.withLeaf(number(word), read.nonces);
            case "nononces" -> read.withLeaf(read.leaf, false);
            case "extensions" ->
                new DrawnTerms(read.leaf, read.nonces, true, read.successors, read.probe);
            case "successors" ->
                new DrawnTerms(read.leaf, read.nonces, read.extensions, number(word), read.probe);
            case "probe" ->
                new DrawnTerms(read.leaf, read.nonces, read.extensions, read.successors, true);
            default -> throw new IllegalArgumentException("terms must be known ones, got " + word);
          };
    }
    return read;
  }

  private DrawnTerms withLeaf(int k, boolean some) {
    return new DrawnTerms(k, some, extensions, successors, probe);
  }

  private static int number(String word) {
    return Integer.parseInt(word.replaceAll("[^0-9]", ""));
  }

  /** Terms of a plan's cohort, whose members are those that a simulation of its seed adds first. */
  static CohortTerms of(Plan plan, List<Bytes> successors) {
    DrawnTerms drawn = plan.terms();
    int members = plan.members();
    NonceCustody custody = plan.sealed() ? NonceCustody.SEALED : NonceCustody.MEMORY;
    Deadlines deadlines = drawn.probe ? DEADLINES.probing(PROBE) : DEADLINES;
    int least = drawn.probe && drawn.leaf == 0 ? Math.max(2, members - 1) : members;
    CohortTerms terms =
        Simulation.withSuccessors(
            Simulation.terms(least, members, 0, plan.rounds(), custody, deadlines), successors);
    if (drawn.extensions) {
      terms = terms.extending(TWICE);
    }
    if (drawn.isBelowAll(members)) {
      List<Bytes> invited =
          LeafCohorts.inviting(terms, plan.seed(), members, i -> Fault.in(plan.updates(), i + 1))
              .leaf()
              .invited();
      return terms.withLeaf(
          LeafA.THRESHOLD, ResponseOrder.NONCES_FIRST, new LeafPolicy(drawn.leaf, invited));
    }
    ResponseOrder order = drawn.nonces ? ResponseOrder.NONCES_FIRST : ResponseOrder.NO_NONCES;
    return drawn.leaf == 0 ? terms : terms.withLeaf(LeafA.ALL_MEMBERS, order, LeafPolicy.NONE);
  }
}
