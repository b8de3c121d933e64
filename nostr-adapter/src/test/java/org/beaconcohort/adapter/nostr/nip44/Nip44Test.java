package org.beaconcohort.adapter.nostr.nip44;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class Nip44Test {
  private static final SecureRandom RANDOM = new SecureRandom();

  private static ConversationKey key(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return ConversationKey.of(bytes);
  }

  private static String encrypted(String plaintext) {
    return Nip44.encrypt(plaintext, key(1), new byte[32], Nip44.MAX_RECEIVED);
  }

  /** A payload with a right MAC over whatever {@code padded} is. */
  private static String sealed(byte[] padded) {
    byte[] nonce = new byte[32];
    byte[] payload = new byte[33 + padded.length + 32];
    payload[0] = 2;
    try (MessageKeys keys = key(1).messageKeys(nonce)) {
      byte[] ciphertext = keys.chacha20(padded, 0, padded.length);
      System.arraycopy(ciphertext, 0, payload, 33, ciphertext.length);
      System.arraycopy(
          keys.mac(nonce, ciphertext, 0, ciphertext.length), 0, payload, 33 + padded.length, 32);
    }
    return Base64.getEncoder().encodeToString(payload);
  }

  @Test
  void everyNonceGivesAnotherPayload() {
    assertNotEquals(Nip44.encrypt("hello", key(1), RANDOM), Nip44.encrypt("hello", key(1), RANDOM));
  }

  @Test
  void theLargestSentFitsIntoAnEventOf65536Bytes() {
    String largest = "x".repeat(Nip44.MAX_SENT);
    String payload = Nip44.encrypt(largest, key(1), RANDOM);

    assertEquals(54_704, payload.length());
    assertEquals(largest, Nip44.decrypt(payload, key(1)));
  }

  @Test
  void oneByteMoreIsNotSent() {
    assertThrows(
        InvalidPayloadException.class,
        () -> Nip44.encrypt("x".repeat(Nip44.MAX_SENT + 1), key(1), RANDOM));
    assertThrows(
        InvalidPayloadException.class,
        () -> Nip44.encrypt("é".repeat(Nip44.MAX_SENT / 2 + 1), key(1), RANDOM));
  }

  @Test
  void aLoneSurrogateIsNotSent() {
    assertThrows(InvalidPayloadException.class, () -> Nip44.encrypt("a\ud800", key(1), RANDOM));
  }

  @Test
  void theLongFormIsReceivedUpToTheLimit() {
    for (int length : new int[] {65_535, 65_536, 65_537, 100_000, Nip44.MAX_RECEIVED}) {
      String plaintext = "y".repeat(length);
      assertEquals(plaintext, Nip44.decrypt(encrypted(plaintext), key(1)));
    }
  }

  @Test
  void aPayloadAboveTheLimitIsRefusedBeforeItIsDecoded() {
    String notEvenBase64 = "!".repeat(200_000);
    InvalidPayloadException refused =
        assertThrows(
            InvalidPayloadException.class, () -> Nip44.decrypt(notEvenBase64, key(1), 40_960));
    assertTrue(refused.toString().contains("132 to 54704"), refused.toString());
  }

  @Test
  void aPlaintextAboveTheLimitWithinOneBucketIsRefused() {
    String payload = encrypted("x".repeat(1_000));
    assertThrows(InvalidPayloadException.class, () -> Nip44.decrypt(payload, key(1), 999));
    assertEquals(1_000, Nip44.decrypt(payload, key(1), 1_000).length());
  }

  static Stream<Arguments> nasty() {
    String good = encrypted("hello, this is a text of more than thirty-two bytes");
    byte[] raw = Base64.getDecoder().decode(good);
    byte[] lastByte = raw.clone();
    lastByte[raw.length - 1] ^= 1;
    byte[] nonce = raw.clone();
    nonce[1] ^= 1;
    byte[] ciphertext = raw.clone();
    ciphertext[40] ^= 1;
    byte[] version = raw.clone();
    version[0] = 1;
    Base64.Encoder base64 = Base64.getEncoder();
    byte[] wrongLength = new byte[34];
    wrongLength[1] = 33;
    byte[] zeroLength = new byte[34];
    byte[] shortLongForm = new byte[38];
    shortLongForm[5] = 5;
    byte[] hugeLongForm = new byte[38];
    Arrays.fill(hugeLongForm, 2, 6, (byte) 0xff);
    byte[] notUtf8 = new byte[34];
    notUtf8[1] = 2;
    notUtf8[2] = (byte) 0xc3;
    notUtf8[3] = (byte) 0x28;
    byte[] surrogate = new byte[34];
    surrogate[1] = 3;
    surrogate[2] = (byte) 0xed;
    surrogate[3] = (byte) 0xa0;
    surrogate[4] = (byte) 0x80;
    byte[] extraPadding = new byte[66];
    extraPadding[1] = 5;
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("too short", good.substring(0, 128)),
        Arguments.of("cut off", good.substring(0, good.length() - 4)),
        Arguments.of("trailing text", good + "AAAA"),
        Arguments.of("white space", good + "\n"),
        Arguments.of("a line break within", good.substring(0, 76) + "\r\n" + good.substring(76)),
        Arguments.of("URL base64", good.replace('+', '-').replace('/', '_') + "-_-_"),
        Arguments.of("no padding", encrypted("x".repeat(40)).replace("=", "")),
        Arguments.of("lower case", good.toLowerCase(Locale.ROOT)),
        Arguments.of("a future version sign", "#" + good.substring(1)),
        Arguments.of("version 1", base64.encodeToString(version)),
        Arguments.of("a changed MAC", base64.encodeToString(lastByte)),
        Arguments.of("a changed nonce", base64.encodeToString(nonce)),
        Arguments.of("a changed ciphertext", base64.encodeToString(ciphertext)),
        Arguments.of("a length beyond its bucket", sealed(wrongLength)),
        Arguments.of("length zero", sealed(zeroLength)),
        Arguments.of("the long form of a short text", sealed(shortLongForm)),
        Arguments.of("the long form of 4 GiB", sealed(hugeLongForm)),
        Arguments.of("one byte of plaintext room", sealed(new byte[1])),
        Arguments.of("padding to another bucket", sealed(extraPadding)),
        Arguments.of("no UTF-8", sealed(notUtf8)),
        Arguments.of("a surrogate in UTF-8", sealed(surrogate)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nasty")
  void isRefused(String what, String payload) {
    assertThrows(
        InvalidPayloadException.class,
        () -> Nip44.decrypt(payload, key(1)),
        () -> "a payload with " + what + " was accepted");
  }

  @Test
  void base64WithUnusedBitsSetIsRefused() {
    String good = encrypted("x".repeat(40));
    int end = good.indexOf('=');
    assertTrue(end > 0, "this length must need padding");
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char last = good.charAt(end - 1);
    String other =
        good.substring(0, end - 1)
            + alphabet.charAt(alphabet.indexOf(last) + 1)
            + good.substring(end);

    assertThrows(InvalidPayloadException.class, () -> Nip44.decrypt(other, key(1)));
  }

  @Test
  void anotherKeyDoesNotOpenIt() {
    String payload = encrypted("hello");
    assertThrows(InvalidPayloadException.class, () -> Nip44.decrypt(payload, key(2)));
  }

  @Test
  void aDestroyedKeyIsRefusedAndNoKeyPrintsItself() {
    ConversationKey key = key(7);
    assertEquals("ConversationKey", key.toString());
    key.destroy();
    assertTrue(key.isDestroyed());
    assertThrows(IllegalStateException.class, () -> Nip44.encrypt("x", key, RANDOM));
  }

  @Test
  void theArgumentOfAKeyIsWiped() {
    byte[] secret = new byte[32];
    secret[5] = 9;
    ConversationKey key = ConversationKey.of(secret);
    assertEquals(0, secret[5]);
    assertFalse(key.isDestroyed());
  }
}
