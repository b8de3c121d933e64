package org.beaconcohort.adapter.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.SingletonSpend;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.cohort.port.ChainBackend.BroadcastResult;
import org.beaconcohort.cohort.port.ChainBackend.Known;
import org.beaconcohort.cohort.port.ChainBackend.Utxo;
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain source against the regtest fixture, and against servers that lie. */
final class EsploraChainTest {
  private static final Bytes SIGNAL = Bytes.of(new byte[32]);

  @Test
  void aFundedAddressIsFoundSpentAndConfirmed() {
    SecretKey key = key(1);
    String address = address(key);
    try (FixtureChain fixture = FixtureChain.start(0);
        EsploraChain chain = new EsploraChain(fixture.url())) {
      fixture.fund(address, 20_000);
      List<Utxo> unspent = chain.unspent(address);
      assertEquals(1, unspent.size());
      assertEquals(20_000, unspent.get(0).value());
      assertEquals(1, unspent.get(0).depth());
      assertEquals(Optional.empty(), chain.spender(unspent.get(0).outpoint()));

      Transaction spend = spend(chain, unspent.get(0).outpoint(), key);
      assertInstanceOf(BroadcastResult.Accepted.class, chain.broadcast(spend));
      assertInstanceOf(BroadcastResult.Accepted.class, chain.broadcast(spend));
      assertEquals(0, chain.transaction(spend.txid()).orElseThrow().depth());
      assertEquals(Optional.of(spend.txid()), chain.spender(unspent.get(0).outpoint()));

      int before = chain.tip().height();
      fixture.mine(2);
      assertEquals(before + 2, chain.tip().height());
      Known known = chain.transaction(spend.txid()).orElseThrow();
      assertEquals(2, known.depth());
      assertEquals(spend, known.transaction());
      assertInstanceOf(BroadcastResult.Accepted.class, chain.broadcast(spend));
    }
  }

