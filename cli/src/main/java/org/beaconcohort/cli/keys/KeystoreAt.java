package org.beaconcohort.cli.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.file.KdfSettings;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cli.secret.PasswordOption;
import org.beaconcohort.cli.secret.SecretInput;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which keystore, and its password; whoever opens it closes it. */
final class KeystoreAt {
  @Option(
      names = "--keystore",
      required = true,
      paramLabel = "PATH",
      description = "The keystore, a file of mode 0600.")
  private Path path = Path.of("");

  @Mixin private PasswordOption password = new PasswordOption();

  private final SecureRandom random = new SecureRandom();

  Path path() {
    return path;
  }

  SecureRandom random() {
    return random;
  }

  /** One that is there. */
  Keystore open(SecretInput input) {
    try (SecretText secret = existing(input)) {
      return open(secret);
    }
  }

  /** The password of one that is there. */
  SecretText existing(SecretInput input) {
    // What is no keystore is said before anybody types a password.
    var unused = Keystore.list(path);
    return password.toOpen(input, path);
  }

  /** The password of one that is there or is to be made. */
  SecretText secret(SecretInput input) {
    return Files.exists(path) ? password.toOpen(input, path) : password.toCreate(input, path);
  }

  /** One that is there, or a new one. */
  Keystore openOrCreate(SecretInput input) {
    try (SecretText secret = secret(input)) {
      return openOrCreate(secret);
    }
  }

  /** The same with a password at hand. */
  Keystore openOrCreate(SecretText secret) {
    return Files.exists(path)
        ? open(secret)
        : Keystore.create(path, secret, KdfSettings.DEFAULT, random, InstantSource.system());
  }

  private Keystore open(SecretText secret) {
    return Keystore.open(path, secret, random, InstantSource.system());
  }
}
