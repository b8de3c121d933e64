package org.beaconcohort.cli.cohort;

import java.util.Optional;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.cli.command.HeldKey;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.participant.JoinPolicy.Leaving;
import org.beaconcohort.musig2.bytes.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code participant join}: one membership, one update. */
@Command(
    name = "join",
    description = {
      "Joins a cohort with the DID of a key, lists the cohort's address in its document by an update"
          + " over its own singleton beacon, and has the cohort anchor the update handed in.",
      "Every update that leaves this process is kept in KEYFILE.updates.json first: keep that file"
          + " with the key, for a second update of one version kills the DID."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort participant join --relay ws://127.0.0.1:7777 --chain http://127.0.0.1:3002 \\",
      "      --keystore keys --name alice --update alice-update.json --faucet --out alice-out",
      "  beacon-cohort participant join --stay --relay URL --chain URL \\",
      "      --keystore keys --name alice --update alice-update.json --out alice-out"
    })
public final class JoinCommand extends ReportingCommand {
  @Mixin private MemberOptions options = new MemberOptions();
  @Mixin private Visits visits = new Visits();

  @Option(
      names = "--coordinator",
      paramLabel = "NPUB|HEX",
      defaultValue = "",
      description = "Answer this coordinator only (default: the first acceptable announcement).")
  private String coordinator = "";

  @Option(
      names = "--stay",
      description =
          "Go over to the cohort that follows this one: join both, carry the next one's address into"
              + " the document, and sign this one's last round, which pays it. Goes on until no"
              + " cohort follows. Its singleton needs a coin for two announcements each time.")
  private boolean stay;

  @Option(
      names = "--leave",
      description =
          "Let the cohort go on without this member: sign its last round, which pays a next cohort"
              + " that this DID is not in, and take its address out of the document (default: such a"
              + " round is refused, OUTPUTS_MISMATCH, and the coins stay).")
  private boolean leave;

  @Override
  protected String narrator() {
    return "member";
  }

  @Override
  protected ExitCode run(Report report) {
    checkSuccession();
    visits.check(stay);
    Bytes follow = coordinatorKey();
    return options.run(
        report,
        new MemberOptions.Part() {
          @Override
          public Outside in(Outside outside, HeldKey held) {
            return visits.of(outside, held.base());
          }

          @Override
          public Bytes coordinator() {
            return follow;
          }

          @Override
          public Took take(MemberOptions.Taking taking) {
            return join(taking);
          }
        });
  }

  private Took join(MemberOptions.Taking taking) {
    JoinPolicy policy =
        leave
            ? taking
                .policy()
                .withSuccession(new JoinPolicy.Succession(Bytes.EMPTY, Leaving.CONSENTS))
            : taking.policy();
    try (Memberships memberships =
        new Memberships(
            taking.report(),
            taking.outside(),
            taking.controller(),
            policy,
            taking.key(),
            taking.coins())) {
      Optional<Memberships.Ended> ended =
          stay || taking.several()
              ? Optional.of(memberships.stay(taking.membership()))
              : memberships.join(taking.membership(), visits);
      return ended
          .map(last -> taking.took(last, memberships.evidence()))
          .orElseGet(Took.ComeAgain::new);
    }
  }

  private void checkSuccession() {
    if (stay && leave) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "SUCCESSION",
          "--stay and --leave must not come together",
          "name what this member does when another cohort follows its own");
    }
  }

  private Bytes coordinatorKey() {
    if (coordinator.isEmpty()) {
      return Bytes.EMPTY;
    }
    return PublicKeyText.read("COORDINATOR", "coordinator", coordinator);
  }
}
