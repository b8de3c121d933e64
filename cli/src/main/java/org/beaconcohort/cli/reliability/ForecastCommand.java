package org.beaconcohort.cli.reliability;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.reliability.Forecast;
import org.beaconcohort.cohort.reliability.MemberRecord;
import org.beaconcohort.cohort.reliability.Reliability;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reliability forecast}: how a cohort of these members would do. */
@Command(
    name = "forecast",
    description = {
      "Says how likely a round of these members is to get all their signatures, and how many members"
          + " like these a cohort should have at most. Without DIDs: of all that are not banned.",
      "Of a DID nobody has seen it assumes nine rounds of ten; members are taken to fail independently."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort reliability forecast members.reliability",
      "  beacon-cohort reliability forecast members.reliability did:btcr2:k1… did:btcr2:k1… \\",
      "      --wanted 90"
    })
final class ForecastCommand extends ReportingCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "The reliability record.")
  private Path file = Path.of("");

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "DID", description = "Members.")
  private List<String> dids = List.of();

  @Option(
      names = "--wanted",
      paramLabel = "PERCENT",
      defaultValue = "80",
      description = "The chance that a round should have, 1 to 99 (default: ${DEFAULT-VALUE}).")
  private int wanted = 80;

  @Override
  protected ExitCode run(Report report) {
    if (wanted < 1 || wanted > 99) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "WANTED",
          "chance must be 1 to 99 percent, got " + wanted,
          "correct that option");
    }
    Reliability reliability = Remembered.existing(file).reliability();
    List<String> members =
        dids.isEmpty()
            ? reliability.members().stream()
                .filter(member -> !member.banned())
                .map(MemberRecord::did)
                .toList()
            : List.copyOf(dids);
    Forecast forecast = reliability.forecast(members, wanted / 100.0);
    report.value("members", "" + forecast.members());
    report.value("completes", percent(forecast.completes()) + " of rounds");
    report.value(
        "size",
        forecast.size() == 0
            ? "no cohort of members like these gets "
                + wanted
                + " %; each keeps "
                + percent(forecast.each())
            : "at most "
                + Brief.count(forecast.size(), "member")
                + " like these for "
                + wanted
                + " % of rounds; each keeps "
                + percent(forecast.each()));
    if (forecast.allow().isPositive()) {
      report.value(
          "allow",
          forecast.allow().toSeconds()
              + " s for each answer (--answer-seconds): whoever was silent last gets longer");
    }
    report.done(
        StrictJson.newObject()
            .put("members", forecast.members())
            .put("completes", rounded(forecast.completes()))
            .put("each", rounded(forecast.each()))
            .put("wanted", forecast.wanted())
            .put("allowSeconds", forecast.allow().toSeconds())
            .put("size", forecast.size()));
    return ExitCode.OK;
  }

  private static double rounded(double chance) {
    return Math.round(chance * 10_000) / 10_000.0;
  }

  private static String percent(double chance) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * chance);
  }
}
