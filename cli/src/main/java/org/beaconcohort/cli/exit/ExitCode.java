package org.beaconcohort.cli.exit;

/** The exit codes, which never change their meaning. */
public enum ExitCode {
  /** Done; for a cohort: its signal or the own update is anchored, or another cohort follows it. */
  OK(0, "done; for a cohort: anchored, with it or alone, or followed by another cohort"),
  /** The command line is wrong. */
  USAGE(2, "the command line is wrong"),
  /** Refused, or the cohort failed; nothing that was signed here can still confirm. */
  REFUSED(3, "refused, or the cohort failed; the message begins with a code"),
  /** A signature of ours is out and its transaction was not seen to confirm. */
  MAY_STILL_CONFIRM(4, "a signature is out and its transaction may still confirm"),
  /** Stopped until an operator decides; what may still confirm cannot be told from the journal. */
  HALTED(5, "stopped until an operator decides; what may still confirm is not known"),
  /** An input file is missing, unreadable or malformed. */
  BAD_INPUT(65, "an input file cannot be used"),
  /** A relay, a chain source, a port or the curve engine asked for is not there. */
  UNAVAILABLE(
      69, "a relay, the chain source, a port or the curve engine asked for is not available"),
  /** A fault of this program. */
  INTERNAL(70, "a fault of this program"),
  /** A visit of a member that does not stay is over, its cohort is not. */
  COME_AGAIN(75, "a visit ended before the cohort did; run the same command again");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** What the process ends with. */
  public int status() {
    return status;
  }

  /** What it means, for help. */
  public String meaning() {
    return meaning;
  }
}
