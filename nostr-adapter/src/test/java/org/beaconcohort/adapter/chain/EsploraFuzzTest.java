package org.beaconcohort.adapter.chain;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** Answers of a chain source under mutation, without a network. */
final class EsploraFuzzTest {
  private static final String TXID = "ab".repeat(32);
  private static final String HASH = "cd".repeat(32);
  private static final String CONFIRMED =
      "{\"confirmed\":true,\"block_height\":98,\"block_hash\":\"" + HASH + "\",\"block_time\":1}";
  private static final Transaction SPEND =
      Transaction.parseHex(
          "0200000001abababababababababababababababababababababababababababababababab0100000000"
              + "ffffffff02808301000000000022512009e97ab2338ad77ffbb35752277812fc06b31f1e4f64903d"
              + "da3ba3588b10b2020000000000000000226a2081dfb2c8dffd2aa03bf06b911174f7bfae9434d3d9"
              + "b96aaddafd3ea44aee200d00000000");
  private static final String SPEND_PATH = "/tx/" + SPEND.displayTxid();

  /** What each path answers; one of them is the case. */
  private final Map<String, String> answers = new HashMap<>();

  private int postStatus = 200;

  private final EsploraChain chain =
      new EsploraChain(new EsploraHttp("http://127.0.0.1:1/", List.of(this::answer)));

  private Response answer(Interceptor.Chain call) {
    Request request = call.request();
    String text = answers.get(request.url().encodedPath());
    boolean post = request.method().equals("POST");
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(text == null ? 404 : post ? postStatus : 200)
        .message("")
        .body(ResponseBody.create(text == null ? "" : text, MediaType.get("text/plain")))
        .build();
  }

  private void fuzz(String what, String path, List<String> seeds, Consumer<EsploraChain> ask) {
    answers.put("/blocks/tip/height", "100");
    Fuzz.ofJson("Esplora " + what, seeds)
        .refusing(ChainException.class)
        .run(text -> {
          answers.put(path, text);
          ask.accept(chain);
        });
  }

  @Test
  void theHashOfTheTipIsReadOrRefused() {
    answers.put("/block/" + HASH, "{\"height\":100,\"mediantime\":1700000000}");
    fuzz("tip hash", "/blocks/tip/hash", List.of(HASH), EsploraChain::tip);
  }

  @Test
  void theBlockOfTheTipIsReadOrRefused() {
    answers.put("/blocks/tip/hash", HASH);
    String block =
        "{\"id\":\"" + HASH + "\",\"height\":100,\"mediantime\":1700000000,\"difficulty\":4.6e-10}";
    fuzz("block", "/block/" + HASH, List.of(block), EsploraChain::tip);
  }

  @Test
  void theHeightOfTheTipIsReadOrRefused() {
    answers.put("/address/bcrt1q/utxo", "[]");
    fuzz("tip height", "/blocks/tip/height", List.of("100", "0"), it -> it.unspent("bcrt1q"));
  }

  @Test
  void theOutputsOfAnAddressAreReadOrRefused() {
    String utxo =
        "[{\"txid\":\""
            + TXID
            + "\",\"vout\":1,\"value\":5000,\"status\":"
            + CONFIRMED
            + "},"
            + "{\"txid\":\""
            + HASH
            + "\",\"vout\":0,\"value\":0,\"status\":{\"confirmed\":false}}]";
    fuzz(
        "outputs",
        "/address/bcrt1q/utxo",
        List.of(utxo, "[]"),
        it -> it.unspent("bcrt1q").forEach(each -> assertNotNull(each.outpoint())));
  }

  @Test
  void aTransactionIsReadOrRefused() {
    answers.put(SPEND_PATH + "/status", CONFIRMED);
    fuzz(
        "transaction",
        SPEND_PATH + "/hex",
        List.of(SPEND.serialize().hex()),
        it -> it.transaction(SPEND.txid()));
  }

  @Test
  void theStatusOfATransactionIsReadOrRefused() {
    answers.put(SPEND_PATH + "/hex", SPEND.serialize().hex());
    fuzz(
        "status",
        SPEND_PATH + "/status",
        List.of(CONFIRMED, "{\"confirmed\":false}"),
        it -> it.transaction(SPEND.txid()));
  }

  @Test
  void theSpenderOfAnOutputIsReadOrRefused() {
    String spent =
        "{\"spent\":true,\"txid\":\"" + TXID + "\",\"vin\":0,\"status\":" + CONFIRMED + "}";
    fuzz(
        "outspend",
        "/tx/" + TXID + "/outspend/1",
        List.of("{\"spent\":false}", spent),
        it -> it.spender(Outpoint.ofDisplay(TXID, 1)));
  }

  @Test
  void theAnswerToABroadcastIsReadOrRefused() {
    fuzz("broadcast", "/tx", List.of(SPEND.displayTxid()), it -> it.broadcast(SPEND));
  }

  @Test
  void theRefusalOfABroadcastHasAMeaning() {
    postStatus = 400;
    answers.put("/tx/" + TXID + "/outspend/1", "{\"spent\":false}");
    String error = "sendrawtransaction RPC error: {\"code\":-26,\"message\":\"mempool full\"}";
    fuzz(
        "refusal",
        "/tx",
        List.of(error, error.replace("-26", "-25").replace("mempool full", "missing-inputs")),
        it -> it.broadcast(SPEND));
  }

  @Test
  void feeEstimatesAreReadOrRefused() {
    fuzz(
        "fee estimates",
        "/fee-estimates",
        List.of("{}", "{\"1\":87.882,\"2\":87,\"144\":1.027,\"1008\":0.001}"),
        it -> it.feeRate(6));
  }
}
