package org.beaconcohort.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EndingTest {
  private static final Outcome ANCHORED = new Outcome.Anchored("00");

  @Test
  void anchoredIsNoFailure() {
    Ending.requireAnchored(ANCHORED);
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void aFailedCohortIsExitThreeWithItsCodeAndSomethingToDo(Code code) {
    CommandFailure failure =
        assertThrows(
            CommandFailure.class,
            () -> Ending.requireAnchored(new Outcome.Failed(code, "something")));
    assertEquals(ExitCode.REFUSED, failure.exitCode());
    assertEquals(code.name(), failure.code());
    assertFalse(failure.next().isEmpty());
  }

  @Test
  void whatMayStillConfirmIsExitFourWithItsTransaction() {
    Outcome open =
        new Outcome.MayStillConfirm("abcd", Bytes.of(new byte[32]), Code.SILENT_MEMBER, "late");
    CommandFailure failure = assertThrows(CommandFailure.class, () -> Ending.requireAnchored(open));
    assertEquals(ExitCode.MAY_STILL_CONFIRM, failure.exitCode());
    assertTrue(String.valueOf(failure.getMessage()).contains("abcd"), failure.getMessage());
  }

  @Test
  void theFailureThatStoppedACohortComesOutAsItself() {
    CommandFailure cause = CommandFailure.unavailable("faucet is dry", "mine more");
    assertEquals(cause, assertThrows(CommandFailure.class, () -> Await.outcome(stopped(cause))));
    PortFailure port = new PortFailure("disk is full", false);
    assertEquals(port, assertThrows(PortFailure.class, () -> Await.outcome(stopped(port))));
  }

  @Test
  void anyOtherStopIsInternal() {
    CommandFailure failure =
        assertThrows(
            CommandFailure.class,
            () -> Await.outcome(stopped(new IllegalStateException("journal has it twice"))));
    assertEquals(ExitCode.INTERNAL, failure.exitCode());
    assertTrue(
        String.valueOf(failure.getMessage()).contains("journal has it twice"),
        failure.getMessage());
  }

  @Test
  void aValueThatNeverComesEndsWithTheCohort() {
    CompletableFuture<Outcome> failed =
        CompletableFuture.completedFuture(new Outcome.Failed(Code.NOT_ENOUGH, "got 1"));
    CommandFailure failure =
        assertThrows(
            CommandFailure.class, () -> Await.either(new CompletableFuture<String>(), failed));
    assertEquals("NOT_ENOUGH", failure.code());
    assertEquals("formed", Await.either(CompletableFuture.completedFuture("formed"), failed));
  }

  private static CompletableFuture<Outcome> stopped(RuntimeException cause) {
    return CompletableFuture.failedFuture(new IllegalStateException("stopped by " + cause, cause));
  }
}