  @Test
  void aSpendOfASpentOutputIsRefusedForGoodOnceTheOtherIsInABlock() {
    SecretKey key = key(2);
    try (FixtureChain fixture = FixtureChain.start(0);
        EsploraChain chain = new EsploraChain(fixture.url())) {
      fixture.fund(address(key), 20_000);
      Outpoint coin = chain.unspent(address(key)).get(0).outpoint();
      Transaction first = spend(chain, coin, key);
      Transaction second =
          new SingletonSpend(
                  List.of(
                      new SingletonSpend.Coin(
                          coin,
                          chain
                              .transaction(coin.txid())
                              .orElseThrow()
                              .transaction()
                              .outputs()
                              .get(coin.vout()))),
                  700,
                  SIGNAL)
              .sign(key, new java.security.SecureRandom());
      chain.broadcast(first);
      fixture.mine(1);
      BroadcastResult.Rejected rejected =
          assertInstanceOf(BroadcastResult.Rejected.class, chain.broadcast(second));
      assertTrue(rejected.lasting(), rejected.reason());
      assertTrue(rejected.reason().contains(first.displayTxid()), rejected.reason());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Network.class, names = "REGTEST", mode = EnumSource.Mode.EXCLUDE)
  void aChainOfAnotherNetworkIsRefusedForGood(Network meant) {
    try (FixtureChain fixture = FixtureChain.start(0);
        EsploraChain chain = new EsploraChain(fixture.url())) {
      chain.requireNetwork(Network.REGTEST);
      ChainException refused =
          assertThrows(ChainException.class, () -> chain.requireNetwork(meant));
      assertFalse(refused.temporary());
      assertTrue(String.valueOf(refused.getMessage()).contains("is of regtest"), refused::toString);
    }
  }

  @Test
  void aBlockZeroThatIsNoHashIsNonsense() throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse(200, okhttp3.Headers.of(), "<html>"));
      try (EsploraChain chain = new EsploraChain(server.url("/").toString())) {
        assertThrows(ChainException.class, () -> chain.requireNetwork(Network.REGTEST));
      }
    }
  }

  @Test
  void anUnknownTransactionIsAbsent() {
    try (FixtureChain fixture = FixtureChain.start(0);
        EsploraChain chain = new EsploraChain(fixture.url())) {
      assertEquals(Optional.empty(), chain.transaction(Bytes.of(new byte[32])));
    }
  }

  @Test
  void anotherTransactionThanTheOneAskedForIsRefused() throws IOException {
    Transaction other =
        Transaction.parseHex(
            "0200000001abababababababababababababababababababababababababababababababab0100000000"
                + "ffffffff02808301000000000022512009e97ab2338ad77ffbb35752277812fc06b31f1e4f64903d"
                + "da3ba3588b10b2020000000000000000226a2081dfb2c8dffd2aa03bf06b911174f7bfae9434d3d9"
                + "b96aaddafd3ea44aee200d00000000");
    ChainException refused =
        answering(
            new MockResponse(200, okhttp3.Headers.of(), other.serialize().hex()),
            chain -> chain.transaction(Bytes.of(new byte[32])));
    assertTrue(String.valueOf(refused.getMessage()).contains(other.displayTxid()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"height\":1,\"height\":2,\"mediantime\":3}",
        "{\"height\":-1,\"mediantime\":3}",
        "{\"height\":1.5,\"mediantime\":3}",
        "{\"height\":1}",
        "{\"height\":\"1\",\"mediantime\":3}",
        "{\"height\":1,\"mediantime\":99999999999999}",
        "{\"height\":1,\"mediantime\":3} x",
      })
  void aTipThatIsNoneIsRefused(String block) throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse(200, okhttp3.Headers.of(), "ab".repeat(32)));
      server.enqueue(new MockResponse(200, okhttp3.Headers.of(), block));
      try (EsploraChain chain = new EsploraChain(server.url("/").toString())) {
        assertThrows(ChainException.class, chain::tip);
      }
    }
  }

  @Test
  void anAnswerWithoutEndIsCutOff() throws IOException {
    String endless = "00".repeat(1_100_000);
    ChainException refused =
        answering(
            new MockResponse(200, okhttp3.Headers.of(), endless),
            chain -> chain.transaction(Bytes.of(new byte[32])));
    assertTrue(refused.temporary());
  }

  @Test
  void aServerThatIsNotThereIsATemporaryFailure() throws IOException {
    String url;
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      url = server.url("/").toString();
    }
    try (EsploraChain chain = new EsploraChain(url)) {
      ChainException failure = assertThrows(ChainException.class, chain::tip);
      assertTrue(failure.temporary());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'sendrawtransaction RPC error: {\"code\":-27,\"message\":\"x\"}', CONFIRMED_BEFORE",
    "'{\"code\":-25,\"message\":\"bad-txns-inputs-missingorspent\"}', AMBIGUOUS",
    "'{\"code\":-25,\"message\":\"Fee exceeds maximum configured by user\"}', LASTING",
    "'{\"code\":-26,\"message\":\"min relay fee not met, 1 < 154\"}', PASSING",
    "'{\"code\":-26,\"message\":\"txn-mempool-conflict\"}', PASSING",
    "'{\"code\":-26,\"message\":\"mempool-script-verify-flag-failed\"}', LASTING",
    "'{\"code\":-26,\"message\":\"dust\"}', LASTING",
    "'{\"code\":-22,\"message\":\"TX decode failed\"}', LASTING",
    "'{\"code\":-28,\"message\":\"Loading\"}', PASSING",
    "'something else', PASSING",
  })
  void aRefusalMeansWhatBitcoinCoreMeant(String text, Refusal expected) {
    assertEquals(expected, Refusal.of(text));
  }

  private interface Question {
    Object ask(EsploraChain chain);
  }

  private static ChainException answering(MockResponse response, Question question)
      throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(response);
      try (EsploraChain chain = new EsploraChain(server.url("/").toString())) {
        return assertThrows(ChainException.class, () -> question.ask(chain));
      }
    }
  }

  private static Transaction spend(EsploraChain chain, Outpoint coin, SecretKey key) {
    var output =
        chain.transaction(coin.txid()).orElseThrow().transaction().outputs().get(coin.vout());
    return new SingletonSpend(List.of(new SingletonSpend.Coin(coin, output)), 500, SIGNAL)
        .sign(key, new java.security.SecureRandom());
  }

  private static SecretKey key(int number) {
    byte[] secret = new byte[32];
    secret[31] = (byte) number;
    return SecretKey.of(secret);
  }

  private static String address(SecretKey key) {
    return SegwitAddress.ofScript(Network.REGTEST, SingletonSpend.script(key.xOnlyPublicKey()))
        .orElseThrow()
        .text();
  }
}
