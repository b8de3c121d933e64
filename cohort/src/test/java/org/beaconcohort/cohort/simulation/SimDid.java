package org.beaconcohort.cohort.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.SingletonSpend;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.cohort.did.BeaconService;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.port.DidController;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** A controller of one k1 DID: lists the beacon by its singleton, then offers one more service. */
public final class SimDid implements DidController {
  private static final long FEE = 500;

  private final SecretKey key;
  private final SimChain chain;
  private final Btcr2Did did;
  private final DidHistory first;
  private final boolean hasUpdate;
  private final SecureRandom random;
  private final List<SignedUpdate> made = new ArrayList<>();
  private Outpoint coin;
  private final Map<Bytes, Bytes> alone = new HashMap<>();
  private Optional<Bytes> listing = Optional.empty();
  private Optional<DidHistory> listedHistory = Optional.empty();
  private boolean fallback = true;
  private String endpoint = "https://example.org";
  private Optional<SimHandover> handover = Optional.empty();
  private Supplier<List<CasAnnouncement>> bundles = List::of;

  /** A DID whose singleton is funded; {@code hasUpdate} says whether a round gets an update. */
  public SimDid(
      Network network, SecretKey key, SimChain chain, boolean hasUpdate, SecureRandom random) {
    this.key = key;
    this.chain = chain;
    this.hasUpdate = hasUpdate;
    this.random = random;
    this.did = Btcr2Did.ofKey(network, key.publicKey());
    this.first = DidHistory.ofKey(did);
    this.coin = chain.fund(singleton(), 20_000);
  }

  private String singleton() {
    return SegwitAddress.ofScript(did.network(), SingletonSpend.script(key.xOnlyPublicKey()))
        .orElseThrow()
        .text();
  }

  /** The DID. */
  public Btcr2Did did() {
    return did;
  }

  /** Its next update says something else, for the version that its last one has (against R20). */
  public void forgetUpdate(String other) {
    made.subList(Math.min(1, made.size()), made.size()).clear();
    endpoint = other;
  }

  /** Where it finds what its cohorts announced. */
  void resolvesBy(Supplier<List<CasAnnouncement>> kept) {
    bundles = kept;
  }

  /** Its versions as the chain has them, once a cohort of it is followed by another. */
  public DidHistory resolve() {
    return new SimHandover(did, chain, Optional.empty(), Optional.empty())
        .resolve(made, listing, alone, bundles.get());
  }

  @Override
  public void succeed(Cohort current, Optional<Cohort> next) {
    handover =
        Optional.of(
            new SimHandover(
                did, chain, next, next.isEmpty() ? Optional.of(current) : Optional.empty()));
  }

  /** The updates made so far: the listing, then those of rounds. */
  public List<SignedUpdate> made() {
    return List.copyOf(made);
  }

  @Override
  public List<String> dids() {
    return List.of(did.text());
  }

  @Override
  public String genesisDocument(String asked) {
    return "";
  }

  @Override
  public Bytes prove(String asked, Bytes message) {
    return Schnorr.sign(key, message, message);
  }

  @Override
  public int pendingUpdates() {
    return hasUpdate ? 1 : 0;
  }

  @Override
  public void list(Cohort cohort) {
    if (listing.isPresent()) {
      return;
    }
    BeaconService service = new BeaconService(did.url("cohort"), BeaconType.CAS, cohort.address());
    SignedUpdate update = sign(first, service.json());
    listing = Optional.of(announce(update));
    made.add(update);
  }

  private Bytes announce(SignedUpdate update) {
    TxOutput output =
        chain.transaction(coin.txid()).orElseThrow().transaction().outputs().get(coin.vout());
    SingletonSpend spend =
        new SingletonSpend(List.of(new SingletonSpend.Coin(coin, output)), FEE, update.hash());
    var transaction = spend.sign(key, random);
    if (!(chain.broadcast(transaction) instanceof ChainBackend.BroadcastResult.Accepted)) {
      throw new PortFailure("the singleton's spend is not taken now", true);
    }
    coin = new Outpoint(transaction.txid(), 0);
    return transaction.txid();
  }

  /** From now on its singleton is said to be unfit to anchor anything alone. */
  void hasNoFallback() {
    fallback = false;
  }

