package org.beaconcohort.adapter.nostr.nip44;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.InvalidPointException;
import org.junit.jupiter.api.Test;

/** Encrypted payloads under mutation, from outside and by somebody who has the key. */
final class Nip44FuzzTest {
  private static final ConversationKey KEY =
      ConversationKey.of(Bytes.ofHex("5a".repeat(32)).toArray());
  private static final byte[] NONCE = Bytes.ofHex("a5".repeat(32)).toArray();
  private static final List<Bytes> PADDED =
      Stream.of("a", "é😀".repeat(20), "x".repeat(300))
          .map(text -> Bytes.of(Padding.pad(text.getBytes(StandardCharsets.UTF_8))))
          .toList();

  /** An authentic payload whose padded plaintext is anything. */
  private static String sealed(byte[] padded) {
    try (MessageKeys keys = KEY.messageKeys(NONCE)) {
      byte[] ciphertext = keys.chacha20(padded, 0, padded.length);
      Bytes payload =
          Bytes.concat(
              Bytes.of(new byte[] {2}),
              Bytes.of(NONCE),
              Bytes.of(ciphertext),
              Bytes.of(keys.mac(NONCE, ciphertext, 0, ciphertext.length)));
      return Base64.getEncoder().encodeToString(payload.toArray());
    }
  }

  @Test
  void aPayloadIsDecryptedOrRefused() {
    Fuzz.ofText("Nip44.decrypt", PADDED.stream().map(padded -> sealed(padded.toArray())).toList())
        .refusing(InvalidPayloadException.class)
        .run(text -> Nip44.decrypt(text, KEY));
  }

  @Test
  void anAuthenticPayloadOfAnyPlaintextIsDecryptedOrRefused() {
    Fuzz.ofBytes("Nip44.decrypt of authentic payloads", PADDED)
        .refusing(InvalidPayloadException.class)
        .upTo(80_000)
        .run(padded -> {
          String text = Nip44.decrypt(sealed(padded.toArray()), KEY);
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          assertEquals(padded.size(), Padding.pad(utf8).length);
        });
  }

  @Test
  void paddingIsTakenOffOrRefused() {
    Fuzz.ofBytes("Padding.unpad", PADDED)
        .refusing(InvalidPayloadException.class)
        .run(padded -> {
          if (padded.size() >= 34) {
            Padding.Span span = Padding.unpad(padded.toArray());
            padded.slice(span.from(), span.from() + span.length());
          }
        });
  }

  @Test
  void bytesAreAPartnerOfAConversationOrRefused() {
    SecretKey mine = SecretKey.of(Bytes.ofHex("07".repeat(32)).toArray());
    Fuzz.ofBytes("ConversationKey.between", List.of(mine.xOnlyPublicKey()))
        .refusing(InvalidPointException.class)
        .run(theirs -> ConversationKey.between(mine, theirs).destroy());
  }
}
