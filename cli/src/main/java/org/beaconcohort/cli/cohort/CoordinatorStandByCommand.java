package org.beaconcohort.cli.cohort;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.api.DurableJournals;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.lease.DuplicateInstanceException;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.cli.command.HeldKey;
import org.beaconcohort.cli.command.JournalOption;
import org.beaconcohort.cli.command.KeyOption;
import org.beaconcohort.cli.command.Reach;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.OutputFile;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.bitcoin.address.Network;
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
  @Mixin private FeeRateOption feeRate = new FeeRateOption();

  @Option(
      names = "--coordinate",
      required = true,
      paramLabel = "COORDINATE",
      description = "The announcement, 34640:KEY:IDENTIFIER, as its coordinator prints it.")
  private String coordinate = "";

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
    long rate = feeRate.checked();
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
      new Led(report, "successor", identity, coins, directory, onChain.confirmations(), Bytes.EMPTY)
          .lead(
              outside,
              coordinate,
              listener ->
                  CoordinatorRun.standBy(
                      outside, identity, coordinator, parts[2], network, rate, listener),
              run -> {});
      return ExitCode.OK;
    } catch (DuplicateInstanceException other) {
      throw JournalOption.inUse(other);
    } finally {
      identity.destroy();
    }
  }
}
