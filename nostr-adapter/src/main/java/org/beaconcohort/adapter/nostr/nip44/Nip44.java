package org.beaconcohort.adapter.nostr.nip44;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * NIP-44 version 2: ChaCha20 and HMAC-SHA256 over a padded text, in base64.
 *
 * <p>Sends at most 40,960 bytes of UTF-8, which is what a relay with the usual limit of 65,536
 * bytes an event can carry. Receives the long form of 2026-06 too, up to the caller's limit.
 */
public final class Nip44 {
  /** Bytes of plaintext we send at most. */
  public static final int MAX_SENT = 40_960;

  /** Bytes of plaintext we accept unless told otherwise. */
  public static final int MAX_RECEIVED = 262_144;

  private static final int VERSION = 2;
  private static final int NONCE = 32;
  private static final int MAC = 32;
  private static final int HEAD = 1 + NONCE;
  private static final int MIN_PAYLOAD = 132;

  private Nip44() {}

  /**
   * The payload for {@code plaintext} under a fresh nonce.
   *
   * @throws InvalidPayloadException if the text is empty, above {@link #MAX_SENT}, or not Unicode
   */
  public static String encrypt(String plaintext, ConversationKey key, SecureRandom random) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    return encrypt(plaintext, key, nonce, MAX_SENT);
  }

  static String encrypt(String plaintext, ConversationKey key, byte[] nonce, int maxPlaintext) {
    byte[] utf8 = utf8(plaintext);
    if (utf8.length < 1 || utf8.length > maxPlaintext) {
      throw new InvalidPayloadException(
          "plaintext must be 1 to " + maxPlaintext + " bytes, got " + utf8.length);
    }
    byte[] padded = Padding.pad(utf8);
    byte[] payload = new byte[HEAD + padded.length + MAC];
    payload[0] = VERSION;
    System.arraycopy(nonce, 0, payload, 1, NONCE);
    try (MessageKeys keys = key.messageKeys(nonce)) {
      byte[] ciphertext = keys.chacha20(padded, 0, padded.length);
      System.arraycopy(ciphertext, 0, payload, HEAD, ciphertext.length);
      byte[] mac = keys.mac(nonce, ciphertext, 0, ciphertext.length);
      System.arraycopy(mac, 0, payload, HEAD + ciphertext.length, MAC);
    }
    return Base64.getEncoder().encodeToString(payload);
  }

  /** As {@link #decrypt(String, ConversationKey, int)}, up to {@link #MAX_RECEIVED} bytes. */
  public static String decrypt(String payload, ConversationKey key) {
    return decrypt(payload, key, MAX_RECEIVED);
  }

  /**
   * The plaintext, of at most {@code maxPlaintext} bytes of UTF-8.
   *
   * @throws InvalidPayloadException if the payload is too long (before anything is decoded), of
   *     another version, not canonical base64, not authentic, or wrongly padded
   */
  public static String decrypt(String payload, ConversationKey key, int maxPlaintext) {
    byte[] decoded = decode(payload, maxPlaintext);
    byte[] nonce = Arrays.copyOfRange(decoded, 1, HEAD);
    int length = decoded.length - HEAD - MAC;
    byte[] padded;
    try (MessageKeys keys = key.messageKeys(nonce)) {
      byte[] expected = keys.mac(nonce, decoded, HEAD, length);
      byte[] found = Arrays.copyOfRange(decoded, HEAD + length, decoded.length);
      if (!MessageDigest.isEqual(expected, found)) {
        throw new InvalidPayloadException(
            "MAC must be that of this conversation, got another: not for this key, or altered");
      }
      padded = keys.chacha20(decoded, HEAD, length);
    }
    Padding.Span span = Padding.unpad(padded);
    if (span.length() > maxPlaintext) {
      throw new InvalidPayloadException(
          "plaintext must be at most " + maxPlaintext + " bytes, got " + span.length());
    }
    return text(padded, span);
  }

  /** Characters of base64 that {@code plaintext} bytes become, 132 at least. */
  static long payloadLength(long plaintext) {
    long raw = HEAD + Padding.prefixLength(plaintext) + Padding.paddedLength(plaintext) + MAC;
    return (raw + 2) / 3 * 4;
  }

  private static byte[] decode(String payload, int maxPlaintext) {
    long max = payloadLength(maxPlaintext);
    if (payload.startsWith("#")) {
      throw new InvalidPayloadException("payload must be of version 2, got a future one ('#')");
    }
    if (payload.length() < MIN_PAYLOAD || payload.length() > max) {
      throw new InvalidPayloadException(
          "payload must be " + MIN_PAYLOAD + " to " + max + " characters, got " + payload.length());
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(payload);
    } catch (IllegalArgumentException e) {
      throw new InvalidPayloadException("payload must be base64", e);
    }
    if (decoded[0] != VERSION) {
      throw new InvalidPayloadException("payload must be of version 2, got " + decoded[0]);
    }
    if (!Base64.getEncoder().encodeToString(decoded).equals(payload)) {
      throw new InvalidPayloadException("payload must be canonical base64 with its padding");
    }
    if (decoded.length < HEAD + 34 + MAC) {
      throw new InvalidPayloadException("payload must be 99 bytes or more, got " + decoded.length);
    }
    return decoded;
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer encoded =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new InvalidPayloadException("plaintext must be Unicode text, got a lone surrogate", e);
    }
  }

  private static String text(byte[] padded, Padding.Span span) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(padded, span.from(), span.length()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new InvalidPayloadException("plaintext must be UTF-8", e);
    }
  }
}
