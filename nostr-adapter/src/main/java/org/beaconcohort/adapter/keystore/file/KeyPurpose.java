package org.beaconcohort.adapter.keystore.file;

import java.util.Locale;
import java.util.Optional;

/**
 * What a key is for, and nothing else. Keys of a cohort are none of these: they are derived anew
 * for each membership (N11).
 */
public enum KeyPurpose {
  /** Signs a coordinator's announcement and statements; public for as long as it is used. */
  IDENTITY,
  /** Controls a DID, and is the secret that keys of memberships are derived from. */
  DID;

  /** The name in files, options and JSON: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The purpose of that name. */
  public static Optional<KeyPurpose> of(String word) {
    for (KeyPurpose purpose : values()) {
      if (purpose.word().equals(word)) {
        return Optional.of(purpose);
      }
    }
    return Optional.empty();
  }
}
