package org.beaconcohort.musig2.protocol;

import static org.beaconcohort.musig2.vectors.VectorFile.allBytes;
import static org.beaconcohort.musig2.vectors.VectorFile.bytes;
import static org.beaconcohort.musig2.vectors.VectorFile.pick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.ChosenNonces;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.beaconcohort.musig2.vectors.VectorFile;
import org.junit.jupiter.api.function.Executable;

/** One JSON file of BIP-327: its lists, and its cases counted as they run. */
final class Bip327Vectors {
  private static final Map<String, Contribution> CONTRIBUTIONS =
      Map.of(
          "pubkey", Contribution.PUBLIC_KEY,
          "pubnonce", Contribution.PUBLIC_NONCE,
          "aggnonce", Contribution.AGGREGATE_NONCE,
          "aggothernonce", Contribution.AGGREGATE_NONCE,
          "psig", Contribution.PARTIAL_SIGNATURE);

  /** For each value error of the BIP, words of our message for it. */
  private static final Map<String, String> VALUE_ERRORS =
      Map.of(
          "The signer's pubkey must be included in the list of pubkeys.",
          "must be among the session's keys",
          "The tweak must be less than n.",
          "tweak must be less than n",
          "The result of tweaking cannot be infinity.",
          "got infinity",
          "first secnonce value is out of range.",
          "got one out of range");

  private final String name;
  private final JsonNode root;
  private int cases;

  Bip327Vectors(String name) {
    this.name = name;
    this.root = VectorFile.json("BIP-327", name);
  }

  JsonNode root() {
    return root;
  }

  List<Bytes> list(String field) {
    return allBytes(root.get(field));
  }

  SecretKey secretKey() {
    return SecretKey.of(bytes(root.get("sk")).toArray());
  }

  /** Runs every case of a list. */
  void forEach(String field, Consumer<JsonNode> test) {
    for (JsonNode vector : root.get(field)) {
      try {
        test.accept(vector);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(name + " " + field + " " + vector, e);
      }
      cases++;
    }
  }

  /** Runs a file that is one case. */
  void once(Runnable test) {
    test.run();
    cases++;
  }

  /** Prints how many cases ran and expects this many. */
  void report(int expected) {
    VectorFile.report("BIP-327", name, cases);
    assertEquals(expected, cases, "cases in " + name);
  }

  /** The context of a case's key indices, with the case's tweaks if it has any. */
  KeyAggContext context(JsonNode vector) {
    KeyAggContext context = KeyAggContext.of(pick(list("pubkeys"), vector.get("key_indices")));
    if (!vector.has("is_xonly")) {
      return context;
    }
    List<Bytes> tweaks =
        vector.has("tweaks")
            ? allBytes(vector.get("tweaks"))
            : pick(list("tweaks"), vector.get("tweak_indices"));
    for (int i = 0; i < tweaks.size(); i++) {
      context =
          vector.get("is_xonly").get(i).asBoolean()
              ? context.withXOnlyTweak(tweaks.get(i))
              : context.withPlainTweak(tweaks.get(i));
    }
    return context;
  }

  /** The two numbers of a 97-byte secret nonce; the key that follows them is checked by Sign. */
  static SecretNonce secretNonce(Bytes secnonce) {
    return ChosenNonces.of(secnonce.slice(0, 32), secnonce.slice(32, 64));
  }

  /** Expects exactly the error that a case lists, with its blame. */
  static void assertError(JsonNode vector, Executable executable) {
    JsonNode error = vector.get("error");
    RuntimeException thrown = assertThrows(RuntimeException.class, executable);
    String message = String.valueOf(thrown.getMessage());
    if (error.get("type").asText().equals("invalid_contribution")) {
      InvalidContributionException blame = (InvalidContributionException) thrown;
      JsonNode signer = error.get("signer");
      int expected = signer.isNull() ? InvalidContributionException.NO_SIGNER : signer.asInt();
      assertEquals(expected, blame.signer());
      assertEquals(CONTRIBUTIONS.get(error.get("contrib").asText()), blame.contribution());
      String culprit = signer.isNull() ? "aggregate nonce" : "signer " + expected + ": ";
      assertTrue(message.startsWith(culprit), message);
    } else {
      String words = VALUE_ERRORS.get(error.get("message").asText());
      assertTrue(words != null && message.contains(words), message);
    }
  }
}
