package org.beaconcohort.cli.command;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.KeyReuse;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.file.KeyEntry;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.KeyFile;
import org.beaconcohort.cli.secret.PasswordOption;
import org.beaconcohort.cli.secret.SecretInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The secret key of a command: a key of a keystore, or a file that holds one. */
public final class KeyOption {
  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Secret key in a file: 64 hexadecimal digits, mode 0600.")
  private @Nullable Path keyFile;

  @Option(
      names = "--keystore",
      paramLabel = "PATH",
      description =
          "Keystore that holds the key, see `keys`; with --name. Where this help says KEYFILE, it is"
              + " KEYSTORE.NAME then.")
  private @Nullable Path keystore;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the key in the keystore.")
  private @Nullable String name;

  @Option(
      names = "--accept-linked-keys",
      description =
          "Use a key for what it was not made for. Then everybody sees that coordinator and DID are"
              + " one party, and whoever gets the key has both.")
  private boolean linked;

  @Mixin private PasswordOption password = new PasswordOption();

  /** For picocli. */
  public KeyOption() {}

  /**
   * Whether a key was named.
   *
   * @throws CommandFailure usage, for half of a name, or two
   */
  public boolean isNamed() {
    boolean stored = keystore != null || name != null;
    if (stored && (keyFile != null || keystore == null || name == null)) {
      throw usage("a key must be named by --key-file, or by --keystore and --name together");
    }
    return stored || keyFile != null;
  }

  /**
   * Refuses a command line that names no key, before anything is read.
   *
   * @throws CommandFailure usage
   */
  public void requireNamed() {
    if (!isNamed()) {
      throw usage("a key must be named, by --key-file or by --keystore and --name");
    }
  }

  /**
   * The key; the caller closes it.
   *
   * @param purpose that a key of a keystore must be for
   * @throws CommandFailure usage, if none was named
   */
  public HeldKey open(KeyPurpose purpose) {
    requireNamed();
    Path store = keystore;
    String wanted = name;
    if (store == null || wanted == null) {
      Path file = Objects.requireNonNull(keyFile);
      return new HeldKey(KeyFile.read(file), file, Optional.empty());
    }
    // What is no keystore is said before anybody types a password.
    var unused = Keystore.list(store);
    try (SecretInput input = SecretInput.ofProcess();
        SecretText secret = password.toOpen(input, store);
        Keystore opened =
            Keystore.open(store, secret, new SecureRandom(), InstantSource.system())) {
      KeyEntry entry = opened.entry(wanted);
      KeyReuse reuse = linked ? KeyReuse.LINKED_KEYS_ACCEPTED : KeyReuse.REFUSED;
      return new HeldKey(
          opened.key(wanted, purpose, reuse), Keystore.beside(store, wanted), entry.restored());
    }
  }

  /**
   * Refuses a key that this journal knows in the other role, whatever it came from.
   *
   * @param otherRole whether it does
   * @param as what it would be now
   * @throws CommandFailure refused, unless the risk is accepted
   */
  public void requireApart(boolean otherRole, String as) {
    if (otherRole && !linked) {
      throw CommandFailure.refused(
          "KEY_REUSED",
          "a key must have one role; this one was used in the other one, and would now be " + as,
          "use a key of its own. One key for two roles shows everybody that coordinator and DID are"
              + " one party, and whoever gets it has both; if that is meant, say"
              + " --accept-linked-keys");
    }
  }

  private static CommandFailure usage(String what) {
    return new CommandFailure(
        ExitCode.USAGE, "KEY", what, "for instance --keystore keys --name alice");
  }
}
