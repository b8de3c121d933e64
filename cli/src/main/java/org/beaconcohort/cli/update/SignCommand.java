package org.beaconcohort.cli.update;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.cli.command.HeldKey;
import org.beaconcohort.cli.command.KeyOption;
import org.beaconcohort.cli.command.NetworkOption;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.InputFile;
import org.beaconcohort.cli.files.LedgerFile;
import org.beaconcohort.cli.files.OutputFile;
import org.beaconcohort.cli.files.UpdateFile;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.did.UpdateRefusedException;
import org.beaconcohort.cohort.did.VerificationMethod;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.curve.SecretKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code update sign}: a proof for an update that applies to a document at hand. */
@Command(
    name = "sign",
    description = {
      "Signs an update: from then on it is the one update for its version, so sign one only.",
      "Without a chain at hand it is dated three hours back, which no later block can precede."
    },
    footer = {
      "",
      "Example:",
      "  beacon-cohort update sign --key-file alice.key --update alice-update.json \\",
      "      --out alice-signed.json"
    })
public final class SignCommand extends ReportingCommand {
  /** Block times may lag two hours behind the clock and the median time an hour behind those. */
  private static final Duration BEFORE_ANY_MEDIAN_TIME = Duration.ofHours(3);

  @Mixin private NetworkOption network = new NetworkOption();
  @Mixin private KeyOption keys = new KeyOption();

  @Option(
      names = "--update",
      required = true,
      paramLabel = "FILE",
      description = "Unsigned update, as `update make` leaves it.")
  private Path update = Path.of("");

  @Option(
      names = "--document",
      paramLabel = "FILE",
      description =
          "The document it applies to. Default: version 1 of the key's k1 identifier on"
              + " --network.")
  private @Nullable Path document;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the signed update goes.")
  private Path out = Path.of("");

  @Override
  protected ExitCode run(Report report) {
    keys.requireNamed();
    if (!(InputFile.at(update).update() instanceof UpdateFile.Unsigned unsigned)) {
      throw CommandFailure.badInput(
          update + " must be unsigned, it has a proof", "hand in what `update make` made");
    }
    try (HeldKey held = keys.open(KeyPurpose.DID)) {
      SecretKey key = held.key();
      DidDocument source =
          document == null
              ? DidDocument.initial(Btcr2Did.ofKey(network.checked(), key.publicKey()))
              : InputFile.at(document).document();
      checkNetwork(source.did());
      checkNotHandedOut(unsigned.unsigned(), source, held);
      SignedUpdate signed = sign(unsigned.unsigned(), source, key);
      OutputFile.json(out, signed.json());
      report.line("signed the update of " + source.did().text());
      report.value("version", Integer.toString(signed.targetVersionId()));
      report.value("hash", signed.hash().hex());
      report.value("method", signed.proof().verificationMethod());
      report.value("written", out.toString());
      report.done(
          StrictJson.newObject()
              .put("did", source.did().text())
              .put("targetVersionId", signed.targetVersionId())
              .put("updateHash", signed.hash().hex())
              .put("out", out.toString()));
      return ExitCode.OK;
    }
  }

  private void checkNetwork(Btcr2Did did) {
    if (did.network() != network.checked()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "NETWORK",
          "--network must be that of " + did + ", " + did.network().specName(),
          "correct that option");
    }
  }

  /** Another signed update of a version that a cohort or singleton has seen kills the DID (R20). */
  private void checkNotHandedOut(UnsignedUpdate unsigned, DidDocument source, HeldKey held) {
    Btcr2Did own = Btcr2Did.ofKey(network.checked(), held.key().publicKey());
    if (!source.did().equals(own)) {
      return;
    }
    Optional<SignedUpdate> before =
        LedgerFile.beside(held.base(), own).handedOut(unsigned.targetVersionId());
    if (before.isPresent()) {
      throw CommandFailure.refused(
          "VERSION_HANDED_OUT",
          "version "
              + unsigned.targetVersionId()
              + " of "
              + own
              + " must not have been handed out yet, it was, with update "
              + before.get().hash(),
          "make an update of a later version; that one is in " + LedgerFile.path(held.base()));
    }
  }

  private SignedUpdate sign(UnsignedUpdate unsigned, DidDocument source, SecretKey key) {
    Instant created = Instant.now().minus(BEFORE_ANY_MEDIAN_TIME).truncatedTo(ChronoUnit.SECONDS);
    try {
      return SignedUpdate.sign(
          unsigned, source, methodId(source, key), key, created, new SecureRandom());
    } catch (UpdateRefusedException refused) {
      throw CommandFailure.badInput(
          update + ": " + refused.refusal() + ": " + refused.getMessage(),
          "make the update anew on the current document");
    }
  }

  private String methodId(DidDocument source, SecretKey key) {
    return source.invocationIds().stream()
        .filter(id ->
            source
                .invocationMethod(id)
                .flatMap(VerificationMethod::key)
                .filter(key.publicKey()::equals)
                .isPresent())
        .findFirst()
        .orElseThrow(() ->
            CommandFailure.badInput(
                "key must be one that the document of " + source.did() + " lets sign, it is not",
                "give the key of that identifier"));
  }
}
