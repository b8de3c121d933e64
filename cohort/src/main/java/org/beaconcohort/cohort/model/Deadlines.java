package org.beaconcohort.cohort.model;

import java.time.Duration;

/**
 * How long each phase may take, in whole seconds, counted from the moment a party enters it on its
 * own clock (R13). All but the last are positive; none covers the network's block interval.
 *
 * @param recruiting from the announcement to the close of enrolment
 * @param keying from the key-set proposal to the last acknowledgement
 * @param funding from the last acknowledgement to a confirmed output of the beacon address
 * @param listing from the funding to the last round request
 * @param response from the opportunity to the last response
 * @param proposal from the last response to the proposal
 * @param partial from the proposal to the last partial signature
 * @param confirmation from the broadcast to the depth of the terms
 * @param readiness from the close of enrolment to the last answer to the probe, zero for no probe
 */
public record Deadlines(
    Duration recruiting,
    Duration keying,
    Duration funding,
    Duration listing,
    Duration response,
    Duration proposal,
    Duration partial,
    Duration confirmation,
    Duration readiness) {

  /** Without a probe of the candidates. */
  public Deadlines(
      Duration recruiting,
      Duration keying,
      Duration funding,
      Duration listing,
      Duration response,
      Duration proposal,
      Duration partial,
      Duration confirmation) {
    this(
        recruiting,
        keying,
        funding,
        listing,
        response,
        proposal,
        partial,
        confirmation,
        Duration.ZERO);
  }

  /** The same with a probe of the candidates, which is waited for that long. */
  public Deadlines probing(Duration answer) {
    return new Deadlines(
        recruiting, keying, funding, listing, response, proposal, partial, confirmation, answer);
  }

  /** Whether candidates are asked if they are still there before the keys are fixed. */
  public boolean probes() {
    return !readiness.isZero();
  }

  /** Checks that every deadline is a positive number of whole seconds, a year at most. */
  public Deadlines {
    for (Duration each :
        new Duration[] {
          recruiting, keying, funding, listing, response, proposal, partial, confirmation
        }) {
      check(each, each.isZero());
    }
    check(readiness, false);
  }

  private static void check(Duration each, boolean isNone) {
    if (isNone
        || !each.equals(Duration.ofSeconds(each.toSeconds()))
        || each.isNegative()
        || each.toDays() > 366) {
      throw new IllegalArgumentException(
          "deadline must be 1 second to 366 days in whole seconds, got " + each);
    }
  }

  /** Defaults for signers that stay running (signing-safety 2.9, class "live"). */
  public static Deadlines live() {
    return new Deadlines(
        Duration.ofMinutes(10),
        Duration.ofMinutes(2),
        Duration.ofHours(6),
        Duration.ofHours(6),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofHours(6));
  }

  /** The sum of all phases: no member of a cohort with one round waits longer. */
  public Duration total() {
    return recruiting
        .plus(readiness)
        .plus(keying)
        .plus(funding)
        .plus(listing)
        .plus(response)
        .plus(proposal)
        .plus(partial)
        .plus(confirmation);
  }
}
