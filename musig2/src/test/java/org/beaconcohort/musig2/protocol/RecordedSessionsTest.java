package org.beaconcohort.musig2.protocol;

import static org.beaconcohort.musig2.vectors.VectorFile.allBytes;
import static org.beaconcohort.musig2.vectors.VectorFile.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.taproot.TaprootTweak;
import org.beaconcohort.musig2.vectors.VectorFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing sessions of did-btcr2-js 0.5.0, recorded on a relay. */
final class RecordedSessionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"peer-cas-3-with-nonces.json", "peer-smt-3-decline-with-nonces.json"})
  void aSessionWithItsSecretsIsReproduced(String name) {
    JsonNode transcript = VectorFile.transcript(name);
    JsonNode musig = transcript.get("musig");
    JsonNode result = transcript.get("result");
    List<Bytes> keys = allBytes(musig.get("cohortKeys"));
    assertEquals(keys, KeySort.sort(keys));
    KeyAggContext internal = KeyAggContext.of(keys);
    assertEquals(bytes(musig.get("aggregateInternalKeyXOnly")), internal.xOnlyAggregateKey());
    Bytes root = bytes(result.get("tapMerkleRoot"));
    KeyAggContext context = TaprootTweak.apply(internal, Optional.of(root));
    assertEquals(bytes(result.get("outputKey")), context.xOnlyAggregateKey());

    SessionContext session =
        SessionContext.of(
            bytes(musig.at("/session/aggregatedNonce")), context, bytes(result.get("sighash")));
    assertEquals(Scalar.of(bytes(musig.at("/session/b"))), session.nonceCoefficient());
    assertEquals(bytes(musig.at("/session/R")), session.finalNonce().compressed());
    assertEquals(Scalar.of(bytes(musig.at("/session/e"))), session.challenge());

    Bytes[] nonces = new Bytes[keys.size()];
    Bytes[] partials = new Bytes[keys.size()];
    for (JsonNode contribution : musig.at("/session/partialSignatures")) {
      int signer = contribution.get("keyIndex").asInt();
      partials[signer] = bytes(contribution.get("partialSignature"));
    }
    for (JsonNode contribution : musig.get("nonces")) {
      int signer = contribution.get("keyIndex").asInt();
      nonces[signer] = bytes(contribution.get("publicNonce"));
      SecretKey key = secretKey(transcript, keys.get(signer));
      SecretNonce nonce = nonce(contribution, key, internal);
      assertEquals(nonces[signer], NonceGen.publicNonce(nonce).bytes());
      assertEquals(partials[signer], Sign.sign(nonce, key.publicKey(), key, session));
    }
    assertCompletes(
        name, session, Arrays.asList(nonces), Arrays.asList(partials), result.get("signature"));
  }

  /** The peer mixes its key and the untweaked aggregate into the nonce, not the message. */
  private static SecretNonce nonce(JsonNode contribution, SecretKey key, KeyAggContext internal) {
    return NonceGen.generate(
        Optional.of(key),
        key.publicKey(),
        Optional.of(internal.xOnlyAggregateKey()),
        Optional.empty(),
        Optional.empty(),
        bytes(contribution.get("nonceGenRand")).toArray());
  }

  private static SecretKey secretKey(JsonNode transcript, Bytes publicKey) {
    for (JsonNode actor : transcript.get("actors")) {
      if (bytes(actor.get("publicKey")).equals(publicKey)) {
        return SecretKey.of(bytes(actor.get("secretKey")).toArray());
      }
    }
    throw new AssertionError("no actor with public key " + publicKey);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ts-0.5.0-cas-2of2.json", "ts-0.5.0-smt-3of3-one-decliner.json"})
  void aSessionSeenOnTheWireVerifiesPartialByPartial(String name) {
    JsonNode transcript = VectorFile.transcript(name);
    JsonNode golden = transcript.get("golden");
    List<Bytes> keys = allBytes(golden.get("sortedKeys"));
    Map<String, Bytes> keyOf = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      keyOf.put(golden.get("dids").get(i).asText(), bytes(golden.get("pks").get(i)));
    }
    Map<Bytes, Bytes> nonceOf = new HashMap<>();
    Map<Bytes, Bytes> partialOf = new HashMap<>();
    List<Bytes> aggregates = new ArrayList<>();
    for (JsonNode event : transcript.get("events")) {
      JsonNode message = parse(event.get("plaintext").asText());
      Bytes sender = keyOf.getOrDefault(message.get("from").asText(), Bytes.EMPTY);
      JsonNode body = message.get("body");
      contribution(body, "nonceContribution").ifPresent(nonce -> nonceOf.put(sender, nonce));
      contribution(body, "partialSignature").ifPresent(part -> partialOf.put(sender, part));
      contribution(body, "aggregatedNonce").ifPresent(aggregates::add);
    }
    List<Bytes> nonces = keys.stream().map(nonceOf::get).toList();
    List<Bytes> partials = keys.stream().map(partialOf::get).toList();
    Bytes aggregate = NonceAgg.aggregate(nonces);
    assertEquals(List.of(aggregate), aggregates.stream().distinct().toList());

    Bytes root = bytes(golden.get("tapMerkleRoot"));
    KeyAggContext context = TaprootTweak.apply(KeyAggContext.of(keys), Optional.of(root));
    SessionContext session = SessionContext.of(aggregate, context, bytes(golden.get("sighash")));
    assertCompletes(name, session, nonces, partials, golden.at("/result/signature"));
  }

  private static Optional<Bytes> contribution(JsonNode body, String field) {
    return body.has(field) ? Optional.of(bytes(body.get(field).get("__bytes"))) : Optional.empty();
  }

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertCompletes(
      String name,
      SessionContext session,
      List<Bytes> nonces,
      List<Bytes> partials,
      JsonNode expected) {
    for (int signer = 0; signer < partials.size(); signer++) {
      assertTrue(
          PartialSignature.verify(session, signer, partials.get(signer), nonces.get(signer)),
          "partial signature " + signer);
    }
    Bytes signature = PartialSigAgg.aggregate(session, partials);
    assertEquals(bytes(expected), signature, "final signature");
    assertTrue(Schnorr.verify(session.keyAgg().xOnlyAggregateKey(), session.message(), signature));
    System.out.println("Recorded session " + name + ": " + partials.size() + " partial signatures");
  }
}
