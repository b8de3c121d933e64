package org.beaconcohort.adapter.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.port.ChainBackend.BroadcastResult;
import org.beaconcohort.cohort.port.ChainBackend.Utxo;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers each path as the test says, and what of it is believed. */
final class EsploraAnswersTest {
  private static final String TXID = "ab".repeat(32);
  private static final Outpoint OUTPOINT = Outpoint.ofDisplay(TXID, 1);
  private static final Transaction SPEND =
      Transaction.parseHex(
          "0200000001abababababababababababababababababababababababababababababababab0100000000"
              + "ffffffff02808301000000000022512009e97ab2338ad77ffbb35752277812fc06b31f1e4f64903d"
              + "da3ba3588b10b2020000000000000000226a2081dfb2c8dffd2aa03bf06b911174f7bfae9434d3d9"
              + "b96aaddafd3ea44aee200d00000000");

  private final Map<String, MockResponse> answers = new HashMap<>();
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void serve() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String path = request.getUrl().encodedPath();
            return answers.getOrDefault(path, new MockResponse(404, Headers.of(), ""));
          }
        });
    server.start();
    answer("/blocks/tip/height", 200, "100");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void answer(String path, int status, String body) {
    answers.put(path, new MockResponse(status, Headers.of(), body));
  }

  private EsploraChain chain() {
    return new EsploraChain(server.url("/").toString());
  }

  private static String utxo(String fields) {
    return "[{\"txid\":\"" + TXID + "\"," + fields + "}]";
  }

  @Test
  void outputsAreCountedFromTheTip() {
    answer(
        "/address/bcrt1q/utxo",
        200,
        utxo("\"vout\":1,\"value\":5000,\"status\":{\"confirmed\":true,\"block_height\":98}"));
    try (EsploraChain chain = chain()) {
      assertEquals(List.of(new Utxo(OUTPOINT, 5_000, 3)), chain.unspent("bcrt1q"));
      assertThrows(ChainException.class, () -> chain.unspent("bcrt1p"));
      assertThrows(IllegalArgumentException.class, () -> chain.unspent("../blocks"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[1]",
        "[{}]",
        "[null]",
        "[] []",
        "[",
        "\"vout\":-1,\"value\":1,\"status\":{\"confirmed\":false}",
        "\"vout\":4294967296,\"value\":1,\"status\":{\"confirmed\":false}",
        "\"vout\":1,\"value\":-1,\"status\":{\"confirmed\":false}",
        "\"vout\":1,\"value\":1.5,\"status\":{\"confirmed\":false}",
        "\"vout\":1,\"value\":2100000000000001,\"status\":{\"confirmed\":false}",
        "\"vout\":1,\"value\":\"5\",\"status\":{\"confirmed\":false}",
        "\"vout\":1,\"value\":5,\"value\":6,\"status\":{\"confirmed\":false}",
        "\"vout\":1,\"value\":5",
        "\"vout\":1,\"value\":5,\"status\":{\"confirmed\":1}",
        "\"vout\":1,\"value\":5,\"status\":{\"confirmed\":true}",
        "\"vout\":1,\"value\":5,\"status\":{\"confirmed\":true,\"block_height\":-1}",
        "\"vout\":1,\"value\":5,\"status\":{\"confirmed\":true,\"block_height\":111}",
      })
  void outputsThatCannotBeAreRefused(String body) {
    answer("/address/bcrt1q/utxo", 200, body.startsWith("\"") ? utxo(body) : body);
    try (EsploraChain chain = chain()) {
      assertThrows(ChainException.class, () -> chain.unspent("bcrt1q"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1e3", "1 2", "0x10", "99999999999", "null", "١"})
  void aHeightThatIsNoneIsRefused(String height) {
    answer("/blocks/tip/height", 200, height);
    answer("/address/bcrt1q/utxo", 200, "[]");
    try (EsploraChain chain = chain()) {
      assertThrows(ChainException.class, () -> chain.unspent("bcrt1q"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"spent\":\"yes\"}",
        "{\"spent\":true}",
        "{\"spent\":true,\"txid\":\"ab\"}",
        "{\"spent\":true,\"txid\":5}",
        "{\"spent\":true,\"txid\":\"ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB\"}"
      })
  void aSpenderThatIsNoneIsRefused(String outspend) {
    answer("/tx/" + TXID + "/outspend/1", 200, outspend);
    try (EsploraChain chain = chain()) {
      assertThrows(ChainException.class, () -> chain.spender(OUTPOINT));
    }
  }

  @Test
  void aSpenderIsReadInInternalOrder() {
    answer(
        "/tx/" + TXID + "/outspend/1",
        200,
        "{\"spent\":true,\"txid\":\"" + "01" + "00".repeat(31) + "\"}");
    try (EsploraChain chain = chain()) {
      assertEquals(Optional.of(Bytes.ofHex("00".repeat(31) + "01")), chain.spender(OUTPOINT));
    }
  }

  @Test
  void aStatusOtherThanTwoHundredIsATemporaryFailureAndNoAnswer() {
    try (EsploraChain chain = chain()) {
      for (int status : new int[] {204, 301, 403, 429, 500, 503}) {
        answer("/tx/" + TXID + "/hex", status, "");
        answer("/tx", status, "");
        ChainException read =
            assertThrows(ChainException.class, () -> chain.transaction(OUTPOINT.txid()));
        ChainException sent = assertThrows(ChainException.class, () -> chain.broadcast(SPEND));
        assertTrue(read.temporary() && sent.temporary(), "status " + status);
      }
    }
  }

  @Test
  void aBroadcastAnsweredWithAnotherTxidIsRefused() {
    answer("/tx", 200, TXID);
    try (EsploraChain chain = chain()) {
      assertThrows(ChainException.class, () -> chain.broadcast(SPEND));
    }
  }

  @Test
  void aRefusalKeepsTheServersWordsPrintable() {
    answer("/tx", 400, "{\"code\":-26,\"message\":\"dust \u001b[2J\"}");
    try (EsploraChain chain = chain()) {
      assertEquals(
          new BroadcastResult.Rejected(true, "{\"code\":-26,\"message\":\"dust ?[2J\"}"),
          chain.broadcast(SPEND));
    }
  }

  @Test
  void missingInputsOfAnUnknownParentMayBeTakenLater() {
    answer("/tx", 400, "{\"code\":-25,\"message\":\"bad-txns-inputs-missingorspent\"}");
    try (EsploraChain chain = chain()) {
      assertTrue(
          chain.broadcast(SPEND) instanceof BroadcastResult.Rejected rejected
              && !rejected.lasting());
    }
  }

  @Test
  void missingInputsOfATransactionThatIsKnownAreASuccess() {
    answer("/tx", 400, "{\"code\":-25,\"message\":\"bad-txns-inputs-missingorspent\"}");
    answer("/tx/" + SPEND.displayTxid() + "/hex", 200, SPEND.serialize().hex());
    answer("/tx/" + SPEND.displayTxid() + "/status", 200, "{\"confirmed\":false}");
    try (EsploraChain chain = chain()) {
      assertEquals(new BroadcastResult.Accepted(), chain.broadcast(SPEND));
    }
  }

  @Test
  void aFeeRateIsTheOneForTheLongestTargetInTime() {
    answer("/fee-estimates", 200, "{\"2\":10.0001,\"6\":2,\"144\":1.5}");
    try (EsploraChain chain = chain()) {
      assertEquals(OptionalLong.of(10_001), chain.feeRate(1));
      assertEquals(OptionalLong.of(10_001), chain.feeRate(5));
      assertEquals(OptionalLong.of(2_000), chain.feeRate(6));
      assertEquals(OptionalLong.of(1_500), chain.feeRate(1_008));
      answer("/fee-estimates", 200, "{}");
      assertEquals(OptionalLong.empty(), chain.feeRate(1));
      assertThrows(IllegalArgumentException.class, () -> chain.feeRate(0));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{\"1\":-1}",
        "{\"1\":\"5\"}",
        "{\"0\":5}",
        "{\"x\":5}",
        "{\"1009\":5}",
        "{\"1\":1000001}",
        "{\"1\":1e300}",
        "{\"1\":5,\"1\":6}"
      })
  void feeEstimatesThatCannotBeAreRefused(String estimates) {
    answer("/fee-estimates", 200, estimates);
    try (EsploraChain chain = chain()) {
      assertThrows(ChainException.class, () -> chain.feeRate(6));
    }
  }
}
