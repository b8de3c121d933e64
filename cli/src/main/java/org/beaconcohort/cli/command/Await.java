package org.beaconcohort.cli.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.beaconcohort.adapter.api.MemberRun;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.port.PortFailure;

/** Waiting for what runs on other threads. */
public final class Await {
  private Await() {}

  /**
   * The outcome of a cohort.
   *
   * @throws CommandFailure or {@link PortFailure} if one of these stopped it, else internal
   */
  public static Outcome outcome(CompletableFuture<Outcome> outcome) {
    try {
      return outcome.get();
    } catch (ExecutionException stopped) {
      for (Throwable at = stopped; at != null; at = at.getCause()) {
        if (at instanceof CommandFailure failure) {
          throw failure;
        }
        if (at instanceof PortFailure failure) {
          throw failure;
        }
      }
      throw new CommandFailure(
          ExitCode.INTERNAL,
          "STOPPED",
          String.valueOf(stopped.getCause()),
          "report it; nothing more is signed");
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  /** One visit of a member: its outcome, or empty if it should come again. */
  public static Optional<Outcome> visit(MemberRun member, Duration quiet) {
    try {
      return member.visit(quiet);
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  /**
   * What comes first of {@code value} and the end of the cohort.
   *
   * @throws CommandFailure if the cohort ends first
   */
  public static <T> T either(CompletableFuture<T> value, CompletableFuture<Outcome> outcome) {
    any(value, outcome);
    if (value.isDone()) {
      return value.join();
    }
    Ending.requireAnchored(outcome(outcome));
    throw new IllegalStateException("a cohort is anchored only after it was formed");
  }

  /** Until one of them is there, in whatever way. */
  public static void any(CompletableFuture<?>... futures) {
    try {
      var unused = CompletableFuture.anyOf(futures).handle((one, other) -> true).get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("handled", impossible);
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  private static CommandFailure interrupted() {
    Thread.currentThread().interrupt();
    return CommandFailure.refused("INTERRUPTED", "interrupted before the outcome", "run it again");
  }
}
