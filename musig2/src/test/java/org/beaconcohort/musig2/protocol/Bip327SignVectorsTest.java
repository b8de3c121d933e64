package org.beaconcohort.musig2.protocol;

import static org.beaconcohort.musig2.protocol.Bip327Vectors.assertError;
import static org.beaconcohort.musig2.protocol.Bip327Vectors.secretNonce;
import static org.beaconcohort.musig2.vectors.VectorFile.bytes;
import static org.beaconcohort.musig2.vectors.VectorFile.optionalBytes;
import static org.beaconcohort.musig2.vectors.VectorFile.pick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class Bip327SignVectorsTest {
  @Test
  void signersSignAndVerifyAsListed() {
    Bip327Vectors file = new Bip327Vectors("sign_verify_vectors.json");
    file.forEach(
        "valid_test_cases",
        vector -> {
          SessionContext session = sessionOf(file, vector);
          assertEquals(session.aggregateNonce(), aggregateNonce(file, vector));
          assertSignsAsListed(file, vector, session, file.list("secnonces").getFirst());
        });
    file.forEach(
        "sign_error_test_cases", vector -> assertError(vector, () -> signFailing(file, vector)));
    file.forEach("verify_fail_test_cases", vector -> assertFalse(verifies(file, vector)));
    file.forEach(
        "verify_error_test_cases", vector -> assertError(vector, () -> verifies(file, vector)));
    file.report(17);
  }

  @Test
  void signersSignUnderTweaksAsListed() {
    Bip327Vectors file = new Bip327Vectors("tweak_vectors.json");
    Bytes aggregateNonce = bytes(file.root().get("aggnonce"));
    Bytes message = bytes(file.root().get("msg"));
    file.forEach(
        "valid_test_cases",
        vector -> {
          assertEquals(aggregateNonce, aggregateNonce(file, vector));
          SessionContext session = SessionContext.of(aggregateNonce, file.context(vector), message);
          assertSignsAsListed(file, vector, session, bytes(file.root().get("secnonce")));
        });
    file.forEach("error_test_cases", vector -> assertError(vector, () -> file.context(vector)));
    file.report(6);
  }

  @Test
  void partialSignaturesAggregateAsListed() {
    Bip327Vectors file = new Bip327Vectors("sig_agg_vectors.json");
    Bytes message = bytes(file.root().get("msg"));
    file.forEach(
        "valid_test_cases",
        vector -> {
          assertEquals(bytes(vector.get("aggnonce")), aggregateNonce(file, vector));
          Bytes signature = aggregate(file, vector, message);
          assertEquals(bytes(vector.get("expected")), signature);
          Bytes aggregateKey = file.context(vector).xOnlyAggregateKey();
          assertTrue(Schnorr.verify(aggregateKey, message, signature));
        });
    file.forEach(
        "error_test_cases", vector -> assertError(vector, () -> aggregate(file, vector, message)));
    file.report(5);
  }

  @Test
  void aDeterministicSignerSignsAsListed() {
    Bip327Vectors file = new Bip327Vectors("det_sign_vectors.json");
    file.forEach(
        "valid_test_cases",
        vector -> {
          DeterministicSign.Result result = signDeterministically(file, vector);
          assertEquals(bytes(vector.get("expected").get(0)), result.publicNonce());
          assertEquals(bytes(vector.get("expected").get(1)), result.partialSignature());
          Bytes others = bytes(vector.get("aggothernonce"));
          SessionContext session =
              SessionContext.of(
                  NonceAgg.aggregate(List.of(result.publicNonce(), others)),
                  file.context(vector),
                  message(file, vector));
          int signer = vector.get("signer_index").asInt();
          assertTrue(
              PartialSignature.verify(
                  session, signer, result.partialSignature(), result.publicNonce()));
        });
    file.forEach(
        "error_test_cases",
        vector -> assertError(vector, () -> signDeterministically(file, vector)));
    file.report(9);
  }

  private static void assertSignsAsListed(
      Bip327Vectors file, JsonNode vector, SessionContext session, Bytes secnonce) {
    int signer = vector.get("signer_index").asInt();
    Bytes partial = sign(file, secnonce, session);
    assertEquals(bytes(vector.get("expected")), partial);
    assertTrue(PartialSignature.verify(session, signer, partial, nonceOf(file, vector, signer)));
  }

  private static void signFailing(Bip327Vectors file, JsonNode vector) {
    Bytes secnonce = file.list("secnonces").get(vector.get("secnonce_index").asInt());
    sign(file, secnonce, sessionOf(file, vector));
  }

  private static Bytes sign(Bip327Vectors file, Bytes secnonce, SessionContext session) {
    Bytes noncePublicKey = secnonce.slice(64, 97);
    return Sign.sign(secretNonce(secnonce), noncePublicKey, file.secretKey(), session);
  }

  private static SessionContext sessionOf(Bip327Vectors file, JsonNode vector) {
    Bytes aggregateNonce = file.list("aggnonces").get(vector.get("aggnonce_index").asInt());
    return SessionContext.of(aggregateNonce, file.context(vector), message(file, vector));
  }

  private static boolean verifies(Bip327Vectors file, JsonNode vector) {
    int signer = vector.get("signer_index").asInt();
    SessionContext session =
        SessionContext.of(
            aggregateNonce(file, vector), file.context(vector), message(file, vector));
    Bytes partial = bytes(vector.get("sig"));
    return PartialSignature.verify(session, signer, partial, nonceOf(file, vector, signer));
  }

  private static Bytes aggregate(Bip327Vectors file, JsonNode vector, Bytes message) {
    SessionContext session =
        SessionContext.of(bytes(vector.get("aggnonce")), file.context(vector), message);
    return PartialSigAgg.aggregate(session, pick(file.list("psigs"), vector.get("psig_indices")));
  }

  private static DeterministicSign.Result signDeterministically(
      Bip327Vectors file, JsonNode vector) {
    byte[] mask =
        optionalBytes(vector.get("rand"))
            .map(random -> DeterministicSign.auxiliaryMask(random.toArray()))
            .orElseGet(() -> new byte[32]);
    Bytes others = bytes(vector.get("aggothernonce"));
    return DeterministicSign.sign(
        file.secretKey(), others, file.context(vector), message(file, vector), mask);
  }

  private static Bytes aggregateNonce(Bip327Vectors file, JsonNode vector) {
    return NonceAgg.aggregate(pick(file.list("pnonces"), vector.get("nonce_indices")));
  }

  private static Bytes nonceOf(Bip327Vectors file, JsonNode vector, int signer) {
    return file.list("pnonces").get(vector.get("nonce_indices").get(signer).asInt());
  }

  private static Bytes message(Bip327Vectors file, JsonNode vector) {
    return file.list("msgs").get(vector.get("msg_index").asInt());
  }
}
