package org.beaconcohort.adapter.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.beaconcohort.adapter.keystore.file.KdfSettings;
import org.beaconcohort.adapter.keystore.file.KeyEntry;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.junit.jupiter.api.function.Executable;

/** Keystores of tests: the cheapest Argon2id there is, a clock that stands still. */
public final class KeystoreScene {
  /** 8 KiB, one pass. */
  public static final KdfSettings CHEAP = new KdfSettings(8, 1, 1);

  /** What opens them. */
  public static final String PASSWORD = "correct horse battery";

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-29T08:00:00.5Z"));

  private final SeededRandom random = new SeededRandom(4);

  /** An empty keystore. */
  public Keystore create(Path path) {
    try (SecretText password = text(PASSWORD)) {
      return Keystore.create(path, password, CHEAP, random, CLOCK);
    }
  }

  /** Opens one. */
  public Keystore open(Path path) {
    return open(path, PASSWORD);
  }

  /** Opens one with some password. */
  public Keystore open(Path path, String word) {
    try (SecretText password = text(word)) {
      return Keystore.open(path, password, random, CLOCK);
    }
  }

  /** A new key, written already. */
  public KeyEntry add(Keystore keystore, String name, KeyPurpose purpose) {
    try (KeyNumber number = number()) {
      return keystore.add(name, purpose, number, "created", KeyReuse.REFUSED);
    }
  }

  /** A new number. */
  public KeyNumber number() {
    return KeyNumber.generate(random);
  }

  /** Secret text of a test. */
  public static SecretText text(String text) {
    return SecretText.of(text.toCharArray());
  }

  /** The call is refused with that fault, a word on what to do, and no password in either. */
  public static KeystoreException refused(KeystoreFault fault, Executable call) {
    KeystoreException refusal = assertThrows(KeystoreException.class, call);
    assertEquals(fault, refusal.fault(), refusal::getMessage);
    assertFalse(refusal.next().isEmpty());
    for (Throwable each = refusal; each != null; each = each.getCause()) {
      assertFalse(String.valueOf(each.getMessage()).contains("horse"), each::toString);
    }
    return refusal;
  }
}
