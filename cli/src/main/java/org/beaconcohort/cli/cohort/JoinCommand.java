package org.beaconcohort.cli.cohort;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.beaconcohort.adapter.api.MemberRun;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.command.HeldKey;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.model.Outcome;
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
      "Example:",
      "  beacon-cohort participant join --relay ws://127.0.0.1:7777 --chain http://127.0.0.1:3002 \\",
      "      --keystore keys --name alice --update alice-update.json --faucet --out alice-out"
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

  @Override
  protected String narrator() {
    return "member";
  }

  @Override
  protected ExitCode run(Report report) {
    visits.check();
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
    AtomicReference<String> coordinate = new AtomicReference<>("");
    try (MemberRun member =
        MemberRun.start(
            taking.outside(),
            taking.controller(),
            taking.policy(),
            taking.membership(),
            progress -> {
              if (progress instanceof Progress.AnnouncementChosen chosen) {
                coordinate.set(chosen.coordinate());
              }
              taking.report().progress("member", progress);
            })) {
      Optional<Outcome> outcome = visits.outcome(member);
      return outcome.isEmpty()
          ? new Took.ComeAgain()
          : taking.took(outcome.get(), member, coordinate.get());
    }
  }

  private Bytes coordinatorKey() {
    if (coordinator.isEmpty()) {
      return Bytes.EMPTY;
    }
    return PublicKeyText.read("COORDINATOR", "coordinator", coordinator);
  }
}
