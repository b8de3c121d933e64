package org.beaconcohort.adapter.nostr.nip44;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every case of the official file nip44.vectors.json (paulmillr/nip44, checksum in NIP-44), found
 * below {@code -Dvectors.dir}.
 */
final class Nip44VectorsTest {
  private static JsonNode v2 = new ObjectMapper().createObjectNode();
  private static int cases;

  @BeforeAll
  static void readTheFile() throws IOException {
    Path file =
        Path.of(System.getProperty("vectors.dir", ""), "vectors", "nip44", "nip44.vectors.json");
    Assumptions.assumeTrue(
        Files.exists(file), "NIP-44 vectors skipped: no " + file + "; set -Dvectors.dir");
    v2 = new ObjectMapper().readTree(Files.readString(file)).get("v2");
  }

  @AfterAll
  static void printTheCount() {
    System.out.println("NIP-44: " + cases + " official vectors checked");
  }

  private static JsonNode list(String group, String name) {
    JsonNode list = v2.path(group).path(name);
    if (!list.isArray() || list.isEmpty()) {
      fail("the file must hold v2." + group + "." + name + " as a list");
    }
    return list;
  }

  private static byte[] bytes(JsonNode node, String field) {
    return Bytes.ofHex(node.get(field).asText()).toArray();
  }

  private static ConversationKey key(JsonNode node) {
    return ConversationKey.of(bytes(node, "conversation_key"));
  }

  /** The key has no accessor: two keys are the same if they give the same message keys. */
  private static String fingerprint(ConversationKey key) {
    try (MessageKeys keys = key.messageKeys(new byte[32])) {
      return Bytes.of(keys.copy()).hex();
    }
  }

  @Test
  void conversationKeys() {
    for (JsonNode c : list("valid", "get_conversation_key")) {
      ConversationKey computed =
          ConversationKey.between(
              SecretKey.of(bytes(c, "sec1")), Bytes.ofHex(c.get("pub2").asText()));
      assertEquals(fingerprint(key(c)), fingerprint(computed), c.toString());
      cases++;
    }
  }

  @Test
  void messageKeys() {
    JsonNode group = v2.path("valid").path("get_message_keys");
    ConversationKey conversation = key(group);
    for (JsonNode c : group.get("keys")) {
      try (MessageKeys keys = conversation.messageKeys(bytes(c, "nonce"))) {
        assertEquals(
            c.get("chacha_key").asText()
                + c.get("chacha_nonce").asText()
                + c.get("hmac_key").asText(),
            Bytes.of(keys.copy()).hex());
      }
      cases++;
    }
  }

  @Test
  void paddedLengths() {
    for (JsonNode c : list("valid", "calc_padded_len")) {
      assertEquals(c.get(1).asLong(), Padding.paddedLength(c.get(0).asLong()), c.toString());
      cases++;
    }
  }

  @Test
  void encryptionAndDecryption() {
    for (JsonNode c : list("valid", "encrypt_decrypt")) {
      String plaintext = c.get("plaintext").asText();
      String payload = c.get("payload").asText();
      ConversationKey ours =
          ConversationKey.between(
              SecretKey.of(bytes(c, "sec1")), SecretKey.of(bytes(c, "sec2")).xOnlyPublicKey());
      ConversationKey theirs =
          ConversationKey.between(
              SecretKey.of(bytes(c, "sec2")), SecretKey.of(bytes(c, "sec1")).xOnlyPublicKey());
      assertEquals(fingerprint(key(c)), fingerprint(ours), c.toString());
      assertEquals(payload, Nip44.encrypt(plaintext, ours, bytes(c, "nonce"), Nip44.MAX_SENT));
      assertEquals(plaintext, Nip44.decrypt(payload, theirs));
      cases++;
    }
  }

  @Test
  void longMessages() {
    for (JsonNode c : list("valid", "encrypt_decrypt_long_msg")) {
      String plaintext = c.get("pattern").asText().repeat(c.get("repeat").asInt());
      assertEquals(c.get("plaintext_sha256").asText(), sha256(plaintext));
      String payload = Nip44.encrypt(plaintext, key(c), bytes(c, "nonce"), Nip44.MAX_RECEIVED);
      assertEquals(c.get("payload_sha256").asText(), sha256(payload));
      assertEquals(plaintext, Nip44.decrypt(payload, key(c)));
      cases++;
    }
  }

  @Test
  void lengthsNotSent() {
    for (JsonNode c : list("invalid", "encrypt_msg_lengths")) {
      String plaintext = "x".repeat(c.asInt());
      ConversationKey key = ConversationKey.of(new byte[32]);
      assertThrows(
          InvalidPayloadException.class,
          () -> Nip44.encrypt(plaintext, key, new byte[32], Nip44.MAX_SENT),
          c.asText());
      cases++;
    }
  }

  @Test
  void keysThatAreNone() {
    for (JsonNode c : list("invalid", "get_conversation_key")) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              ConversationKey.between(
                  SecretKey.of(bytes(c, "sec1")), Bytes.ofHex(c.get("pub2").asText())),
          c.get("note").asText());
      cases++;
    }
  }

  @Test
  void payloadsRefused() {
    for (JsonNode c : list("invalid", "decrypt")) {
      assertThrows(
          InvalidPayloadException.class,
          () -> Nip44.decrypt(c.get("payload").asText(), key(c)),
          c.get("note").asText());
      cases++;
    }
  }

  private static String sha256(String text) {
    return TaggedHash.sha256(Bytes.of(text.getBytes(StandardCharsets.UTF_8))).hex();
  }
}
