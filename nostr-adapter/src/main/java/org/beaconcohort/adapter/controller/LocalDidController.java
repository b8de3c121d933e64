package org.beaconcohort.adapter.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.beaconcohort.adapter.host.NotDurableException;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.BeaconService;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.Sidecar;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.did.UpdateRefusedException;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.port.DidController;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Controls one DID with one key that both signs its updates and owns its singleton beacon.
 *
 * <p>Lists a cohort's address by an update that the singleton announces, then offers the wanted
 * update, made for whatever version is current then. An update that has left the process is in the
 * ledger first and stays the only one for its version (R20). Thread-safe.
 */
public final class LocalDidController implements DidController {

  private final DidHistory start;
  private final SecretKey key;
  private final UpdateMaker maker;
  private final WantedUpdate wanted;
  private final UpdateLedger ledger;
  private final ChainBackend chain;
  private final SingletonBeacon singleton;
  private final SingletonAnnouncer announcer;
  private final int depth;
  private final SecureRandom random;
  private final ControllerListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SignedUpdate offered;
  private volatile @Nullable Handover handover;

  /**
   * A controller; the key stays the caller's to destroy.
   *
   * @param key of a method that may sign updates of the DID
   * @param start the DID's history at version 1
   * @param depth confirmations from which a signal counts, at least 1
   * @throws IllegalArgumentException if {@code start} is a later version: what the chain says about
   *     later ones is resolved here, from the ledger
   * @throws NotDurableException if the ledger ends with the process and the DID is of another
   *     network than regtest: two updates of one version end a DID (R20)
   */
  public LocalDidController(
      SecretKey key,
      DidHistory start,
      WantedUpdate wanted,
      UpdateLedger ledger,
      ChainBackend chain,
      SingletonCosts costs,
      int depth,
      SecureRandom random,
      ControllerListener listener) {
    if (start.versionId() != 1) {
      throw new IllegalArgumentException(
          "history must be at version 1, got version " + start.versionId());
    }
    if (start.did().network() != Network.REGTEST && !ledger.durable()) {
      throw new NotDurableException(
          "network of the DID must be regtest while the ledger of updates is in memory, got "
              + start.did().network().specName());
    }
    this.key = key;
    this.maker = new UpdateMaker(key, random);
    this.start = start;
    this.wanted = wanted;
    this.ledger = ledger;
    this.chain = chain;
    this.singleton =
        new SingletonBeacon(
            key, start.did().network(), chain, costs.fees(), costs.feeRate(), random);
    this.announcer = new SingletonAnnouncer(start.did(), singleton, ledger, chain, listener);
    this.depth = depth;
    this.random = random;
    this.listener = listener;
  }

  /** The DID's versions as the chain has them now, by own resolution. */
  public SignalResolution resolve() {
    return SignalResolution.resolve(
        start, ledger.handedOut(), ledger.announcements(), ledger.transactions(), chain, depth);
  }

  /** What a resolver needs beside the chain for the version that is current now. */
  public Sidecar sidecar() {
    return Sidecar.of(resolve().history(), ledger.announcements());
  }

  /** Where the singleton beacon takes its coins from. */
  public String singletonAddress() {
    return singleton.address();
  }

  /**
   * Records what a cohort is about to announce; before the member's partial signature leaves.
   *
   * @param txid internal order, 32 bytes
   */
  public void mayBeAnnounced(Bytes txid, CasAnnouncement announcement) {
    ledger.mayBeAnnounced(txid, List.of(announcement));
  }

  /**
   * Says now what would make the wanted update useless once a cohort is formed. Whether a signed
   * update names the document that lists the cohort shows only when its address is known.
   *
   * @throws UpdateRefusedException if the patch does not apply to the document as a listing leaves
   *     it, or the update is signed for another version
   */
  public void checkWanted() {
    DidHistory history = resolve().history();
    BeaconService trial =
        new BeaconService(history.did().url("trial"), BeaconType.CAS, singleton.address());
    DidDocument source = history.current();
    int versionId = history.versionId();
    SignedUpdate listing =
        maker.sign(UpdateMaker.listing(source, versionId, trial), source, Instant.EPOCH);
    if (!(wanted instanceof WantedUpdate.Signed signed)
        || signed.update().targetVersionId() != versionId + 2) {
      checkFollows(listing, source, versionId);
    }
  }

  @Override
  public List<String> dids() {
    return List.of(start.did().text());
  }

  @Override
  public String genesisDocument(String did) {
    requireOwn(did);
    return start.genesisDocument().map(Jcs::canonicalText).orElse("");
  }

