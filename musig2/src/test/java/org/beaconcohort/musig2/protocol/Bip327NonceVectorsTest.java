package org.beaconcohort.musig2.protocol;

import static org.beaconcohort.musig2.protocol.Bip327Vectors.assertError;
import static org.beaconcohort.musig2.vectors.VectorFile.bytes;
import static org.beaconcohort.musig2.vectors.VectorFile.optionalBytes;
import static org.beaconcohort.musig2.vectors.VectorFile.pick;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.junit.jupiter.api.Test;

final class Bip327NonceVectorsTest {
  @Test
  void noncesAreMadeAsListed() {
    Bip327Vectors file = new Bip327Vectors("nonce_gen_vectors.json");
    file.forEach("test_cases", Bip327NonceVectorsTest::generate);
    file.report(4);
  }

  private static void generate(JsonNode vector) {
    byte[] random = bytes(vector.get("rand_")).toArray();
    Bytes publicKey = bytes(vector.get("pk"));
    SecretNonce nonce =
        NonceGen.generate(
            optionalBytes(vector.get("sk")).map(sk -> SecretKey.of(sk.toArray())),
            publicKey,
            optionalBytes(vector.get("aggpk")),
            optionalBytes(vector.get("msg")),
            optionalBytes(vector.get("extra_in")),
            random);
    assertEquals(bytes(vector.get("expected_pubnonce")), NonceGen.publicNonce(nonce).bytes());
    // The numbers themselves cannot be read; their points are equal only if they are.
    Bytes expected = bytes(vector.get("expected_secnonce"));
    assertEquals(Bip327Vectors.secretNonce(expected).points(), nonce.points());
    assertEquals(publicKey, expected.slice(64, 97));
    assertArrayEquals(new byte[32], random, "randomness is wiped");
  }

  @Test
  void noncesAggregateAsListed() {
    Bip327Vectors file = new Bip327Vectors("nonce_agg_vectors.json");
    file.forEach(
        "valid_test_cases",
        vector -> assertEquals(bytes(vector.get("expected")), aggregate(file, vector)));
    file.forEach("error_test_cases", vector -> assertError(vector, () -> aggregate(file, vector)));
    file.report(5);
  }

  private static Bytes aggregate(Bip327Vectors file, JsonNode vector) {
    return NonceAgg.aggregate(pick(file.list("pnonces"), vector.get("pnonce_indices")));
  }
}