  /** Its coin pays for both announcements. */
  @Override
  public void prepareFallback() {
    if (!fallback) {
      throw new PortFailure("fund " + singleton() + " with at least 1000 sat", false);
    }
  }

  @Override
  public List<OfferedUpdate> offerAlone() {
    if (!hasUpdate) {
      return List.of();
    }
    if (listing.isPresent()
        && listing.flatMap(chain::transaction).map(ChainBackend.Known::depth).orElse(0) == 0) {
      throw new PortFailure("the listing of " + did + " must be confirmed first", true);
    }
    wantedOn(listing.isPresent() ? listed() : first);
    return List.of(new OfferedUpdate(did.text(), made.getLast()));
  }

  @Override
  public List<Bytes> anchorAlone(List<OfferedUpdate> updates) {
    List<Bytes> txids = new ArrayList<>();
    for (OfferedUpdate each : updates) {
      if (!made.contains(each.update())) {
        throw new IllegalStateException("an update that this controller did not make");
      }
      txids.add(alone.computeIfAbsent(each.update().hash(), hash -> announce(each.update())));
    }
    return txids;
  }

  /** The history with the listing, whose update is made once. */
  private DidHistory listed() {
    DidHistory known = listedHistory.orElseGet(() -> first.with(made.get(0)));
    listedHistory = Optional.of(known);
    return known;
  }

  private void wantedOn(DidHistory history) {
    if (made.size() < history.versionId()) {
      ObjectNode service = JsonNodeFactory.instance.objectNode();
      service.put("id", did.url("files"));
      service.put("type", "LinkedDomains");
      service.put("serviceEndpoint", endpoint);
      made.add(sign(history, service));
    }
  }

  @Override
  public List<Survey.Document> documents(Cohort cohort, int round, Instant medianTime) {
    if (handover.isPresent()) {
      return List.of(handedOver(handover.get(), cohort, round));
    }
    int depth = listing.flatMap(chain::transaction).map(ChainBackend.Known::depth).orElse(0);
    if (depth == 0) {
      return List.of(new Survey.Document(did.text(), 0, 1, List.of(), "", Bytes.EMPTY));
    }
    if (!alone.isEmpty()) {
      return List.of(
          new Survey.Document(
              did.text(), depth, made.size() + 1, List.of(), "", latest(made.size() + 1)));
    }
    List<OfferedUpdate> offered = new ArrayList<>();
    if (hasUpdate) {
      wantedOn(listed());
      offered.add(new OfferedUpdate(did.text(), made.get(1)));
    }
    return List.of(new Survey.Document(did.text(), depth, 2, offered, "", latest(2)));
  }

  private Survey.Document handedOver(SimHandover by, Cohort cohort, int round) {
    DidHistory history = by.resolve(made, listing, alone, bundles.get());
    int version = history.versionId();
    int listed = by.listedDepth(history, made, listing, alone, bundles.get(), cohort);
    if (round > 0 && listed > 0 && hasUpdate && made.size() == 1) {
      wantedOn(history);
    }
    if (round > 0 && listed > 0 && made.size() < version) {
      by.patch(history).ifPresent(patch -> made.add(sign(history, patch)));
    }
    List<OfferedUpdate> offers =
        made.size() >= version
            ? List.of(new OfferedUpdate(did.text(), made.get(version - 1)))
            : List.of();
    return new Survey.Document(did.text(), listed, version, offers, "", latest(version));
  }

  private Bytes latest(int version) {
    return version == 1 ? Bytes.EMPTY : made.get(version - 2).hash();
  }

  private SignedUpdate sign(DidHistory history, ObjectNode service) {
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    ObjectNode operation = patch.addObject();
    operation.put("op", "add");
    operation.put("path", "/service/-");
    operation.set("value", service);
    return sign(history, patch);
  }

  private SignedUpdate sign(DidHistory history, ArrayNode patch) {
    UnsignedUpdate update = UnsignedUpdate.make(history.current(), patch, history.versionId() + 1);
    String method = history.current().firstInvocationMethod().orElseThrow().id();
    return SignedUpdate.sign(
        update, history.current(), method, key, chain.tip().medianTime(), random);
  }
}