  @Override
  public Bytes prove(String did, Bytes message) {
    requireOwn(did);
    byte[] auxiliary = new byte[32];
    random.nextBytes(auxiliary);
    return Schnorr.sign(key, message, Bytes.of(auxiliary));
  }

  @Override
  public int pendingUpdates() {
    return wanted instanceof WantedUpdate.Nothing ? 0 : 1;
  }

  @Override
  public void list(Cohort cohort) {
    lock.lock();
    try {
      SignalResolution now = resolve();
      DidDocument document = now.history().current();
      if (!document.lists(cohort.address(), cohort.terms().beaconType())) {
        announcer.announce(listingOf(cohort, document, now.history().versionId()));
      }
    } catch (UpdateRefusedException refused) {
      throw ControllerFailure.lasting(String.valueOf(refused.getMessage()), refused);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void succeed(Cohort current, Optional<Cohort> next) {
    handover = new Handover(current, next);
  }

  @Override
  public void prepareFallback() {
    lock.lock();
    try {
      if (!resolve().history().current().lists(singleton.address(), BeaconType.SINGLETON)) {
        throw ControllerFailure.lasting(
            "document of "
                + start.did()
                + " must list "
                + singleton.address()
                + ", the address of its key, as a singleton beacon; it does not, so nothing could be"
                + " anchored alone should the cohort fail; nothing was said to the cohort");
      }
      if (singleton.affordsTwo(1)) {
        return;
      }
      listener.needsCoin(singleton.address(), singleton.leastCoinForTwo());
      // Whoever listens may have paid; its block may not be there yet.
      if (singleton.affordsTwo(1)) {
        return;
      }
      String what =
          "fund "
              + singleton.address()
              + " with at least "
              + singleton.leastCoinForTwo()
              + " sat: it is the singleton beacon of "
              + start.did()
              + ", and has to pay for listing the cohort and for anchoring the update alone should"
              + " the cohort fail; nothing was said to the cohort yet";
      throw singleton.affordsTwo(0)
          ? ControllerFailure.temporary("the coin waits for its block; or " + what)
          : ControllerFailure.lasting(what);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<OfferedUpdate> offerAlone() {
    lock.lock();
    try {
      if (wanted instanceof WantedUpdate.Nothing) {
        return List.of();
      }
      DidHistory history = resolve().history();
      Optional<SignedUpdate> before = handedOut(history.versionId() + 1);
      if (before.isPresent() && !isWanted(before.get())) {
        announcer.announce(before.get());
        throw ControllerFailure.temporary(
            "version "
                + before.get().targetVersionId()
                + " of "
                + start.did()
                + " must be anchored first, it is on its way with update "
                + before.get().hash());
      }
      SignedUpdate update = offer(history, Optional.empty(), chain.tip().medianTime());
      return update == null ? List.of() : List.of(new OfferedUpdate(start.did().text(), update));
    } catch (UpdateRefusedException refused) {
      throw ControllerFailure.lasting(String.valueOf(refused.getMessage()), refused);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the chain shows what was wanted; also if nothing was. */
  public boolean isWantedAnchored() {
    return wanted instanceof WantedUpdate.Nothing
        || resolve().history().updates().stream().anyMatch(this::isWanted);
  }

  /** Operations that list the next cohort may follow the wanted ones in the same update. */
  private boolean isWanted(SignedUpdate update) {
    return switch (wanted) {
      case WantedUpdate.Nothing nothing -> false;
      case WantedUpdate.Patch patch -> {
        ArrayNode found = update.unsigned().patch();
        ArrayNode operations = patch.operations();
        boolean begins = found.size() >= operations.size();
        for (int i = 0; begins && i < operations.size(); i++) {
          begins = found.get(i).equals(operations.get(i));
        }
        yield begins;
      }
      case WantedUpdate.Signed signed -> update.equals(signed.update());
    };
  }

  @Override
  public List<Bytes> anchorAlone(List<OfferedUpdate> updates) {
    lock.lock();
    try {
      List<Bytes> txids = new ArrayList<>();
      for (OfferedUpdate each : updates) {
        requireOwn(each.did());
        ledger.handOut(each.update());
        announcer.announce(each.update());
        txids.add(
            announcer
                .transactionOf(each.update())
                .orElseThrow(() ->
                    ControllerFailure.temporary(
                        "the announcement of "
                            + each.update().hash()
                            + " is not on the chain yet")));
      }
      return txids;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Survey.Document> documents(Cohort cohort, int round, Instant medianTime) {
    lock.lock();
    try {
      SignalResolution now = resolve();
      DidHistory history = now.history();
      int listed = now.listedDepth(cohort.address(), cohort.terms().beaconType());
      String refusal = "";
      boolean next =
          offered == null || (handover != null && offered.targetVersionId() <= history.versionId());
      if (round > 0 && listed > 0 && next) {
        try {
          offered = offer(history, Optional.of(cohort), medianTime);
        } catch (UpdateRefusedException refused) {
          refusal = String.valueOf(refused.getMessage());
        }
      }
      SignedUpdate update = offered;
      boolean open = update != null && update.targetVersionId() == history.versionId() + 1;
      List<OfferedUpdate> offers =
          open && update != null
              ? List.of(new OfferedUpdate(start.did().text(), update))
              : List.of();
      return List.of(
          new Survey.Document(
              start.did().text(),
              listed,
              history.versionId(),
              offers,
              refusal,
              history.updates().isEmpty() ? Bytes.EMPTY : history.updates().getLast().hash()));
    } finally {
      lock.unlock();
    }
  }

  /** The update that lists the cohort: the one handed out before, or a new one. */
  private SignedUpdate listingOf(Cohort cohort, DidDocument document, int versionId) {
    Optional<SignedUpdate> before = handedOut(versionId + 1);
    if (before.isPresent()) {
      DidDocument after = before.get().applyTo(document, versionId);
      if (!after.lists(cohort.address(), cohort.terms().beaconType())) {
        throw ControllerFailure.lasting(
            "version "
                + (versionId + 1)
                + " of "
                + start.did()
                + " was handed out with update "
                + before.get().hash()
                + " and may still be announced, so no other update may list "
                + cohort.address()
                + "; wait until it is anchored, then join a cohort again");
      }
      return before.get();
    }
    SignedUpdate listing =
        maker.sign(
            UpdateMaker.listing(document, versionId, Handover.beacon(document, cohort)),
            document,
            chain.tip().medianTime());
    checkFollows(listing, document, versionId);
    handOut(listing);
    return listing;
  }

  /** Nothing is spent on a listing that the wanted update could not follow. */
  private void checkFollows(SignedUpdate listing, DidDocument document, int versionId) {
    DidDocument listed = listing.applyTo(document, versionId);
    switch (wanted) {
      case WantedUpdate.Nothing nothing -> {}
      case WantedUpdate.Patch patch -> {
        var unused = UnsignedUpdate.make(listed, patch.operations(), versionId + 2);
      }
      case WantedUpdate.Signed signed -> {
        var unused = signed.update().applyTo(listed, versionId + 1);
      }
    }
  }

  /**
   * The update for the version after this one, signed and handed out; null for none. What is wanted
   * comes first, then what follows from the next cohort; both at once if that one is only added.
   */
  private @Nullable SignedUpdate offer(
      DidHistory history, Optional<Cohort> in, Instant medianTime) {
    DidDocument document = history.current();
    int versionId = history.versionId();
    Optional<SignedUpdate> before = handedOut(versionId + 1);
    if (before.isPresent()) {
      return before.get();
    }
    boolean done =
        ledger.handedOut().stream()
            .anyMatch(each -> each.targetVersionId() <= versionId && isWanted(each));
    if (!done && wanted instanceof WantedUpdate.Signed signed) {
      return handedOut(signed.update(), document, versionId, medianTime);
    }
    ArrayNode operations =
        !done && wanted instanceof WantedUpdate.Patch patch
            ? patch.operations()
            : StrictJson.newArray();
    Handover by = handover;
    if (by != null && in.isPresent()) {
      ArrayNode more = by.operations(document, in.get());
      if (operations.isEmpty() || by.adds(in.get())) {
        operations.addAll(more);
      }
    }
    return operations.isEmpty()
        ? null
        : handedOut(
            maker.sign(
                UnsignedUpdate.make(document, operations, versionId + 1), document, medianTime),
            document,
            versionId,
            medianTime);
  }

  private SignedUpdate handedOut(
      SignedUpdate update, DidDocument document, int versionId, Instant medianTime) {
    var unused = update.applyTo(document, versionId);
    update.checkSafeToHandOut(medianTime);
    handOut(update);
    return update;
  }

  private Optional<SignedUpdate> handedOut(int version) {
    return ledger.handedOut().stream()
        .filter(update -> update.targetVersionId() == version)
        .findFirst();
  }

  private void handOut(SignedUpdate update) {
    ledger.handOut(update);
    listener.handsOut(update);
  }

  private void requireOwn(String did) {
    if (!did.equals(start.did().text())) {
      throw new IllegalArgumentException("DID must be " + start.did() + ", got " + did);
    }
  }
}
