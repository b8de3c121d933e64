package org.beaconcohort.adapter.nostr.event;

import java.util.HexFormat;
import nostr.crypto.bech32.Bech32;
import nostr.crypto.bech32.Bech32Prefix;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.InvalidSecretKeyException;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * The bare names of NIP-19: {@code npub} and {@code note} for 32 public bytes, {@code nsec} for a
 * secret key.
 *
 * <p>Refuses mixed or upper case, other prefixes, other lengths, bech32m, and any text that is not
 * exactly what encoding gives.
 */
public final class Nip19 {
  private static final int LENGTH = 63;

  private Nip19() {}

  public static String npub(Bytes xOnlyPublicKey) {
    return encode(Bech32Prefix.NPUB, xOnlyPublicKey);
  }

  public static String note(Bytes eventId) {
    return encode(Bech32Prefix.NOTE, eventId);
  }

  /** The x-only public key, 32 bytes; that it lies on the curve is not checked. */
  public static Bytes publicKeyOf(String npub) {
    return Bytes.of(decode(Bech32Prefix.NPUB, npub));
  }

  /** The event id, 32 bytes. */
  public static Bytes eventIdOf(String note) {
    return Bytes.of(decode(Bech32Prefix.NOTE, note));
  }

  /** The secret key; the text itself stays in memory until the caller lets go of it. */
  public static SecretKey secretKeyOf(String nsec) {
    try {
      return SecretKey.of(decode(Bech32Prefix.NSEC, nsec));
    } catch (InvalidSecretKeyException e) {
      throw new MalformedEventException("nsec must be a secret key of secp256k1", e);
    }
  }

  private static String encode(Bech32Prefix prefix, Bytes value) {
    if (value.size() != 32) {
      throw new MalformedEventException(
          prefix.getCode() + " must be of 32 bytes, got " + value.size());
    }
    return Bech32.toBech32(prefix, value.toArray());
  }

  /** No part of the text is quoted in messages: it may be a secret. */
  private static byte[] decode(Bech32Prefix prefix, String text) {
    String what = prefix.getCode();
    if (text.length() != LENGTH || !text.startsWith(what + "1")) {
      throw new MalformedEventException(
          what + " must be " + what + "1 and 58 more characters, got " + text.length());
    }
    try {
      byte[] value = HexFormat.of().parseHex(Bech32.fromBech32(text));
      if (value.length == 32 && Bech32.toBech32(prefix, value).equals(text)) {
        return value;
      }
    } catch (Exception e) { // the library declares no narrower type
      throw new MalformedEventException(what + " must be valid bech32", e);
    }
    throw new MalformedEventException(what + " must be the canonical bech32 of 32 bytes");
  }
}
