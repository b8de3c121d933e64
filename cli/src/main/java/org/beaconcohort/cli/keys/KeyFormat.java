package org.beaconcohort.cli.keys;

import java.util.Locale;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;

/** What a secret key may be written as. */
enum KeyFormat {
  /** 64 digits. */
  HEX("secret key, 64 hexadecimal digits"),
  /** Wallet import format. */
  WIF("secret key in WIF"),
  /** NIP-49. */
  NCRYPTSEC("encrypted key, ncryptsec1…"),
  /** BIP-39 and BIP-86; only read. */
  MNEMONIC("words of BIP-39");

  private final String what;

  KeyFormat(String what) {
    this.what = what;
  }

  /** What to ask for. */
  String what() {
    return what;
  }

  static KeyFormat of(String word) {
    for (KeyFormat format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
        return format;
      }
    }
    throw new CommandFailure(
        ExitCode.USAGE,
        "FORMAT",
        "format must be hex, wif, ncryptsec or mnemonic, got " + word,
        "correct that option");
  }
}
