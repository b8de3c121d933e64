package org.beaconcohort.cohort.policy;

import java.time.Instant;
import org.beaconcohort.cohort.policy.Situation.Relays;

/** What each layer needs, said a second time and independently of the policy. */
final class Ladder {
  private Ladder() {}

  static boolean canFinish(Situation s, Layer layer) {
    boolean over = !s.now().isBefore(s.until());
    boolean hears = s.phase() != Phase.FUNDING && s.phase() != Phase.CONFIRMATION;
    boolean cut = hears && s.relays() == Relays.UNREACHABLE;
    boolean self = s.leading().self();
    boolean signing =
        s.phase() == Phase.RESPONSE || s.phase() == Phase.PROPOSAL || s.phase() == Phase.PARTIAL;
    boolean lost = s.tries().nonceLost() && s.tries().noncesReady();
    int present = s.signers().members() - s.signers().missing().size();
    int k = s.signers().threshold();
    boolean leafPath =
        (signing || s.phase() == Phase.LEAF)
            && k > 0
            && present >= k
            && (s.signers().consented() || k == s.signers().members());
    boolean fault = s.fault().isPresent();
    boolean leaf =
        leafPath
            && self
            && !cut
            && (over || fault || lost)
            && s.bundle().stored()
            && s.tries().leaf() < 3
            && fits(s, s.now().plus(Budget.leaf(s.deadlines(), s.tries().leaf())));
    Instant ask = s.until().minusSeconds(s.deadlines().proposal().toSeconds() / 3);
    boolean toAsk = hears && s.relays() == Relays.NOT_ASKED;
    return switch (layer) {
      case WAIT ->
          cut
              ? fits(s, s.now().plusNanos(1))
                  && s.now().isBefore(s.until().plus(s.deadlines().confirmation()))
              : !(fault && (self || !leafPath))
                  && !(self && lost)
                  && s.now().isBefore(toAsk ? ask : s.until());
      case RESEND -> toAsk && !fault && !s.now().isBefore(ask);
      case PROCEED -> s.phase() == Phase.LISTING && present > 0 && over && !cut;
      case EXTEND ->
          (s.phase() == Phase.RESPONSE || s.phase() == Phase.PARTIAL)
              && over
              && self
              && !cut
              && !fault
              && !s.tries().nonceLost()
              && s.extensions().made() < s.extensions().allowed().most()
              && fits(s, s.now().plus(s.extensions().allowed().by()));
      case NEXT_LEADER ->
          (signing || s.phase() == Phase.OPENING || s.phase() == Phase.LEAF)
              && over
              && !cut
              && s.leading().successors() > 0
              && !(fault && !leafPath)
              && !leaf;
      case NEXT_ATTEMPT ->
          signing
              && self
              && !cut
              && !fault
              && lost
              && s.tries().keyPath() < 3
              && fits(s, s.now().plus(Budget.attempt(s.deadlines(), s.tries().keyPath())));
      case LEAF_A -> leaf;
      case CONFLICTING_TRANSACTION -> false;
      case SINGLETON -> s.alone();
      case ABANDON -> true;
    };
  }

  private static boolean fits(Situation s, Instant until) {
    return !until.isAfter(s.bound());
  }
}
