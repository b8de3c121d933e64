package org.beaconcohort.adapter.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.SimChain;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeySort;

/** One DID, its controller, a chain, and cohorts to be listed. */
final class ControllerScene {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  final SeededRandom random = new SeededRandom(20260101);
  final SimChain chain = new SimChain(() -> NOW);
  final OverlayChain source = new OverlayChain(chain);
  final SecretKey key = SecretKey.generate(random);
  final Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
  final InMemoryLedger ledger = new InMemoryLedger();
  final List<String> needed = new ArrayList<>();
  final List<SignedUpdate> handedOut = new ArrayList<>();

  LocalDidController controller(WantedUpdate wanted) {
    return controller(wanted, ledger);
  }

  LocalDidController controller(WantedUpdate wanted, UpdateLedger remembered) {
    return new LocalDidController(
        key,
        DidHistory.ofKey(did),
        wanted,
        remembered,
        source,
        SingletonCosts.DEFAULT,
        1,
        random,
        new ControllerListener() {
          @Override
          public void needsCoin(String address, long satoshi) {
            needed.add(address + " " + satoshi);
          }

          @Override
          public void handsOut(SignedUpdate update) {
            handedOut.add(update);
          }

          @Override
          public void announces(SignedUpdate update, String txid) {}
        });
  }

  /** A patch that adds one service. */
  WantedUpdate.Patch homepage() {
    ArrayNode patch = StrictJson.newArray();
    patch
        .addObject()
        .put("op", "add")
        .put("path", "/service/-")
        .putObject("value")
        .put("id", did.url("homepage"))
        .put("type", "LinkedDomains")
        .put("serviceEndpoint", "https://example.org");
    return new WantedUpdate.Patch(patch);
  }

  /** A cohort of two keys nobody else has. */
  Cohort cohort() {
    List<Bytes> keys =
        KeySort.sort(
            List.of(
                SecretKey.generate(random).publicKey(), SecretKey.generate(random).publicKey()));
    List<Member> members =
        keys.stream()
            .map(cohortKey ->
                new Member(
                    cohortKey,
                    Bytes.of(new byte[32]),
                    Bytes.of(new byte[32]),
                    List.of(did.text()),
                    Bytes.of(new byte[32]),
                    false))
            .toList();
    return Cohort.of(Simulation.terms(2, 2), members);
  }

  Survey.Document document(LocalDidController controller, Cohort cohort, int round) {
    return controller.documents(cohort, round, chain.tip().medianTime()).get(0);
  }

  /** A transaction that spends from {@code address} and ends in {@code signal}, so deep. */
  Bytes signal(String address, Bytes signal, int depth) {
    Outpoint coin = chain.fund(address, 50_000);
    TxOutput change = new TxOutput(49_000, SegwitAddress.parse(address, Network.REGTEST).script());
    Transaction transaction =
        new Transaction(
            2,
            List.of(Transaction.Input.unsigned(coin, 0xffff_fffdL)),
            List.of(change, SignalOutput.of(signal)),
            0);
    return source.put(transaction, depth);
  }

  /** An update of the first version that removes a beacon. */
  SignedUpdate removing(DidDocument document, String address) {
    return SignedUpdate.sign(
        UnsignedUpdate.make(document, UpdateMaker.removing(document, address), 2),
        document,
        document.firstInvocationMethod().orElseThrow().id(),
        key,
        chain.tip().medianTime(),
        random);
  }

  /** An update of {@code source} to {@code version} that adds one service. */
  SignedUpdate signed(DidDocument document, int version, Instant created) {
    return SignedUpdate.sign(
        UnsignedUpdate.make(document, homepage().operations(), version),
        document,
        document.firstInvocationMethod().orElseThrow().id(),
        key,
        created,
        random);
  }
}
