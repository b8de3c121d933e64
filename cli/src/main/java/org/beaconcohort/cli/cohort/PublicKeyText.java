package org.beaconcohort.cli.cohort;

import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.adapter.nostr.event.Nip19;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.musig2.bytes.Bytes;

/** An identity as people pass it on: an npub, or 64 lower-case hexadecimal digits. */
final class PublicKeyText {
  private PublicKeyText() {}

  /**
   * The x-only key, 32 bytes.
   *
   * @param code of the failure
   * @param what names it in the failure
   * @throws CommandFailure usage, for anything else
   */
  static Bytes read(String code, String what, String text) {
    try {
      return text.startsWith("npub1") ? Nip19.publicKeyOf(text) : hexKey(text);
    } catch (IllegalArgumentException | MalformedEventException wrong) {
      throw new CommandFailure(
          ExitCode.USAGE,
          code,
          what + " must be an npub or 64 lower-case hexadecimal digits, got " + text,
          "copy it from where its owner printed it");
    }
  }

  private static Bytes hexKey(String text) {
    if (!text.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("no key");
    }
    return Bytes.ofHex(text);
  }
}
