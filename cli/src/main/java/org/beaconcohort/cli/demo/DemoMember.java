package org.beaconcohort.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.beaconcohort.adapter.api.MemberKeys;
import org.beaconcohort.adapter.api.MemberRun;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.controller.ControllerListener;
import org.beaconcohort.adapter.controller.InMemoryLedger;
import org.beaconcohort.adapter.controller.LocalDidController;
import org.beaconcohort.adapter.controller.SignalResolution;
import org.beaconcohort.adapter.controller.SingletonCosts;
import org.beaconcohort.adapter.controller.WantedUpdate;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.Sidecar;
import org.beaconcohort.cohort.did.key.KeyAddress;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** One participant: a new k1 DID that wants a service added, and its membership. */
final class DemoMember implements AutoCloseable {
  private final SecretKey key;
  private final Btcr2Did did;
  private final ArrayNode wanted;
  private final InMemoryLedger ledger;
  private final LocalDidController controller;
  private final MemberRun run;
  private final AtomicBoolean left = new AtomicBoolean();

  DemoMember(
      int number,
      SecretKey key,
      MemberKeys keys,
      Outside outside,
      JoinPolicy policy,
      BiConsumer<String, Progress> audience) {
    this.key = key;
    this.did = did(key);
    this.wanted = homepage(did, number);
    this.ledger = new InMemoryLedger();
    this.controller =
        new LocalDidController(
            key,
            DidHistory.ofKey(did),
            new WantedUpdate.Patch(wanted),
            ledger,
            outside.chain(),
            SingletonCosts.DEFAULT,
            policy.confirmations(),
            outside.random(),
            ControllerListener.none());
    this.run = join(outside, keys, policy, audience);
  }

  /** The same DID in another cohort, too: one controller, other keys. */
  private DemoMember(
      DemoMember other, Outside outside, JoinPolicy policy, BiConsumer<String, Progress> audience) {
    this.key = other.key;
    this.did = other.did;
    this.wanted = other.wanted;
    this.ledger = other.ledger;
    this.controller = other.controller;
    this.run = join(outside, MemberKeys.fresh(key, outside.random()), policy, audience);
  }

  /** Its other membership, while this one goes on. */
  DemoMember again(Outside outside, JoinPolicy policy, BiConsumer<String, Progress> audience) {
    return new DemoMember(this, outside, policy, audience);
  }

  private MemberRun join(
      Outside outside, MemberKeys keys, JoinPolicy policy, BiConsumer<String, Progress> audience) {
    return MemberRun.start(
        outside, controller, policy, keys, progress -> audience.accept(did.text(), progress));
  }

  /** The DID of a key. */
  static Btcr2Did did(SecretKey key) {
    return Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
  }

  Btcr2Did did() {
    return did;
  }

  CompletableFuture<Outcome> outcome() {
    return run.outcome();
  }

  /** Passes on to its cohort that another follows, in which it is too. */
  void followedBy(DemoMember next) {
    run.followedBy(next.run::succession);
  }

  /** What announced its newest version, display order. */
  String newestTransaction() {
    return new Outpoint(controller.resolve().signals().getLast().txid(), 0).displayTxid();
  }

  /** Whether it stopped before anything ended. */
  boolean vanished() {
    return left.get();
  }

  /** The newest round of which it holds the final signature. */
  Optional<CompletedRound> lastRound() {
    return run.lastRound();
  }

  /** What it can prove of others. */
  List<Evidence> evidence() {
    return run.evidence();
  }

  /** The DID's versions, the newest by the round. */
  DidHistory history() {
    return controller.resolve().history();
  }

  /**
   * What announced the wanted update, as the chain has it now, internal order; empty if nothing
   * that is confirmed did.
   */
  Optional<Bytes> anchoredBy() {
    SignalResolution resolved = controller.resolve();
    return resolved.history().updates().isEmpty()
            || !resolved.history().updates().getLast().json().path("patch").equals(wanted)
        ? Optional.empty()
        : Optional.of(resolved.signals().getLast().txid());
  }

  Sidecar sidecar() {
    return controller.sidecar();
  }

  /** Everything that may have announced an update of this DID, txids in internal order. */
  List<Bytes> transactions() {
    return ledger.transactions();
  }

  /** Stops here and now, as a killed process does: what it was about to say is not said. */
  void vanish() {
    if (!left.getAndSet(true)) {
      run.close();
    }
  }

  @Override
  public void close() {
    vanish();
    key.destroy();
  }

  /** Where a singleton beacon of this key takes its coins from. */
  static String singletonAddress(SecretKey key) {
    return KeyAddress.p2tr(Network.REGTEST, key.publicKey());
  }

  private static ArrayNode homepage(Btcr2Did did, int number) {
    ArrayNode patch = StrictJson.newArray();
    patch
        .addObject()
        .put("op", "add")
        .put("path", "/service/-")
        .putObject("value")
        .put("id", did.url("homepage"))
        .put("type", "LinkedDomains")
        .put("serviceEndpoint", "https://member-" + number + ".example");
    return patch;
  }
}
