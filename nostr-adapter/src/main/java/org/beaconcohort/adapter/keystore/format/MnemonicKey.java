package org.beaconcohort.adapter.keystore.format;

import java.util.Arrays;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;

/**
 * The key at a BIP-86 path below a BIP-39 mnemonic: BIP-86's <i>derived key</i>, before any Taproot
 * tweak. The words themselves are not kept, and no key tells them.
 */
public final class MnemonicKey {
  private MnemonicKey() {}

  /**
   * Derives the key.
   *
   * @param words of the English list, separated by single spaces
   * @param passphrase of BIP-39; empty for none
   * @throws MalformedKeyException if the words are no mnemonic
   */
  public static KeyNumber derive(SecretText words, SecretText passphrase, KeyPath path) {
    byte[] seed = Mnemonic.seed(words, passphrase);
    try {
      return derive(ExtendedKey.master(seed), path.steps());
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** Closes {@code master} and everything between it and the key. */
  static KeyNumber derive(ExtendedKey master, int... steps) {
    ExtendedKey key = master;
    try {
      for (int step : steps) {
        ExtendedKey child = key.child(step);
        key.close();
        key = child;
      }
      return key.number();
    } finally {
      key.close();
    }
  }
}
