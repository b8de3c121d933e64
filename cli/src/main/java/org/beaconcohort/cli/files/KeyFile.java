package org.beaconcohort.cli.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.musig2.curve.InvalidSecretKeyException;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * A secret key in a file: 64 hexadecimal digits and at most one line feed, readable by its owner
 * alone (0600). Nothing of its content appears in messages.
 */
public final class KeyFile {
  private static final int DIGITS = 64;

  private KeyFile() {}

  /** The key in a file. */
  public static SecretKey read(Path path) {
    byte[] text = new byte[0];
    try {
      Optional<String> tooOpen = Permissions.tooOpen(path);
      if (tooOpen.isPresent()) {
        throw CommandFailure.badInput(
            "key file " + path + " must be readable by its owner alone, it is " + tooOpen.get(),
            "chmod 600 " + path);
      }
      try (InputStream in = Files.newInputStream(path)) {
        text = in.readNBytes(DIGITS + 2);
      }
      return key(path, text);
    } catch (IOException unreadable) {
      throw CommandFailure.badInput(
          "key file " + path + " cannot be read: " + Reason.of(unreadable),
          "check the path, or make a key with: beacon-cohort update make --new-key");
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** Writes a new key; refuses to replace a file. */
  public static SecretKey create(Path path, SecureRandom random) {
    byte[] number = new byte[DIGITS / 2];
    byte[] text = new byte[DIGITS + 1];
    try {
      SecretKey key = null;
      while (key == null) {
        random.nextBytes(number);
        hex(number, text);
        try {
          key = SecretKey.of(number);
        } catch (InvalidSecretKeyException next) {
          // One draw in 2^128.
          key = null;
        }
      }
      SecretFile.create(path, text);
      return key;
    } finally {
      Arrays.fill(number, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The key that the content of a file is; the content stays the caller's to overwrite. */
  static SecretKey key(Path path, byte[] text) {
    try {
      return SecretKey.of(number(path, text));
    } catch (InvalidSecretKeyException invalid) {
      throw malformed(path);
    }
  }

  private static byte[] number(Path path, byte[] text) {
    boolean lineEnd = text.length == DIGITS + 1 && text[DIGITS] == '\n';
    if (text.length != DIGITS && !lineEnd) {
      throw malformed(path);
    }
    byte[] number = new byte[DIGITS / 2];
    for (int i = 0; i < DIGITS; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        Arrays.fill(number, (byte) 0);
        throw malformed(path);
      }
      number[i / 2] = (byte) (number[i / 2] << 4 | digit);
    }
    return number;
  }

  private static void hex(byte[] number, byte[] text) {
    for (int i = 0; i < DIGITS; i++) {
      int digit = (number[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
      text[i] = (byte) Character.forDigit(digit, 16);
    }
    text[DIGITS] = '\n';
  }

  private static CommandFailure malformed(Path path) {
    return CommandFailure.badInput(
        "key file " + path + " must hold a secret key as " + DIGITS + " hexadecimal digits",
        "make a key with: beacon-cohort update make --new-key");
  }
}
