package org.beaconcohort.cli.cohort;

import org.beaconcohort.adapter.api.LeadingMember;
import org.beaconcohort.adapter.api.LeadingMember.Announces;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.pair.Pair;
import org.beaconcohort.musig2.curve.SecretKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code participant pair}: two controllers without a coordinator beside them. */
@Command(
    name = "pair",
    description = {
      "Forms a cohort of two with one other DID, whose controller runs the same command with this"
          + " one. Nobody leads them: which of the two announces follows from the DIDs, the other"
          + " stands by, and either finishes and broadcasts.",
      "Begin both within --recruit-seconds, with the same relays."
    },
    footer = {
      "",
      "Example:",
      "  beacon-cohort participant pair --with did:btcr2:k1… --relay wss://a.example wss://b.example \\",
      "      --chain URL --keystore keys --name alice --update alice-update.json --out alice-out"
    })
public final class PairCommand extends ReportingCommand {
  @Mixin private MemberOptions options = new MemberOptions();
  @Mixin private RoundOptions rounds = new RoundOptions();

  @Option(
      names = "--with",
      required = true,
      paramLabel = "DID",
      description = "The other DID, of kind k1; nobody else is taken into the cohort.")
  private String with = "";

  /** For picocli. */
  public PairCommand() {}

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
            plain -> plain);
    return options.run(
        report,
        new MemberOptions.Part() {
          @Override
          public void check(Btcr2Did own) {
            var unused = pair(own);
          }

          @Override
          public Took take(MemberOptions.Taking taking) {
            return takePart(taking, terms);
          }
        });
  }

  private Pair pair(Btcr2Did own) {
    try {
      return Pair.of(own, Btcr2Did.parse(with));
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "WITH",
          "--with must be the other's DID: " + wrong.getMessage(),
          "copy it from where its controller printed it");
    }
  }

  private Took takePart(MemberOptions.Taking taking, CohortTerms terms) {
    Pair pair = pair(Btcr2Did.ofKey(terms.network(), taking.key().publicKey()));
    BothHalves halves = new BothHalves(taking, pair.announces());
    Announces announces = halves.announces(pair.terms(terms), rounds.feeRate());
    return halves.take(membership ->
        LeadingMember.pair(
            taking.outside(),
            pair,
            taking.key(),
            pair.announces() ? goingOn(halves, announces, pair, taking) : announces,
            taking.policy(),
            membership));
  }

  private static Announces goingOn(
      BothHalves halves, Announces announces, Pair pair, MemberOptions.Taking taking) {
    SecretKey identity = pair.identity(taking.key());
    try {
      return halves.goingOn(announces, identity);
    } finally {
      identity.destroy();
    }
  }
}
