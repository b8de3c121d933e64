package org.beaconcohort.cli.update;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.beaconcohort.cli.command.NetworkOption;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.InputFile;
import org.beaconcohort.cli.files.KeyFile;
import org.beaconcohort.cli.files.OutputFile;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.InvalidDidException;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.did.UpdateRefusedException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.curve.SecretKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code update make}: an unsigned update from a patch or from services to add. */
@Command(
    name = "make",
    description = {
      "Makes an unsigned update of a DID document: what changes, and from which version.",
      "Hand it to `participant join`, which makes it anew for the version that lists the cohort."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort update make --new-key --key-file alice.key \\",
      "      --add-service web,LinkedDomains,https://alice.example --out alice-update.json",
      "  beacon-cohort update make --keystore keys --name alice \\",
      "      --add-service web,LinkedDomains,https://alice.example --out alice-update.json",
      "  beacon-cohort update make --did did:btcr2:k1... --document doc.json --document-version 4 \\",
      "      --patch patch.json --out update.json"
    })
public final class MakeCommand extends ReportingCommand {
  @Mixin private NetworkOption network = new NetworkOption();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Whose whose = new Whose();

  @Option(
      names = "--new-key",
      description = "Make the key file (mode 0600) with a new key; it must not exist.")
  private boolean newKey;

  @Option(
      names = "--document",
      paramLabel = "FILE",
      description = "Current document. Default: version 1, which a k1 identifier itself gives.")
  private @Nullable Path document;

  @Option(
      names = "--document-version",
      paramLabel = "N",
      defaultValue = "1",
      description = "Version of --document (default: ${DEFAULT-VALUE}).")
  private int version = 1;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Change change = new Change();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the update goes.")
  private Path out = Path.of("");

  static final class Whose {
    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description =
            "Secret key of a k1 identifier of --network: 64 hexadecimal digits, mode 0600.")
    private @Nullable Path keyFile;

    @ArgGroup(exclusive = false)
    private @Nullable Stored stored;

    @Option(names = "--did", paramLabel = "DID", description = "The identifier itself.")
    private @Nullable String did;
  }

  static final class Stored {
    @Option(
        names = "--keystore",
        required = true,
        paramLabel = "PATH",
        description = "Keystore of the identifier's key; its password is not needed.")
    private Path keystore = Path.of("");

    @Option(
        names = "--name",
        required = true,
        paramLabel = "NAME",
        description = "Name of the key, of a k1 identifier of --network.")
    private String name = "";

    /** What the keystore says; it is proved when the key signs. */
    Btcr2Did did(Network network) {
      return Keystore.list(keystore).stream()
          .filter(entry -> entry.name().equals(name))
          .map(entry -> Btcr2Did.ofKey(network, entry.publicKey()))
          .findFirst()
          .orElseThrow(() ->
              new KeystoreException(KeystoreFault.NO_SUCH_KEY, "name " + name + " in " + keystore));
    }
  }

  static final class Change {
    @Option(names = "--patch", paramLabel = "FILE", description = "Array of RFC 6902 operations.")
    private @Nullable Path patch;

    @Option(
        names = "--add-service",
        paramLabel = "ID,TYPE,ENDPOINT",
        description = "A service to add; may be given several times.")
    private List<String> services = List.of();
  }

  @Override
  protected ExitCode run(Report report) {
    Btcr2Did did = did(report);
    DidDocument source = source(did);
    UnsignedUpdate update;
    try {
      update = UnsignedUpdate.make(source, patch(did, source), version + 1);
    } catch (UpdateRefusedException refused) {
      throw CommandFailure.badInput(
          refused.refusal() + ": " + refused.getMessage(), "correct the patch or the service");
    }
    OutputFile.json(out, update.json());
    report.line("made the unsigned update of " + did.text());
    report.value("from", "version " + version + ", document hash " + update.sourceHash());
    report.value("to", "version " + (version + 1) + ", document hash " + update.targetHash());
    report.value("changes", update.patch().size() + " in the patch");
    report.value("written", out.toString());
    report.done(
        StrictJson.newObject()
            .put("did", did.text())
            .put("targetVersionId", update.targetVersionId())
            .put("out", out.toString()));
    return ExitCode.OK;
  }

  private Btcr2Did did(Report report) {
    Path keyFile = whose.keyFile;
    if (keyFile == null) {
      if (newKey) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "NEW_KEY",
            "--new-key needs --key-file",
            "say where the key goes, or make it with: beacon-cohort keys create");
      }
      if (whose.stored != null) {
        return whose.stored.did(network.checked());
      }
      try {
        return Btcr2Did.parse(String.valueOf(whose.did));
      } catch (InvalidDidException invalid) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "DID",
            String.valueOf(invalid.getMessage()),
            "give a did:btcr2 identifier");
      }
    }
    SecretKey key = newKey ? KeyFile.create(keyFile, new SecureRandom()) : KeyFile.read(keyFile);
    try {
      Btcr2Did did = Btcr2Did.ofKey(network.checked(), key.publicKey());
      if (newKey) {
        report.line("made a new key in " + keyFile + " (mode 0600); keep it, it is the DID");
      }
      return did;
    } finally {
      key.destroy();
    }
  }

  private DidDocument source(Btcr2Did did) {
    if (version < 1 || version > 1_000_000) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "VERSION",
          "version must be 1 to 1000000, got " + version,
          "give the version of --document");
    }
    if (document == null) {
      if (did.key().isEmpty() || version != 1) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "DOCUMENT",
            "document must be given unless it is version 1 of a k1 identifier",
            "give --document FILE and --document-version N");
      }
      return DidDocument.initial(did);
    }
    DidDocument given = InputFile.at(document).document();
    if (!given.did().equals(did)) {
      throw CommandFailure.badInput(
          document + " must be the document of " + did + ", got that of " + given.did(),
          "give the document of the same identifier");
    }
    return given;
  }

  private ArrayNode patch(Btcr2Did did, DidDocument source) {
    Optional<Path> file = Optional.ofNullable(change.patch);
    return file.isPresent()
        ? InputFile.at(file.get()).patch()
        : AddedService.patch(
            change.services.stream().map(value -> AddedService.parse(value, did)).toList(), source);
  }
}
