package org.beaconcohort.cli.keys;

import java.nio.file.Path;
import java.util.List;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.beaconcohort.adapter.keystore.file.KeyEntry;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keys list}: what a keystore or a backup holds, without its password. */
@Command(
    name = "list",
    description = {
      "Lists names, purposes and public keys of a keystore or a backup. It asks for no password;"
          + " what it prints is proved only when the password opens the file."
    },
    footer = {"", "Example:", "  beacon-cohort keys list --keystore keys"})
final class ListCommand extends ReportingCommand {
  @Option(
      names = "--keystore",
      required = true,
      paramLabel = "PATH",
      description = "A keystore or a backup.")
  private Path path = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Only this key (default: all).")
  private String name = "";

  @Override
  protected ExitCode run(Report report) {
    boolean backup = false;
    List<KeyEntry> entries;
    try {
      entries = Keystore.list(path);
    } catch (KeystoreException otherKind) {
      if (otherKind.fault() != KeystoreFault.WRONG_KIND) {
        throw otherKind;
      }
      backup = true;
      entries = Keystore.listBackup(path);
    }
    List<KeyEntry> shown =
        entries.stream().filter(entry -> name.isEmpty() || entry.name().equals(name)).toList();
    if (shown.isEmpty() && !name.isEmpty()) {
      throw new KeystoreException(KeystoreFault.NO_SUCH_KEY, "name " + name + " in " + path);
    }
    report.line(
        (backup ? "backup " : "keystore ") + path + ": " + Brief.count(entries.size(), "key"));
    shown.forEach(entry -> KeyLines.print(report, entry));
    report.done(KeyLines.json(shown).put("backup", backup));
    return ExitCode.OK;
  }
}
