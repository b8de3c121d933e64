package org.beaconcohort.cohort.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.policy.Situation.ExtensionsUsed;
import org.beaconcohort.cohort.policy.Situation.Leading;
import org.beaconcohort.cohort.policy.Situation.Relays;
import org.beaconcohort.cohort.policy.Situation.Signers;
import org.beaconcohort.cohort.policy.Situation.Tries;

/**
 * The decision policy (signing-safety 2.9): one function of what a party sees, its clock and the
 * terms. A leader does what it says; a member checks with it what a leader did. The cheapest layer
 * that can still finish in time is taken, and every layer is taken a bounded number of times, so
 * that whoever follows it ends (R22).
 */
public final class Policy {
  /** What a leader decides for all, and a member may therefore ask it to have tried before. */
  private static final Set<Layer> OF_THE_LEADER =
      Set.of(Layer.WAIT, Layer.PROCEED, Layer.EXTEND, Layer.NEXT_ATTEMPT);

  private Policy() {}

  /** What to do now. */
  public static Decision decide(Situation situation) {
    return weigh(situation).stream()
        .filter(Option.Open.class::isInstance)
        .map(option -> ((Option.Open) option).decision())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a party can always end"));
  }

  /** Every layer in its order, with what it offers or why it offers nothing. */
  public static List<Option> weigh(Situation situation) {
    return List.of(
        waiting(situation),
        resend(situation),
        proceed(situation),
        extend(situation),
        nextLeader(situation),
        nextAttempt(situation),
        leafA(situation),
        closed(
            Layer.CONFLICTING_TRANSACTION,
            "the terms allow one transaction for an outpoint, and what was signed for it cannot be"
                + " taken back (R16)"),
        situation.alone()
            ? new Option.Open(new Decision.Singleton(code(situation)))
            : closed(Layer.SINGLETON, "no own update is to go out alone, or it is out already"),
        new Option.Open(new Decision.Abandon(code(situation))));
  }

  /**
   * Why a leader's choice is not followed, if it is not: the layer offers nothing as this member
   * sees it, or a cheaper one of the leader's can still finish.
   *
   * @param situation of the member that judges
   * @param tolerance how much earlier than by the member's own clock it may come
   */
  public static Optional<Violation> check(Situation situation, Layer chosen, Duration tolerance) {
    Situation leader =
        situation
            .with(new Leading(true, situation.leading().successors()))
            .with(Relays.REACHABLE)
            .at(situation.now().plus(tolerance));
    for (Option option : weigh(leader)) {
      if (option.layer() == chosen) {
        return option instanceof Option.Closed no
            ? notDue(chosen + " is not open: " + no.why())
            : Optional.empty();
      }
      if (option instanceof Option.Open && OF_THE_LEADER.contains(option.layer())) {
        return notDue(
            chosen + " must wait, " + option.layer() + " is cheaper and can still finish in time");
      }
    }
    return notDue(chosen + " is nothing that a leader decides");
  }

  private static Optional<Violation> notDue(String detail) {
    return Optional.of(Violation.refusal(Code.NOT_DUE, detail));
  }

  private static Option waiting(Situation situation) {
    if (isCut(situation)) {
      Instant end = earlier(situation.bound(), patience(situation));
      return situation.now().isBefore(end)
          ? new Option.Open(new Decision.Wait(end))
          : closed(Layer.WAIT, "relays were out of reach too long");
    }
    if (situation.fault().isPresent()
        && (situation.leading().self() || !isLeafPossible(situation))) {
      return closed(Layer.WAIT, "the key path of the round is over: " + situation.fault().get());
    }
    if (situation.leading().self() && isAttemptOver(situation)) {
      return closed(Layer.WAIT, "a lost nonce has ended the attempt");
    }
    Instant next = isToAsk(situation) ? askAt(situation) : situation.until();
    return situation.now().isBefore(next)
        ? new Option.Open(new Decision.Wait(next))
        : closed(Layer.WAIT, "the deadline has come");
  }

  private static Option resend(Situation situation) {
    return isToAsk(situation)
            && situation.fault().isEmpty()
            && !situation.now().isBefore(askAt(situation))
        ? new Option.Open(new Decision.Resend())
        : closed(Layer.RESEND, "relays show own words, and who has what is missing was asked");
  }

  private static Option proceed(Situation situation) {
    return situation.phase() == Phase.LISTING
            && situation.signers().present() > 0
            && isOver(situation)
            && !isCut(situation)
        ? new Option.Open(new Decision.Proceed())
        : closed(Layer.PROCEED, "the step needs every member");
  }

  private static Option extend(Situation situation) {
    ExtensionsUsed used = situation.extensions();
    Instant until = later(situation.now(), situation.until()).plus(used.allowed().by());
    if (situation.phase() != Phase.RESPONSE && situation.phase() != Phase.PARTIAL) {
      return closed(Layer.EXTEND, "only answers of members are waited for longer");
    }
    if (!isOver(situation)) {
      return closed(Layer.EXTEND, "the deadline has not come");
    }
    if (!isLedAlive(situation) || situation.tries().nonceLost()) {
      return closed(Layer.EXTEND, "time does not help, or another leads");
    }
    if (used.made() >= used.allowed().most()) {
      return closed(
          Layer.EXTEND,
          "extensions of a round must be at most "
              + used.allowed().most()
              + ", got "
              + used.made());
    }
    return until.isAfter(situation.bound())
        ? closed(Layer.EXTEND, "an own update must be anchored before that (N20)")
        : new Option.Open(new Decision.Extend(until));
  }

