package org.beaconcohort.cohort.bitcoin;

import static org.beaconcohort.cohort.bitcoin.VectorFiles.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.PartialSigAgg;
import org.beaconcohort.musig2.protocol.PartialSignature;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MuSig2 and fallback signing as did-btcr2-js 0.5.0 did it, recomputed from the recordings. */
class RecordedSigningTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @ValueSource(strings = {"peer-cas-3-with-nonces.json", "peer-smt-3-decline-with-nonces.json"})
  void recordedSessionsWithTheirNoncesVerify(String file) {
    JsonNode transcript = VectorFiles.read("transcripts/" + file);
    JsonNode result = transcript.get("result");
    JsonNode musig = transcript.get("musig");
    BeaconOutput output = output(transcript);
    assertEquals(bytes(musig.get("aggregateInternalKeyXOnly")), output.internalKey());
    assertEquals(bytes(result.get("tapMerkleRoot")), output.merkleRoot().orElseThrow());
    assertEquals(bytes(result.get("tapTweak")), output.tweak());
    assertEquals(bytes(result.get("outputKey")), output.outputKey());
    Network network = Network.ofSpecName(result.get("network").textValue()).orElseThrow();
    assertEquals(result.get("beaconAddress").textValue(), output.address(network).text());

    int n = output.keys().size();
    Bytes[] nonces = new Bytes[n];
    Bytes[] partials = new Bytes[n];
    for (JsonNode nonce : musig.get("nonces")) {
      nonces[nonce.get("keyIndex").intValue()] = bytes(nonce.get("publicNonce"));
    }
    JsonNode session = musig.get("session");
    for (JsonNode partial : session.get("partialSignatures")) {
      partials[partial.get("keyIndex").intValue()] = bytes(partial.get("partialSignature"));
    }
    assertEquals(
        bytes(session.get("tweakedAggKeyCompressed")), output.signingContext().aggregateKey());
    TxOutput prevout =
        new TxOutput(
            Long.parseLong(result.get("prevOutValue").asText()),
            bytes(result.get("prevOutScript")));
    Round round =
        new Round(
            output,
            Transaction.parse(bytes(result.get("unsignedTxHex"))),
            prevout,
            List.of(nonces),
            bytes(session.get("aggregatedNonce")),
            List.of(partials));
    assertEquals(bytes(result.get("sighash")), round.transaction().keyPathSighash());
    Transaction signed = round.verify(bytes(result.get("signature")));
    assertEquals(bytes(result.get("signedTxHex")), signed.serialize());
    assertEquals(result.get("txid").textValue(), signed.displayTxid());
    System.out.println(file + ": " + n + " recorded partial signatures verified");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ts-0.5.0-cas-2of2.json", "ts-0.5.0-smt-3of3-one-decliner.json"})
  void recordedTrafficSignsTheRecordedTransaction(String file) {
    JsonNode transcript = VectorFiles.read("transcripts/" + file);
    JsonNode golden = transcript.get("golden");
    BeaconOutput output = output(transcript);
    assertEquals(golden.get("beaconAddress").textValue(), output.address(Network.REGTEST).text());
    List<Bytes> nonces = new ArrayList<>();
    List<Bytes> partials = new ArrayList<>();
    for (Bytes key : output.keys()) {
      String did = didOf(golden, key);
      nonces.add(
          bytes(body(transcript, "nonce_contribution", did).at("/nonceContribution/__bytes")));
      partials.add(
          bytes(body(transcript, "signature_authorization", did).at("/partialSignature/__bytes")));
    }
    String service = golden.get("serviceDid").textValue();
    JsonNode request = body(transcript, "authorization_request", service);
    TxOutput prevout =
        new TxOutput(
            Long.parseLong(request.get("prevOutValue").textValue()),
            bytes(request.get("prevOutScriptHex")));
    Round round =
        new Round(
            output,
            Transaction.parse(bytes(request.get("pendingTx"))),
            prevout,
            nonces,
            bytes(body(transcript, "aggregated_nonce", service).at("/aggregatedNonce/__bytes")),
            partials);
    assertEquals(bytes(golden.get("sighash")), round.transaction().keyPathSighash());
    Transaction signed = round.verify(bytes(golden.at("/result/signature")));
    assertEquals(bytes(golden.at("/result/signedTx")), signed.serialize());
    System.out.println(file + ": " + partials.size() + " recorded partial signatures verified");
  }

  @Test
  void recordedFallbackSpendsLeafA() {
    String file = "ts-0.5.0-cas-3-fallback-2of3.json";
    JsonNode transcript = VectorFiles.read("transcripts/" + file);
    JsonNode golden = transcript.get("golden");
    BeaconOutput output = output(transcript);
    String service = golden.get("serviceDid").textValue();
    JsonNode request = body(transcript, "fallback_authorization_request", service);
    assertEquals(
        bytes(request.get("fallbackLeafScriptHex")), output.leafA().orElseThrow().script());
    TxOutput prevout =
        new TxOutput(
            Long.parseLong(request.get("prevOutValue").textValue()),
            bytes(request.get("prevOutScriptHex")));
    BeaconTransaction transaction =
        BeaconTransaction.of(Transaction.parse(bytes(request.get("pendingTx"))), prevout);
    assertEquals(bytes(golden.get("sighash")), transaction.keyPathSighash());
    Map<Bytes, Bytes> signatures = new HashMap<>();
    for (JsonNode body : bodies(transcript, "fallback_signature")) {
      signatures.put(
          bytes(body.at("/signerPk/__bytes")), bytes(body.at("/fallbackSignature/__bytes")));
    }
    Transaction signed = transaction.withLeafASignatures(output, signatures);
    assertEquals(bytes(golden.at("/result/signedTx")), signed.serialize());
    Oracle.accept(signed, List.of(prevout));
    System.out.println(file + ": " + signatures.size() + " recorded leaf signatures verified");
  }

  /** What one recorded signing round put on the wire; lists in the order of the sorted keys. */
  private record Round(
      BeaconOutput output,
      BeaconTransaction transaction,
      List<Bytes> nonces,
      Bytes aggregateNonce,
      List<Bytes> partials) {
    Round(
        BeaconOutput output,
        Transaction unsigned,
        TxOutput prevout,
        List<Bytes> nonces,
        Bytes aggregateNonce,
        List<Bytes> partials) {
      this(output, BeaconTransaction.of(unsigned, prevout), nonces, aggregateNonce, partials);
    }

    Transaction verify(Bytes signature) {
      assertEquals(output.script(), transaction.template().prevout().script());
      assertEquals(aggregateNonce, NonceAgg.aggregate(nonces));
      SessionContext session =
          SessionContext.of(aggregateNonce, output.signingContext(), transaction.keyPathSighash());
      for (int i = 0; i < partials.size(); i++) {
        assertTrue(
            PartialSignature.verify(session, i, partials.get(i), nonces.get(i)), "partial " + i);
        int other = (i + 1) % partials.size();
        assertFalse(
            PartialSignature.verify(session, i, partials.get(other), nonces.get(i)),
            "partial " + other + " as " + i);
      }
      assertEquals(signature, PartialSigAgg.aggregate(session, partials));
      Transaction signed = transaction.withKeyPathSignature(signature);
      Oracle.accept(signed, List.of(transaction.template().prevout()));
      return signed;
    }
  }

  /** The output by the recorded advert and the recorded keys, with TypeScript's default k. */
  private static BeaconOutput output(JsonNode transcript) {
    JsonNode advert = bodies(transcript, "cohort_advert").get(0);
    JsonNode ready = bodies(transcript, "cohort_ready").get(0);
    List<Bytes> keys = new ArrayList<>();
    ready.get("cohortKeys").forEach(key -> keys.add(bytes(key.get("__bytes"))));
    return BeaconOutput.of(keys)
        .withLeafA(Math.max(1, keys.size() - 1))
        .withLeafB(bytes(advert.get("recoveryKey")), advert.get("recoverySequence").intValue());
  }

  private static String didOf(JsonNode golden, Bytes key) {
    for (int i = 0; i < golden.get("pks").size(); i++) {
      if (bytes(golden.get("pks").get(i)).equals(key)) {
        return golden.get("dids").get(i).textValue();
      }
    }
    throw new AssertionError("recording must have a member with key " + key);
  }

  private static JsonNode body(JsonNode transcript, String type, String from) {
    for (JsonNode message : messages(transcript)) {
      if (message.get("type").textValue().endsWith("/" + type)
          && message.get("from").textValue().equals(from)) {
        return message.get("body");
      }
    }
    throw new AssertionError("recording must have a " + type + " from " + from);
  }

  private static List<JsonNode> bodies(JsonNode transcript, String type) {
    List<JsonNode> bodies = new ArrayList<>();
    for (JsonNode message : messages(transcript)) {
      if (message.get("type").textValue().endsWith("/" + type)) {
        bodies.add(message.get("body"));
      }
    }
    return bodies;
  }

  /** One recorder kept messages parsed, the other kept their text. */
  private static List<JsonNode> messages(JsonNode transcript) {
    List<JsonNode> messages = new ArrayList<>();
    for (JsonNode event : transcript.get("events")) {
      messages.add(event.has("message") ? event.get("message") : parse(event.get("plaintext")));
    }
    return messages;
  }

  private static JsonNode parse(JsonNode text) {
    try {
      return JSON.readTree(text.textValue());
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
