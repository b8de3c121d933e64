package org.beaconcohort.cli.journal;

import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import picocli.CommandLine.Option;

/** Who answers for a decision, and why; the journal keeps both for ever. */
final class Operator {
  @Option(
      names = "--operator",
      required = true,
      paramLabel = "NAME",
      description = "Who decides this; kept in the journal.")
  private String operator = "";

  @Option(
      names = "--because",
      required = true,
      paramLabel = "TEXT",
      description = "What was found out; kept in the journal.")
  private String because = "";

  /**
   * Name and reason in one line.
   *
   * @throws CommandFailure usage, if one is blank or no line
   */
  String words() {
    return require("--operator", operator) + ": " + require("--because", because);
  }

  private static String require(String option, String text) {
    if (text.isBlank() || text.length() > 500 || text.chars().anyMatch(Character::isISOControl)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "OPERATOR",
          option + " must be one line of 1 to 500 characters",
          "say who decides and why");
    }
    return text.strip();
  }
}