  private static Option nextLeader(Situation situation) {
    boolean led =
        switch (situation.phase()) {
          case OPENING, RESPONSE, PROPOSAL, PARTIAL, LEAF -> true;
          case KEYING, FUNDING, LISTING, CONFIRMATION -> false;
        };
    if (!led || isCut(situation)) {
      return closed(Layer.NEXT_LEADER, "no leader's word is waited for, or it cannot be heard");
    }
    if (situation.fault().isPresent() && !isLeafPossible(situation)) {
      return closed(Layer.NEXT_LEADER, "what is proved stays so under every leader");
    }
    if (situation.leading().successors() == 0) {
      return closed(Layer.NEXT_LEADER, "everyone in order has led");
    }
    if (leafA(situation) instanceof Option.Open) {
      return closed(Layer.NEXT_LEADER, "members are missing, and another leader lacks them too");
    }
    return !isOver(situation)
        ? closed(Layer.NEXT_LEADER, "the leader still has time")
        : new Option.Open(
            new Decision.NextLeader(situation.now().plus(situation.deadlines().proposal())));
  }

  private static Option nextAttempt(Situation situation) {
    Tries tries = situation.tries();
    if (!isLedAlive(situation) || !situation.phase().isSigning()) {
      return closed(Layer.NEXT_ATTEMPT, "nothing is signed, or another leads");
    }
    if (!isAttemptOver(situation)) {
      return closed(
          Layer.NEXT_ATTEMPT, "no lost nonce has ended an attempt, or a fresh one is missing (N4)");
    }
    if (tries.keyPath() >= Budget.MOST_ATTEMPTS) {
      return closed(
          Layer.NEXT_ATTEMPT,
          "attempts of a round must be at most "
              + Budget.MOST_ATTEMPTS
              + ", all of them lost a nonce (R22)");
    }
    Instant until = situation.now().plus(Budget.attempt(situation.deadlines(), tries.keyPath()));
    return until.isAfter(situation.bound())
        ? closed(Layer.NEXT_ATTEMPT, "it could not finish before the own update deadline")
        : new Option.Open(new Decision.NextAttempt(Code.NONCE_LOST, until));
  }

  private static Option leafA(Situation situation) {
    Signers signers = situation.signers();
    boolean due = isOver(situation) || situation.fault().isPresent() || isAttemptOver(situation);
    if (!isLeafPossible(situation)) {
      return closed(
          Layer.LEAF_A,
          signers.threshold() == 0
              ? "the output has no leaf A"
              : "leaf A needs "
                  + signers.threshold()
                  + " members who consented, "
                  + signers.present()
                  + " are here");
    }
    if (!situation.leading().self() || isCut(situation) || !due) {
      return closed(Layer.LEAF_A, "the leader's deadline has not passed, or another leads (R18)");
    }
    if (!situation.bundle().stored()) {
      return closed(Layer.LEAF_A, "the bundle is not stored (R19)");
    }
    if (situation.tries().leaf() >= Budget.MOST_ATTEMPTS) {
      return closed(
          Layer.LEAF_A, "requests of a round must be at most " + Budget.MOST_ATTEMPTS + " (R22)");
    }
    Instant until =
        situation.now().plus(Budget.leaf(situation.deadlines(), situation.tries().leaf()));
    return until.isAfter(situation.bound())
        ? closed(Layer.LEAF_A, "it could not finish before the own update deadline")
        : new Option.Open(
            new Decision.LeafA(
                signers.missing(), situation.bundle().acks() < signers.threshold(), until));
  }

  /** Whether the leaf is there, everyone consented where some are left out, and k are present. */
  private static boolean isLeafPossible(Situation situation) {
    Signers signers = situation.signers();
    boolean phase = situation.phase().isSigning() || situation.phase() == Phase.LEAF;
    return phase
        && signers.threshold() > 0
        && (signers.consented() || signers.threshold() == signers.members())
        && signers.present() >= signers.threshold();
  }

  /** Whether this party leads, hears others, and the key path is not over. */
  private static boolean isLedAlive(Situation situation) {
    return situation.leading().self() && !isCut(situation) && situation.fault().isEmpty();
  }

  private static boolean isOver(Situation situation) {
    return !situation.now().isBefore(situation.until());
  }

  /** Whether an attempt cannot be completed any more, and everyone is ready for another. */
  private static boolean isAttemptOver(Situation situation) {
    return situation.tries().nonceLost() && situation.tries().noncesReady();
  }

  /** Whether own words cannot be read back, so that silence says nothing (R14). */
  private static boolean isCut(Situation situation) {
    return situation.relays() == Relays.UNREACHABLE && concludesFromSilence(situation.phase());
  }

  private static boolean isToAsk(Situation situation) {
    return situation.relays() == Relays.NOT_ASKED && concludesFromSilence(situation.phase());
  }

  /** What the chain shows is no word of a member or leader. */
  private static boolean concludesFromSilence(Phase phase) {
    return phase != Phase.FUNDING && phase != Phase.CONFIRMATION;
  }

  private static Instant askAt(Situation situation) {
    return situation.until().minus(Budget.asking(situation.deadlines()));
  }

  /** As long as the terms wait for a block, nobody is blamed for what relays do. */
  private static Instant patience(Situation situation) {
    return situation.until().plus(situation.deadlines().confirmation());
  }

  private static Code code(Situation situation) {
    if (situation.fault().isPresent()) {
      return situation.fault().get();
    }
    if (isCut(situation)) {
      return Code.RELAYS_UNREACHABLE;
    }
    return situation.tries().nonceLost() ? Code.NONCE_LOST : situation.phase().code();
  }

  private static Option closed(Layer layer, String why) {
    return new Option.Closed(layer, why);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
