package org.beaconcohort.cli.exit;

/** A command cannot go on: what is wrong, how the process ends, and what to do next. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String code;
  private final String next;

  /**
   * A failure.
   *
   * @param code a stable word for machines, for instance {@code NOT_ENOUGH}
   * @param what the thing, the expected and the found value
   * @param next what the user can do
   */
  public CommandFailure(ExitCode exitCode, String code, String what, String next) {
    super(what);
    this.exitCode = exitCode;
    this.code = code;
    this.next = next;
  }

  /** A file that cannot be used. */
  public static CommandFailure badInput(String what, String next) {
    return new CommandFailure(ExitCode.BAD_INPUT, "BAD_INPUT", what, next);
  }

  /** Something outside that is not there. */
  public static CommandFailure unavailable(String what, String next) {
    return new CommandFailure(ExitCode.UNAVAILABLE, "UNAVAILABLE", what, next);
  }

  /** Something this version does not do, or that would do harm. */
  public static CommandFailure refused(String code, String what, String next) {
    return new CommandFailure(ExitCode.REFUSED, code, what, next);
  }

  /** How the process ends. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** A stable word for machines. */
  public String code() {
    return code;
  }

  /** What the user can do. */
  public String next() {
    return next;
  }
}
