package org.beaconcohort.adapter.keystore.file;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a keystore says of a key to everybody who can read the file; authentic once the password has
 * opened it.
 *
 * @param name 1 to 64 of {@code a-z 0-9 . _ -}, beginning with a letter or digit
 * @param purpose what it is for
 * @param publicKey compressed, 33 bytes
 * @param created when it came into this keystore, in whole seconds
 * @param origin {@code created}, or the format it was imported from
 * @param restored if it came from a backup
 */
public record KeyEntry(
    String name,
    KeyPurpose purpose,
    Bytes publicKey,
    Instant created,
    String origin,
    Optional<RestoreMark> restored) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern ORIGIN = Pattern.compile("[a-z0-9 /'-]{1,60}");
  private static final int PUBLIC_KEY = 33;

  public KeyEntry {
    requireName(name);
    if (!ORIGIN.matcher(origin).matches()) {
      throw new KeystoreException(
          KeystoreFault.BAD_NAME, "origin must be 1 to 60 characters of a path or a format's name");
    }
    if (publicKey.size() != PUBLIC_KEY) {
      throw new IllegalArgumentException(
          "public key must be " + PUBLIC_KEY + " bytes, got " + publicKey.size());
    }
  }

  /** Refuses what cannot be a name. */
  public static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      String shown = name.length() > 64 ? "one of " + name.length() + " characters" : name;
      throw new KeystoreException(KeystoreFault.BAD_NAME, "got " + shown);
    }
  }

  /** The public key of BIP-340, 32 bytes. */
  public Bytes xOnlyPublicKey() {
    return publicKey.slice(1, PUBLIC_KEY);
  }

  /** The same, come from a backup. */
  public KeyEntry restoredBy(RestoreMark mark) {
    return new KeyEntry(name, purpose, publicKey, created, origin, Optional.of(mark));
  }
}
