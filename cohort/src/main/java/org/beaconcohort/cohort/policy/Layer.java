package org.beaconcohort.cohort.policy;

/**
 * The ladder of retries, cheapest first (signing-safety 2.1): none is climbed while one below it
 * can still finish in time. Lower constants are cheaper.
 */
public enum Layer {
  /** L0: nothing is overdue. */
  WAIT,
  /** L0: says what it holds, so that whoever has what is missing says it again (N14). */
  RESEND,
  /** L0: the step is taken with what is there. */
  PROCEED,
  /** L0 with a later deadline, within the terms' bound (N20). */
  EXTEND,
  /** L1: the next in order leads the same attempt (N15). */
  NEXT_LEADER,
  /** L2: fresh nonces over the same transaction (N4, R22). */
  NEXT_ATTEMPT,
  /** L3: the same transaction by the k-of-n leaf (N8, R18). */
  LEAF_A,
  /** L4: another transaction for the same outpoint (R16). It never offers anything: see Policy. */
  CONFLICTING_TRANSACTION,
  /** L5: own updates by the own singleton beacons (R21). */
  SINGLETON,
  /** No layer is left for this party: an end with a name. */
  ABANDON
}
