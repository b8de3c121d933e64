package org.beaconcohort.cli.cohort;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.api.DurableJournals;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.lease.DuplicateInstanceException;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.adapter.nostr.event.Nip19;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.command.Await;
import org.beaconcohort.cli.command.Ending;
import org.beaconcohort.cli.command.HeldKey;
import org.beaconcohort.cli.command.JournalOption;
import org.beaconcohort.cli.command.KeyOption;
import org.beaconcohort.cli.command.Reach;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.evidence.EvidenceFiles;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.OutputFile;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.result.ResultCheck;
import org.beaconcohort.cli.result.ResultFiles;
import org.beaconcohort.cli.result.TransactionText;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code coordinator stand-by}: a named successor of somebody else's cohort. */
@Command(
    name = "stand-by",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Forms a cohort that another announced, and leads it, if the other does not. The announcement"
          + " must name this key as a successor (`coordinator run --successor`).",
      "",
      "With a journal it goes on where it was stopped: run the same command again."
    },
    footer = {
      "",
      "Example:",
      "  beacon-cohort coordinator stand-by --coordinate 34640:KEY:cohort-1a2b3c4d \\",
      "      --relay wss://a.example wss://b.example --chain URL --key-file identity.hex --out out"
    })
public final class CoordinatorStandByCommand extends ReportingCommand {
  @Mixin private Reach reach = new Reach();
  @Mixin private OnChain onChain = new OnChain();
  @Mixin private JournalOption journal = new JournalOption();
  @Mixin private KeyOption keys = new KeyOption();

  @Option(
      names = "--coordinate",
      required = true,
      paramLabel = "COORDINATE",
      description = "The announcement, 34640:KEY:IDENTIFIER, as its coordinator prints it.")
  private String coordinate = "";

  @Option(
      names = "--fee-rate",
      paramLabel = "SAT/KVB",
      defaultValue = "2000",
      description = "Fee rate of rounds that it opens (default: ${DEFAULT-VALUE}).")
  private long feeRate = 2_000;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "New directory for the results.")
  private Path out = Path.of("");

  /** For picocli. */
  public CoordinatorStandByCommand() {}

  @Override
  protected ExitCode run(Report report) {
    String[] parts = coordinate.split(":", -1);
    if (parts.length != 3 || !parts[0].equals("34640") || parts[2].isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "COORDINATE",
          "coordinate must be 34640:KEY:IDENTIFIER, got " + coordinate,
          "copy it from where the coordinator printed it");
    }
    Bytes coordinator = PublicKeyText.read("COORDINATE", "key of the coordinate", parts[1]);
    keys.requireNamed();
    Network network = onChain.network(reach);
    onChain.warn(report);
    Path directory = OutputFile.directory(out);
    SecureRandom random = new SecureRandom();
    HeldKey held = keys.open(KeyPurpose.IDENTITY);
    SecretKey identity = held.key();
    try (Coins coins = Coins.of(reach, network);
        EsploraChain chain = onChain.chain(reach);
        JournalStore store = journal.open(held.base())) {
      DurableJournals journals = DurableJournals.of(store, random);
      keys.requireApart(journals.knowsMember(identity.xOnlyPublicKey()), "a successor's identity");
      Outside outside = onChain.outside(reach, chain, random).keeping(journals);
      CompletableFuture<Cohort> formed = new CompletableFuture<>();
      report.value("identity", Nip19.npub(identity.xOnlyPublicKey()));
      report.event(
          "started",
          StrictJson.newObject()
              .put("successor", identity.xOnlyPublicKey().hex())
              .put("npub", Nip19.npub(identity.xOnlyPublicKey())));
      try (CoordinatorRun run =
          CoordinatorRun.standBy(
              outside,
              identity,
              coordinator,
              parts[2],
              network,
              feeRate,
              progress -> {
                report.progress("successor", progress);
                if (progress instanceof Progress.CohortFormed done) {
                  formed.complete(done.cohort());
                }
              })) {
        CompletedRound round = lead(report, run, formed, outside, coins, directory);
        TransactionText.of(round).forEach(report::line);
        report.value("output", directory.toString());
        report.done(new ResultFiles(directory).done(round));
        return ExitCode.OK;
      }
    } catch (DuplicateInstanceException other) {
      throw JournalOption.inUse(other);
    } finally {
      identity.destroy();
    }
  }

  private CompletedRound lead(
      Report report,
      CoordinatorRun run,
      CompletableFuture<Cohort> formed,
      Outside outside,
      Coins coins,
      Path directory) {
    try {
      Cohort cohort = Await.either(formed, run.outcome());
      if (outside.chain().unspent(cohort.address()).isEmpty()) {
        coins.wanted(report, "the beacon address", cohort.address(), cohort.terms().minFunding());
      }
      Ending.requireAnchored(Await.outcome(run.outcome()));
    } finally {
      EvidenceFiles.write(report, directory, run.evidence());
    }
    CompletedRound round = run.lastRound().orElseThrow();
    new ResultFiles(directory).write(coordinate, round);
    new ResultCheck(directory, outside.chain(), onChain.confirmations())
        .transaction(round.prevout());
    return round;
  }
}
