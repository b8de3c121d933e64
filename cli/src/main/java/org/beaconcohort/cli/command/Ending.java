package org.beaconcohort.cli.command;

import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;

/** Outcomes that are no success, as failures of a command. */
public final class Ending {
  private Ending() {}

  /**
   * Nothing, if the cohort is anchored or followed by another, or the update anchored without it.
   *
   * @throws CommandFailure otherwise, with what to do next
   */
  public static void requireAnchored(Outcome outcome) {
    switch (outcome) {
      case Outcome.Anchored anchored -> {}
      case Outcome.AnchoredAlone alone -> {}
      case Outcome.SucceededBy next -> {}
      case Outcome.Failed failed ->
          throw CommandFailure.refused(failed.code().name(), failed.detail(), next(failed.code()));
      case Outcome.MayStillConfirm open ->
          throw new CommandFailure(
              ExitCode.MAY_STILL_CONFIRM,
              open.code().name(),
              open.detail() + "; transaction " + open.txid() + " may still confirm",
              "watch that transaction, and make no other update of the same version meanwhile");
      case Outcome.Halted halted ->
          throw new CommandFailure(
              ExitCode.HALTED,
              halted.code().name(),
              halted.detail(),
              "make no other update of this DID; see "
                  + halted.code()
                  + " in docs/operations.md, then beacon-cohort journal halts");
    }
  }

  private static String next(Code code) {
    return switch (code) {
      case NOT_ENOUGH -> "wait for more participants: run it again with a longer deadline";
      case ENROLMENT_CLOSED -> "join another cohort";
      case CANDIDATE_BANNED ->
          "join another coordinator's cohort, or anchor the update by your singleton";
      case NOT_FUNDED -> "fund the address in time, or let --faucet do it on regtest";
      case NOT_LISTED -> "see that every member's singleton address has a coin";
      case NO_FALLBACK ->
          "fund or list the singleton beacon and join again, or join with --no-fallback and leave"
              + " what the cohort does not anchor to yourself";
      case SILENT_MEMBER -> "see that every member stays running, then form another cohort";
      default -> "look up " + code + " in docs/operations.md";
    };
  }
}
