package org.beaconcohort.cohort.reliability;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Who took part in one round of a cohort, as its coordinator saw it when the round had its final
 * signature or ended without.
 *
 * @param announcement id of the cohort's announcement, 32 bytes
 * @param round its number from 1; 0 for a key set that did not get all its acknowledgements, and
 *     for a cohort that ended before its first round
 * @param completed whether there was a final signature
 * @param allowed how long members had for what the silent ones did not give; zero if nobody was
 *     silent
 * @param seats every member
 */
public record Attendance(
    Bytes announcement, int round, boolean completed, Duration allowed, List<Seat> seats) {
  /**
   * One member.
   *
   * @param statementKey x-only key that signs its statements in this cohort, 32 bytes
   * @param dids that it registered, each with a proof by its controller (N12)
   * @param silentAt what it did not give when its deadline passed; empty if it gave everything
   * @param slowest the longest time that one of its answers took; empty if none was timed
   */
  public record Seat(
      Bytes statementKey, List<String> dids, Optional<Duty> silentAt, Optional<Duration> slowest) {
    /** Copies the list. */
    public Seat {
      dids = List.copyOf(dids);
    }
  }

  /** Copies the list. */
  public Attendance {
    seats = List.copyOf(seats);
  }

  /**
   * Whether it says anything of anybody. A round that ended without silence says nothing, for
   * instance because nobody paid; and if nobody at all answered, then it was rather the
   * coordinator's own link that was silent.
   */
  public boolean counts() {
    long silent = seats.stream().filter(seat -> seat.silentAt().isPresent()).count();
    return completed || (silent > 0 && silent < seats.size());
  }
}
