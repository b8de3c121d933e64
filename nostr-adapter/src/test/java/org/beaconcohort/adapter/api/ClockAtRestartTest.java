package org.beaconcohort.adapter.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClockAtRestartTest {
  private static final Instant NEWEST = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void aClockBackByAYearBeginsNothingAndSaysWhatIsSafeAndWhatToDo() {
    Instant now = NEWEST.minus(Duration.ofDays(365));
    ClockBehindException behind =
        assertThrows(
            ClockBehindException.class,
            () -> Restart.requireClockNotBehind(Optional.of(NEWEST), now));
    String message = String.valueOf(behind.getMessage());
    assertTrue(message.contains("2026-06-01T12:00:00Z"), message);
    assertTrue(message.contains("2025-06-01T12:00:00Z"), message);
    assertTrue(message.contains("nothing was begun, signed or said"), message);
    assertTrue(message.contains("set the clock right"), message);
    assertFalse(behind.temporary());
  }

  @Test
  void aClockSetRightByMinutesOrAheadByAYearGoesOn() {
    assertDoesNotThrow(
        () -> Restart.requireClockNotBehind(Optional.of(NEWEST), NEWEST.minusSeconds(600)));
    assertDoesNotThrow(
        () -> Restart.requireClockNotBehind(Optional.of(NEWEST), NEWEST.plusSeconds(31_536_000)));
    assertDoesNotThrow(() -> Restart.requireClockNotBehind(Optional.empty(), Instant.EPOCH));
  }
}
