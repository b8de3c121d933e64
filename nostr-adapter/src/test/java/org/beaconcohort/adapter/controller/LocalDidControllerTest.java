package org.beaconcohort.adapter.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.beaconcohort.adapter.host.NotDurableException;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UpdateRefusal;
import org.beaconcohort.cohort.did.UpdateRefusedException;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class LocalDidControllerTest {
  private final ControllerScene scene = new ControllerScene();
  private final Cohort cohort = scene.cohort();

  @Test
  void listingIsVersionTwoAnnouncedByTheSingleton() {
    LocalDidController controller = funded(scene.homepage());
    controller.list(cohort);
    assertEquals(0, scene.document(controller, cohort, 0).listedDepth());
    scene.chain.mine();
    Survey.Document document = scene.document(controller, cohort, 0);
    assertEquals(1, document.listedDepth());
    assertEquals(2, document.versionId());
    assertTrue(
        controller
            .resolve()
            .history()
            .current()
            .lists(cohort.address(), cohort.terms().beaconType()));
  }

  @Test
  void listingAgainSpendsNothingMore() {
    LocalDidController controller = funded(scene.homepage());
    controller.list(cohort);
    controller.list(cohort);
    scene.chain.mine();
    controller.list(cohort);
    assertEquals(1, scene.chain.spends().size());
    assertEquals(1, scene.handedOut.size());
  }

  @Test
  void theListingIsCreatedNoLaterThanTheMedianTimeOfTheTip() {
    funded(scene.homepage()).list(cohort);
    Instant created = scene.handedOut.get(0).proof().created().orElseThrow();
    assertFalse(created.isAfter(scene.chain.tip().medianTime()));
    assertTrue(scene.handedOut.get(0).proof().expires().isEmpty());
  }

  @Test
  void withoutACoinItSaysWhatToFundAndWithHowMuch() {
    LocalDidController controller = scene.controller(scene.homepage());
    ControllerFailure failure =
        assertThrows(ControllerFailure.class, () -> controller.list(cohort));
    assertTrue(failure.temporary());
    // 154 vB at 2 sat/vB, and the dust limit of a P2TR output.
    String expected = controller.singletonAddress() + " 638";
    assertEquals(List.of(expected), scene.needed);
    assertTrue(
        String.valueOf(failure.getMessage())
            .contains("fund " + controller.singletonAddress() + " with at least 638"),
        failure.getMessage());
  }

  @Test
  void exactlyThatMuchIsEnough() {
    LocalDidController controller = scene.controller(scene.homepage());
    scene.chain.fund(controller.singletonAddress(), 638);
    controller.list(cohort);
    assertEquals(1, scene.chain.spends().size());
  }

  @Test
  void severalSmallCoinsAreSpentTogether() {
    LocalDidController controller = scene.controller(scene.homepage());
    scene.chain.fund(controller.singletonAddress(), 500);
    scene.chain.fund(controller.singletonAddress(), 500);
    controller.list(cohort);
    assertEquals(2, scene.chain.spends().get(0).inputs().size());
  }

  @Test
  void theUpdateOfTheRoundIsMadeForTheVersionAfterTheListing() {
    LocalDidController controller = listed(scene.homepage());
    Survey.Document document = scene.document(controller, cohort, 1);
    assertEquals(3, document.update().get(0).update().targetVersionId());
    assertEquals("", document.refusal());
  }

  @Test
  void theSameBytesAreOfferedForEver() {
    LocalDidController controller = listed(scene.homepage());
    Survey.Document first = scene.document(controller, cohort, 1);
    scene.chain.mine();
    assertEquals(first.update(), scene.document(controller, cohort, 1).update());
    assertEquals(first.update(), scene.document(controller, cohort, 2).update());
  }

  @Test
  void nothingIsOfferedBeforeARoundOpens() {
    LocalDidController controller = listed(scene.homepage());
    assertEquals(List.of(), scene.document(controller, cohort, 0).update());
    assertEquals(1, scene.handedOut.size());
  }

  @Test
  void nothingIsOfferedWithoutAWish() {
    LocalDidController controller = listed(new WantedUpdate.Nothing());
    assertEquals(List.of(), scene.document(controller, cohort, 1).update());
    assertEquals(0, controller.pendingUpdates());
  }

  @Test
  void afterARestartTheLedgerGivesTheSameBytes() {
    LocalDidController before = listed(scene.homepage());
    Survey.Document offered = scene.document(before, cohort, 1);
    LocalDidController after = scene.controller(scene.homepage());
    assertEquals(offered, scene.document(after, cohort, 1));
  }

  @Test
  void afterARestartAListingOnItsWayIsNotPaidTwice() {
    funded(scene.homepage()).list(cohort);
    scene.controller(scene.homepage()).list(cohort);
    assertEquals(1, scene.chain.spends().size());
  }

  @Test
  void aSecondCohortIsListedOnlyWhenTheVersionBeforeIsAnchored() {
    LocalDidController controller = listed(scene.homepage());
    var unused = scene.document(controller, cohort, 1);
    ControllerFailure failure =
        assertThrows(ControllerFailure.class, () -> controller.list(scene.cohort()));
    assertFalse(failure.temporary());
    assertTrue(String.valueOf(failure.getMessage()).contains("version 3"), failure.getMessage());
    assertEquals(2, scene.handedOut.size());
  }

  @Test
  void aRoundThatCarriesTheUpdateBringsTheNextVersion() {
    LocalDidController controller = listed(scene.homepage());
    SignedUpdate update = scene.document(controller, cohort, 1).update().get(0).update();
    CasAnnouncement announcement = CasAnnouncement.of(Map.of(scene.did, update.hash()));
    Bytes txid = scene.signal(cohort.address(), announcement.signalBytes().value(), 1);
    controller.mayBeAnnounced(txid, announcement);
    assertEquals(3, controller.resolve().history().versionId());
    assertEquals(List.of(), scene.document(controller, cohort, 2).update());
    assertEquals(2, controller.sidecar().updates().size());
    assertEquals(List.of(announcement), controller.sidecar().casUpdates());
  }

  @Test
  void aLedgerThatCannotKeepAnUpdateKeepsItFromLeaving() {
    UpdateLedger full =
        new InMemoryLedger() {
          @Override
          protected void recorded() {
            throw ControllerFailure.lasting("disk is full");
          }
        };
    LocalDidController controller = scene.controller(scene.homepage(), full);
    scene.chain.fund(controller.singletonAddress(), 10_000);
    assertThrows(ControllerFailure.class, () -> controller.list(cohort));
    assertEquals(List.of(), scene.chain.spends());
  }

  @Test
  void aSignedUpdateOfTheListingsVersionIsRefusedBeforehand() {
    SignedUpdate signed = signed(DidDocument.initial(scene.did), 2);
    LocalDidController controller = funded(new WantedUpdate.Signed(signed));
    UpdateRefusedException refused =
        assertThrows(UpdateRefusedException.class, controller::checkWanted);
    assertEquals(UpdateRefusal.VERSION_MISMATCH, refused.refusal());
  }

  @Test
  void aSignedUpdateOfAnotherDocumentStopsTheListingBeforeAnythingIsSpent() {
    SignedUpdate signed = signed(DidDocument.initial(scene.did), 3);
    LocalDidController controller = funded(new WantedUpdate.Signed(signed));
    controller.checkWanted();
    ControllerFailure failure =
        assertThrows(ControllerFailure.class, () -> controller.list(cohort));
    assertFalse(failure.temporary());
    assertEquals(List.of(), scene.chain.spends());
    assertEquals(List.of(), scene.handedOut);
  }

  @Test
  void aSignedUpdateOfTheListedDocumentIsOfferedAsItIs() {
    LocalDidController lister = listed(new WantedUpdate.Nothing());
    SignedUpdate signed = signed(lister.resolve().history().current(), 3);
    LocalDidController controller = scene.controller(new WantedUpdate.Signed(signed));
    assertEquals(signed, scene.document(controller, cohort, 1).update().get(0).update());
  }

  @Tag("scenario-42")
  @Test
  void aSignedUpdateFromTheChainsFutureIsNotOfferedAndSaysWhy() {
    LocalDidController lister = listed(new WantedUpdate.Nothing());
    DidDocument listed = lister.resolve().history().current();
    SignedUpdate late = scene.signed(listed, 3, scene.chain.tip().medianTime().plusSeconds(1));
    LocalDidController controller = scene.controller(new WantedUpdate.Signed(late));
    Survey.Document document = scene.document(controller, cohort, 1);
    assertEquals(List.of(), document.update());
    assertTrue(document.refusal().contains("median time"), document.refusal());
  }

  @Test
  void aPatchThatCannotFollowTheListingIsRefusedBeforehand() {
    var patch = scene.homepage().operations();
    patch.addObject().put("op", "remove").put("path", "/service/9");
    LocalDidController controller = funded(new WantedUpdate.Patch(patch));
    UpdateRefusedException refused =
        assertThrows(UpdateRefusedException.class, controller::checkWanted);
    assertEquals(UpdateRefusal.PATCH_FAILED, refused.refusal());
  }

  @Test
  void aTransactionThatIsRefusedThriceIsGivenUp() {
    LocalDidController controller = funded(scene.homepage());
    scene.source.refuse();
    boolean[] temporary = new boolean[3];
    for (int i = 0; i < 3; i++) {
      temporary[i] =
          assertThrows(ControllerFailure.class, () -> controller.list(cohort)).temporary();
    }
    assertEquals(List.of(true, true, false), List.of(temporary[0], temporary[1], temporary[2]));
  }

  @Test
  void itProvesControlWithTheKeyOfTheDid() {
    Bytes message = Bytes.of(new byte[32]);
    Bytes proof = funded(scene.homepage()).prove(scene.did.text(), message);
    assertTrue(Schnorr.verify(scene.key.xOnlyPublicKey(), message, proof));
  }

  @Test
  void anotherDidIsNotItsOwn() {
    LocalDidController controller = funded(scene.homepage());
    assertThrows(
        IllegalArgumentException.class,
        () -> controller.prove("did:btcr2:k1other", Bytes.of(new byte[32])));
  }

  @Test
  void aHistoryThatItDidNotResolveItselfIsRefused() {
    LocalDidController controller = listed(scene.homepage());
    DidHistory later = controller.resolve().history();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new LocalDidController(
                scene.key,
                later,
                scene.homepage(),
                scene.ledger,
                scene.chain,
                SingletonCosts.DEFAULT,
                1,
                scene.random,
                ControllerListener.none()));
  }

  @Test
  void aDidOfAnotherNetworkThanRegtestIsRefusedWhileItsUpdatesAreInMemory() {
    DidHistory mainnet = DidHistory.ofKey(Btcr2Did.ofKey(Network.BITCOIN, scene.key.publicKey()));
    NotDurableException refused =
        assertThrows(
            NotDurableException.class,
            () ->
                new LocalDidController(
                    scene.key,
                    mainnet,
                    scene.homepage(),
                    scene.ledger,
                    scene.chain,
                    SingletonCosts.DEFAULT,
                    1,
                    scene.random,
                    ControllerListener.none()));
    assertTrue(String.valueOf(refused.getMessage()).contains("regtest"));
  }

  private LocalDidController funded(WantedUpdate wanted) {
    LocalDidController controller = scene.controller(wanted);
    scene.chain.fund(controller.singletonAddress(), 10_000);
    return controller;
  }

  private LocalDidController listed(WantedUpdate wanted) {
    LocalDidController controller = funded(wanted);
    controller.list(cohort);
    scene.chain.mine();
    return controller;
  }

  private SignedUpdate signed(DidDocument source, int version) {
    return scene.signed(source, version, scene.chain.tip().medianTime());
  }
}
