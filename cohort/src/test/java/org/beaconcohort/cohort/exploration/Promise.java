package org.beaconcohort.cohort.exploration;

import org.beaconcohort.cohort.coordinator.CoordinatorState;

/**
 * When this version promises that every round is anchored: everything that goes wrong is over soon,
 * nobody but the leader is at fault, and it is before no key set is acknowledged (docs/protocol.md
 * "Who leads", docs/security.md "Residual risks").
 */
final class Promise {
  /** Seconds of disturbance that all deadlines leave room for: the shortest lease is 30 s. */
  private static final int ROOM = 16;

  /** Blocks may be late by half of the deadline that they count for. */
  private static final int BLOCKS = 600;

  /** A round has three attempts, and a lost nonce ends one (R22). */
  private static final int CRASHES = 2;

  private Promise() {}

  static boolean isMade(Stage stage) {
    int lost = 0;
    int blocks = 0;
    int crashes = 0;
    int leaders = 0;
    for (Fault fault : stage.struck()) {
      switch (fault) {
        case Fault.Repeated it -> lost++;
        case Fault.Delayed it -> lost += it.seconds();
        case Fault.Reversed it -> lost += it.count() + 1;
        case Fault.Forgotten it -> lost += it.seconds();
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
        case Fault.Flooding it -> lost++;
        case Fault.Lying it -> {
          if (!ofLeader(stage, it)) {
            return false;
          }
          leaders++;
        }
        case Fault.Silent it -> {
          if (it.party() != 0
              || it.kind() == org.beaconcohort.cohort.message.StatementKind.WELCOME) {
            return false;
          }
          leaders++;
        }
        case Fault.Stop it -> {
          if (it.party() != 0 || !hasCohort(stage)) {
            return false;
          }
          leaders++;
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
    return lost <= ROOM && blocks <= BLOCKS && crashes <= CRASHES && leaders <= 1;
  }

  /** One that everyone is told, so that everyone refuses it. */
  private static boolean ofLeader(Stage stage, Fault.Lying it) {
    int everyone = (1 << (stage.plan().members() + 1)) - 1;
    return it.party() == 0
        && Lie.OF_LEADERS.contains(it.lie())
        && ((it.set() & everyone) | 1) == everyone;
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
