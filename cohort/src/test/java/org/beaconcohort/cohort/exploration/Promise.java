package org.beaconcohort.cohort.exploration;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.StatementKind;

/**
 * When this version promises that every round is anchored: everything that goes wrong is over soon,
 * nobody but the leader is at fault, and it is before no key set is acknowledged, or a named
 * successor is there (docs/protocol.md "Who leads", docs/security.md "Residual risks"). A named
 * successor proposes at once, so a nonce lost after that may use up its term. With leaf A so many
 * members may be missing or sign badly, once they have asked for the only round, as k does without,
 * if nothing else is at fault.
 */
final class Promise {
  /** Seconds of disturbance that all deadlines leave room for: the shortest lease is 30 s. */
  private static final int ROOM = 16;

  /** Blocks may be late by half of the deadline that they count for. */
  private static final int BLOCKS = 600;

  /** A round has three attempts, and a lost nonce ends one (R22). */
  private static final int CRASHES = 2;

  private static final Set<StatementKind> AFTER_A_REQUEST =
      EnumSet.of(
          StatementKind.RESPONSE,
          StatementKind.PARTIAL_SIGNATURE,
          StatementKind.BUNDLE_ACK,
          StatementKind.LEAF_SIGNATURE);

  private Promise() {}

  static boolean isMade(Stage stage) {
    int lost = 0;
    int blocks = 0;
    int crashes = 0;
    int leaders = 0;
    int gone = missing(stage).size();
    for (Fault fault : stage.struck()) {
      switch (fault) {
        case Fault.Repeated it -> lost++;
        case Fault.Delayed it -> lost += it.seconds();
        case Fault.Reversed it -> lost += it.count() + 1;
        case Fault.Forgotten it -> lost += it.seconds();
        case Fault.Withheld it -> lost += it.seconds();
        case Fault.Late it -> leaders++;
        case Fault.Partition it -> lost += it.seconds();
        case Fault.Outage it -> lost += it.seconds() + 5;
        case Fault.Crash it -> {
          lost += it.down();
          crashes += it.party() == 0 ? 0 : 1;
        }
        case Fault.Stalled it -> blocks += it.seconds();
        case Fault.Refused it -> blocks += it.seconds();
        case Fault.Jump it -> lost++;
        case Fault.Replaying it -> lost++;
        case Fault.Flooding it -> {
          if (forksTheKeyset(stage, it.party())) {
            return false;
          }
          lost++;
        }
        case Fault.Lying it -> {
          if (ofLeader(stage, it)) {
            leaders++;
          } else if (!isMissing(stage, it)) {
            return false;
          }
        }
        case Fault.Silent it -> {
          if (it.party() == 0 && it.kind() != StatementKind.WELCOME) {
            leaders++;
          } else if (!isMissing(stage, it)) {
            return false;
          }
        }
        case Fault.Stop it -> {
          if (it.party() >= Plan.SUCCESSOR) {
            leaders++;
          } else if (it.party() == 0 && (hasCohort(stage) || isFollowed(stage))) {
            leaders++;
          } else if (!isMissing(stage, it)) {
            return false;
          }
        }
        case Fault.Lost it -> {
          return false;
        }
        case Fault.Reorg it -> {
          return false;
        }
        case Fault.Equivocating it -> {
          return false;
        }
        case Fault.Swapping it -> {
          return false;
        }
        case Fault.LeavingOut it -> {
          return false;
        }
        case Fault.Reproposing it -> {
          return false;
        }
        case Fault.Twin it -> {
          return false;
        }
        case Fault.PutBack it -> {
          return false;
        }
      }
    }
    if (crashes > 0 && leaders > 0 && stage.plan().terms().successors() > 0) {
      return false;
    }
    boolean all = gone == 0 || (mayGo(stage, gone) && crashes == 0 && leaders == 0);
    return all && lost <= ROOM && blocks <= BLOCKS && crashes <= CRASHES && leaders <= 1;
  }

  /** Members that stop, fall silent or sign badly once they have asked for a round. */
  static Set<Integer> missing(Stage stage) {
    return stage.struck().stream()
        .filter(fault -> isMissing(stage, fault))
        .flatMapToInt(Fault::parties)
        .boxed()
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isMissing(Stage stage, Fault fault) {
    return switch (fault) {
      case Fault.Lying it -> isBadSigner(stage, it);
      case Fault.Silent it -> it.party() != 0 && AFTER_A_REQUEST.contains(it.kind());
      case Fault.Stop it ->
          it.party() != 0 && it.party() < Plan.SUCCESSOR && hasAsked(stage, it.party());
      default -> false;
    };
  }

  /** What a flood acknowledges is no key set; it counts if it comes before what its author does. */
  private static boolean forksTheKeyset(Stage stage, int party) {
    return stage.simulation().network().statements().stream()
        .filter(said ->
            said.body().kind() == StatementKind.KEYSET_ACK && stage.party(said.author()) == party)
        .findFirst()
        .filter(said -> stage.simulation().forged().contains(said.id()))
        .isPresent();
  }

  /** Leaf A does without so many members, once the round has begun. */
  private static boolean mayGo(Stage stage, int gone) {
    Plan plan = stage.plan();
    return plan.terms().isBelowAll(plan.members())
        && plan.members() - gone >= plan.terms().leaf()
        && plan.rounds() == 1;
  }

  private static boolean hasAsked(Stage stage, int party) {
    return stage.simulation().network().statements().stream()
        .anyMatch(said ->
            said.body().kind() == StatementKind.ROUND_REQUEST
                && stage.party(said.author()) == party);
  }

  /** Candidates know of the cohort, and a named successor does too. */
  private static boolean isFollowed(Stage stage) {
    return stage.plan().terms().successors() > 0
        && stage.simulation().network().statements().stream()
            .anyMatch(said -> said.body().kind() == StatementKind.ANNOUNCEMENT);
  }

  /** Everyone is given a partial signature that does not verify. */
  private static boolean isBadSigner(Stage stage, Fault.Lying it) {
    return it.party() != 0 && it.lie() == Lie.BAD_PARTIAL && isToldAll(stage, it);
  }

  /** One that everyone is told, so that everyone refuses it. */
  private static boolean ofLeader(Stage stage, Fault.Lying it) {
    return it.party() == 0 && Lie.OF_LEADERS.contains(it.lie()) && isToldAll(stage, it);
  }

  private static boolean isToldAll(Stage stage, Fault.Lying it) {
    int everyone = stage.plan().everyone();
    return ((it.set() & everyone) | (1 << it.party())) == everyone;
  }

  /** The address is funded: members go on alone from there. */
  private static boolean hasCohort(Stage stage) {
    return switch (stage.simulation().coordinator().state()) {
      case CoordinatorState.AwaitingListing state -> true;
      case CoordinatorState.Opening state -> true;
      case CoordinatorState.Collecting state -> true;
      case CoordinatorState.Proposing state -> true;
      case CoordinatorState.AwaitingPartials state -> true;
      case CoordinatorState.Publishing state -> true;
      case CoordinatorState.Closed state -> true;
      default -> false;
    };
  }
}
