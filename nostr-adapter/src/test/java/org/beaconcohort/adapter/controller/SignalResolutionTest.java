package org.beaconcohort.adapter.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.BeaconService;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.key.KeyAddress;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

final class SignalResolutionTest {
  private final ControllerScene scene = new ControllerScene();
  private final DidHistory start = DidHistory.ofKey(scene.did);
  private final String singleton = KeyAddress.p2tr(Network.REGTEST, scene.key.publicKey());
  private final Cohort cohort = scene.cohort();
  private final SignedUpdate second =
      scene.signed(DidDocument.initial(scene.did), 2, ControllerScene.NOW);

  @Test
  void aSignalFromAListedBeaconBringsTheNextVersion() {
    Bytes txid = scene.signal(singleton, second.hash(), 1);
    SignalResolution resolved = resolve(List.of(second), List.of(), List.of(txid), 1);
    assertEquals(2, resolved.history().versionId());
    assertEquals(List.of(new SignalResolution.Signal(txid, 1)), resolved.signals());
  }

  @Test
  void aSignalThatIsNotDeepEnoughDoesNotCount() {
    Bytes txid = scene.signal(singleton, second.hash(), 1);
    assertEquals(1, versionOf(resolve(List.of(second), List.of(), List.of(txid), 2)));
  }

  @Test
  void aSignalFromAnAddressNobodyListsDoesNotCount() {
    String stranger =
        KeyAddress.p2tr(Network.REGTEST, SecretKey.generate(scene.random).publicKey());
    Bytes txid = scene.signal(stranger, second.hash(), 1);
    assertEquals(1, versionOf(resolve(List.of(second), List.of(), List.of(txid), 1)));
  }

  @Test
  void aTransactionThatSaysSomethingElseDoesNotCount() {
    Bytes txid = scene.signal(singleton, Bytes.of(new byte[32]), 1);
    assertEquals(1, versionOf(resolve(List.of(second), List.of(), List.of(txid), 1)));
  }

  @Test
  void aTransactionTheChainDoesNotKnowDoesNotCount() {
    assertEquals(1, versionOf(resolve(List.of(second), List.of(), List.of(second.hash()), 1)));
  }

  @Test
  void aSingletonThatSignalsAnAnnouncementSaysNothing() {
    CasAnnouncement announcement = CasAnnouncement.of(Map.of(scene.did, second.hash()));
    Bytes txid = scene.signal(singleton, announcement.signalBytes().value(), 1);
    assertEquals(1, versionOf(resolve(List.of(second), List.of(announcement), List.of(txid), 1)));
  }

  @Test
  void aCohortsSignalNeedsItsAnnouncement() {
    SignedUpdate listing = listing();
    SignedUpdate third = third(listing);
    CasAnnouncement announcement = CasAnnouncement.of(Map.of(scene.did, third.hash()));
    List<Bytes> txids =
        List.of(
            scene.signal(cohort.address(), announcement.signalBytes().value(), 1),
            scene.signal(singleton, listing.hash(), 3));
    List<SignedUpdate> updates = List.of(third, listing);
    assertEquals(2, versionOf(resolve(updates, List.of(), txids, 1)));
    assertEquals(3, versionOf(resolve(updates, List.of(announcement), txids, 1)));
  }

  @Test
  void anAnnouncementWithoutTheDidChangesNothing() {
    SignedUpdate listing = listing();
    CasAnnouncement announcement = CasAnnouncement.of(Map.of());
    List<Bytes> txids =
        List.of(
            scene.signal(singleton, listing.hash(), 3),
            scene.signal(cohort.address(), announcement.signalBytes().value(), 1));
    assertEquals(2, versionOf(resolve(List.of(listing), List.of(announcement), txids, 1)));
  }

  @Test
  void theListedDepthIsThatOfTheVersionThatBeganToListIt() {
    SignedUpdate listing = listing();
    SignedUpdate third = third(listing);
    List<Bytes> txids =
        List.of(
            scene.signal(singleton, listing.hash(), 7), scene.signal(singleton, third.hash(), 2));
    SignalResolution resolved = resolve(List.of(listing, third), List.of(), txids, 1);
    assertEquals(3, versionOf(resolved));
    assertEquals(7, resolved.listedDepth(cohort.address(), BeaconType.CAS));
    assertEquals(0, resolved.listedDepth(cohort.address(), BeaconType.SMT));
    assertEquals(Integer.MAX_VALUE, resolved.listedDepth(singleton, BeaconType.SINGLETON));
  }

  @Test
  void signalsAreOnePerVersion() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SignalResolution(start, List.of(new SignalResolution.Signal(second.hash(), 1))));
  }

  private SignedUpdate listing() {
    BeaconService beacon =
        new BeaconService(scene.did.url("cohort"), BeaconType.CAS, cohort.address());
    DidDocument source = start.current();
    return new UpdateMaker(scene.key, scene.random)
        .sign(UpdateMaker.listing(source, 1, beacon), source, ControllerScene.NOW);
  }

  private SignedUpdate third(SignedUpdate listing) {
    return scene.signed(start.with(listing).current(), 3, ControllerScene.NOW);
  }

  private SignalResolution resolve(
      List<SignedUpdate> updates,
      List<CasAnnouncement> announcements,
      List<Bytes> txids,
      int depth) {
    return SignalResolution.resolve(start, updates, announcements, txids, scene.source, depth);
  }

  private static int versionOf(SignalResolution resolved) {
    return resolved.history().versionId();
  }
}
