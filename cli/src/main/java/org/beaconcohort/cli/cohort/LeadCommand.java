package org.beaconcohort.cli.cohort;

import org.beaconcohort.adapter.api.LeadingMember;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.musig2.curve.SecretKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code participant lead}: a coordinator that is a member of its own cohort. */
@Command(
    name = "lead",
    description = {
      "Announces a cohort, leads it, and joins it with the DID of a key.",
      "Its member half hears its coordinator half over the relays, checks it as everybody does, and"
          + " refuses what is wrong."
    },
    footer = {
      "",
      "Example:",
      "  beacon-cohort participant lead --relay ws://127.0.0.1:7777 --chain http://127.0.0.1:3002 \\",
      "      --min 2 --max 5 --keystore keys --name alice --update alice-update.json --faucet \\",
      "      --out alice-out"
    })
public final class LeadCommand extends ReportingCommand {
  @Mixin private MemberOptions options = new MemberOptions();
  @Mixin private RoundOptions rounds = new RoundOptions();

  @Option(
      names = "--min",
      required = true,
      paramLabel = "N",
      description = "Fewest members with this one, at least 2.")
  private int min;

  @Option(
      names = "--max",
      required = true,
      paramLabel = "N",
      description = "Most members with this one; enrolment closes when they are there.")
  private int max;

  /** For picocli. */
  public LeadCommand() {}

  @Override
  protected String narrator() {
    return "member";
  }

  @Override
  protected ExitCode run(Report report) {
    CohortTerms terms =
        rounds.terms(
            options.onChain().network(options.reach()),
            options.reach(),
            options.onChain(),
            plain -> plain.between(min, max));
    return options.run(report, taking -> lead(taking, terms));
  }

  private Took lead(MemberOptions.Taking taking, CohortTerms terms) {
    // Of the DID's key, as the membership's keys are: another process makes it again.
    SecretKey identity =
        taking.key().derive("beacon-cohort/identity-key", taking.membership().membership());
    try {
      BothHalves halves = new BothHalves(taking, true);
      return halves.take(membership ->
          LeadingMember.start(
              taking.outside(),
              identity,
              halves.goingOn(halves.announces(terms, rounds.feeRate()), identity),
              taking.policy(),
              membership));
    } finally {
      identity.destroy();
    }
  }
}
