package org.beaconcohort.cohort.reliability;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of one DID, whatever keys it has had.
 *
 * @param did canonical {@code did:btcr2:} string
 * @param completed rounds with a final signature
 * @param answered rounds that others' silence ended, in which it gave everything
 * @param silent rounds that ended while it owed something, by what it owed
 * @param silentRunning of these, those since its last other round
 * @param allow how long the next cohort should give it for an answer: more than it was silent for
 *     (R17, R22); zero if it was not silent in its last round
 * @param parked whether the next enrolment takes it last
 * @param slowest the longest time an answer took; empty if none was timed
 * @param total of the slowest answer of each timed round
 * @param timed rounds that were timed
 * @param proofs proved faults; one is enough for a ban
 */
public record MemberRecord(
    String did,
    int completed,
    int answered,
    Map<Duty, Integer> silent,
    int silentRunning,
    Duration allow,
    boolean parked,
    Optional<Duration> slowest,
    Duration total,
    int timed,
    Set<ProvenFault> proofs) {
  /** Silent rounds running from which the advice is to form the cohort without it. */
  public static final int SILENT_ROUNDS = 3;

  /** Before anything is known: as if nine of ten rounds had been kept. */
  private static final double PRIOR_KEPT = 9;

  private static final double PRIOR_ROUNDS = 10;

  /** Copies. */
  public MemberRecord {
    Map<Duty, Integer> copy = new EnumMap<>(Duty.class);
    copy.putAll(silent);
    silent = Collections.unmodifiableMap(copy);
    proofs = Collections.unmodifiableSet(new LinkedHashSet<>(proofs));
  }

  /** Of a DID that was never seen. */
  public static MemberRecord unknown(String did) {
    return new MemberRecord(
        did, 0, 0, Map.of(), 0, Duration.ZERO, false, Optional.empty(), Duration.ZERO, 0, Set.of());
  }

  /** Rounds that say something of it. */
  public int rounds() {
    return completed + answered + silentRounds();
  }

  /** Rounds in which it was silent. */
  public int silentRounds() {
    return silent.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether a fault of it was proved. */
  public boolean banned() {
    return !proofs.isEmpty();
  }

  /** Whether the advice is to form the next cohort without it. No machine acts on it. */
  public boolean betterWithout() {
    return silentRunning >= SILENT_ROUNDS;
  }

  /** The mean of the slowest answers; empty if none was timed. */
  public Optional<Duration> usual() {
    return timed == 0 ? Optional.empty() : Optional.of(total.dividedBy(timed));
  }

  /**
   * The chance that it gives everything a round needs: the mean of a beta distribution that begins
   * with nine rounds kept of ten. 0 if it is banned.
   */
  public double keeps() {
    return banned() ? 0 : (completed + answered + PRIOR_KEPT) / (rounds() + PRIOR_ROUNDS);
  }

  MemberRecord attended(Attendance round, Attendance.Seat seat) {
    boolean roundCompleted = round.completed();
    Map<Duty, Integer> owed = new EnumMap<>(Duty.class);
    owed.putAll(silent);
    seat.silentAt().ifPresent(duty -> owed.merge(duty, 1, Integer::sum));
    boolean wasSilent = seat.silentAt().isPresent();
    Optional<Duration> worst =
        seat.slowest().filter(each -> slowest.map(most -> each.compareTo(most) > 0).orElse(true));
    return new MemberRecord(
        did,
        completed + (roundCompleted && !wasSilent ? 1 : 0),
        answered + (!roundCompleted && !wasSilent ? 1 : 0),
        owed,
        wasSilent ? silentRunning + 1 : 0,
        wasSilent ? longer(round.allowed()) : Duration.ZERO,
        wasSilent,
        worst.or(() -> slowest),
        total.plus(seat.slowest().orElse(Duration.ZERO)),
        timed + (seat.slowest().isPresent() ? 1 : 0),
        proofs);
  }

  MemberRecord waited() {
    return new MemberRecord(
        did,
        completed,
        answered,
        silent,
        silentRunning,
        allow,
        false,
        slowest,
        total,
        timed,
        proofs);
  }

  /** R22: one and a half times as long, then twice. */
  private Duration longer(Duration allowed) {
    return silentRunning == 0 ? allowed.multipliedBy(3).dividedBy(2) : allowed.multipliedBy(2);
  }

  MemberRecord convicted(ProvenFault fault) {
    Set<ProvenFault> more = new LinkedHashSet<>(proofs);
    more.add(fault);
    return new MemberRecord(
        did,
        completed,
        answered,
        silent,
        silentRunning,
        allow,
        parked,
        slowest,
        total,
        timed,
        more);
  }
}
