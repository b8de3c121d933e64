package org.beaconcohort.adapter.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The singleton fallback of a DID with one key (R20, R21). */
final class AnchoringAloneTest {
  /** Two announcements of 154 vB at 2 sat/vB, and the dust limit of a P2TR output. */
  private static final long FOR_TWO = 946;

  private final ControllerScene scene = new ControllerScene();
  private final Cohort cohort = scene.cohort();

  @Test
  void withoutACoinForTwoAnnouncementsItSaysWhatToFundAndWithHowMuch() {
    LocalDidController controller = scene.controller(scene.homepage());
    scene.chain.fund(controller.singletonAddress(), FOR_TWO - 1);
    ControllerFailure failure = assertThrows(ControllerFailure.class, controller::prepareFallback);
    assertFalse(failure.temporary(), "it does not join until that is paid");
    assertEquals(List.of(controller.singletonAddress() + " " + FOR_TWO), scene.needed);
    assertTrue(
        String.valueOf(failure.getMessage())
            .contains("fund " + controller.singletonAddress() + " with at least " + FOR_TWO),
        failure.getMessage());
    assertEquals(List.of(), scene.handedOut);
  }

  @Test
  void aCoinThatWaitsForItsBlockIsWaitedFor() {
    LocalDidController controller = scene.controller(scene.homepage());
    scene.chain.fund(controller.singletonAddress(), FOR_TWO);
    scene.chain.reorganise(1);
    ControllerFailure failure = assertThrows(ControllerFailure.class, controller::prepareFallback);
    assertTrue(failure.temporary());
    scene.chain.mine();
    controller.prepareFallback();
  }

  @Test
  void aDocumentThatDoesNotListTheSingletonHasNoFallbackHoweverMuchIsThere() {
    LocalDidController first = scene.controller(scene.homepage());
    scene.chain.fund(first.singletonAddress(), 20_000);
    DidDocument document = first.resolve().history().current();
    SignedUpdate removal = scene.removing(document, first.singletonAddress());
    first.anchorAlone(List.of(new OfferedUpdate(scene.did.text(), removal)));
    scene.chain.mine();

    LocalDidController controller = scene.controller(scene.homepage());
    ControllerFailure failure = assertThrows(ControllerFailure.class, controller::prepareFallback);

    assertFalse(failure.temporary());
    assertTrue(
        String.valueOf(failure.getMessage())
            .contains("must list " + first.singletonAddress() + ", the address of its key"),
        failure.getMessage());
    assertEquals(List.of(), scene.needed, "a coin would not help");
  }

  @Test
  void exactlyThatMuchPaysForTheListingAndForAnchoringAlone() {
    LocalDidController controller = scene.controller(scene.homepage());
    scene.chain.fund(controller.singletonAddress(), FOR_TWO);
    controller.prepareFallback();
    controller.list(cohort);
    scene.chain.mine();
    assertEquals(1, controller.anchorAlone(controller.offerAlone()).size());
    scene.chain.mine();
    assertEquals(3, controller.resolve().history().versionId());
  }

  @Test
  void whatTheCohortWasOfferedIsAnchoredAloneByOneTransaction() {
    LocalDidController controller = listed();
    List<OfferedUpdate> offered = scene.document(controller, cohort, 1).update();
    assertEquals(offered, controller.offerAlone());
    List<Bytes> txids = controller.anchorAlone(offered);
    assertEquals(txids, controller.anchorAlone(offered));
    assertEquals(2, scene.chain.spends().size(), "the listing and this");
    assertEquals(
        SignalOutput.of(offered.getFirst().update().hash()),
        scene.chain.spends().getLast().lastOutput());
  }

  @Test
  void anotherProcessWithTheSameLedgerMakesNoSecondTransaction() {
    LocalDidController controller = listed();
    List<OfferedUpdate> offered = controller.offerAlone();
    List<Bytes> txids = controller.anchorAlone(offered);
    LocalDidController again = scene.controller(scene.homepage());
    assertEquals(offered, again.offerAlone());
    assertEquals(txids, again.anchorAlone(offered));
    scene.chain.mine();
    assertEquals(txids, again.anchorAlone(offered));
    assertEquals(2, scene.chain.spends().size());
  }

  @Test
  void whileTheListingIsOnItsWayNothingIsOfferedForAnotherVersion() {
    LocalDidController controller = funded();
    controller.list(cohort);
    ControllerFailure failure = assertThrows(ControllerFailure.class, controller::offerAlone);
    assertTrue(failure.temporary());
    assertTrue(
        String.valueOf(failure.getMessage()).contains("must be anchored first"),
        failure.getMessage());
    assertEquals(1, scene.handedOut.size());
    scene.chain.mine();
    assertEquals(3, controller.offerAlone().getFirst().update().targetVersionId());
  }

  @Test
  void withoutAnyCohortTheUpdateIsOfTheNextVersion() {
    LocalDidController controller = funded();
    List<OfferedUpdate> offered = controller.offerAlone();
    assertEquals(2, offered.getFirst().update().targetVersionId());
    assertEquals(List.of(offered.getFirst().update()), scene.handedOut);
  }

  @Test
  void whoWantsNothingAnchorsNothing() {
    assertEquals(List.of(), scene.controller(new WantedUpdate.Nothing()).offerAlone());
  }

  @Test
  void anotherUpdateThanTheOneHandedOutForItsVersionNeverLeaves() {
    LocalDidController controller = funded();
    var unused = controller.offerAlone();
    DidDocument document = controller.resolve().history().current();
    SignedUpdate other = scene.signed(document, 2, scene.chain.tip().medianTime().minusSeconds(60));
    OfferedUpdate offered = new OfferedUpdate(scene.did.text(), other);
    assertThrows(IllegalArgumentException.class, () -> controller.anchorAlone(List.of(offered)));
    assertEquals(List.of(), scene.chain.spends());
  }

  @Tag("scenario-31")
  @Test
  void afterAnchoringAloneAnotherWishForThatVersionIsNeverMadeAnUpdateOf() {
    LocalDidController controller = listed();
    List<OfferedUpdate> offered = scene.document(controller, cohort, 1).update();
    List<Bytes> txids = controller.anchorAlone(offered);
    // Another process, whose owner has changed its mind.
    ArrayNode patch = scene.homepage().operations();
    ((ObjectNode) patch.get(0).get("value")).put("serviceEndpoint", "https://example.net");
    LocalDidController other = scene.controller(new WantedUpdate.Patch(patch));
    assertEquals(offered, scene.document(other, cohort, 1).update());
    assertThrows(ControllerFailure.class, other::offerAlone);
    assertEquals(txids, other.anchorAlone(offered));
    SignedUpdate forced =
        scene.signed(
            controller.resolve().history().current(),
            3,
            scene.chain.tip().medianTime().minusSeconds(60));
    OfferedUpdate changed = new OfferedUpdate(scene.did.text(), forced);
    assertThrows(IllegalArgumentException.class, () -> other.anchorAlone(List.of(changed)));
    assertEquals(2, scene.chain.spends().size(), "the listing and the first");
    assertEquals(2, scene.handedOut.size(), "the listing's and the first");
  }

  @Tag("scenario-30")
  @Test
  void whatTheCohortAnchorsAfterTheSingletonIsTheSameUpdateAgain() {
    LocalDidController controller = listed();
    List<OfferedUpdate> offered = scene.document(controller, cohort, 1).update();
    var unused = controller.anchorAlone(offered);
    scene.chain.mine();
    DidDocument alone = controller.resolve().history().current();
    assertEquals(3, controller.resolve().history().versionId());
    Bytes hash = offered.getFirst().update().hash();
    CasAnnouncement announcement = CasAnnouncement.of(Map.of(scene.did, hash));
    Bytes txid = scene.signal(cohort.address(), announcement.signalBytes().value(), 1);
    controller.mayBeAnnounced(txid, announcement);
    assertEquals(3, controller.resolve().history().versionId());
    assertEquals(alone, controller.resolve().history().current());
  }

  @Test
  void anUpdateOfAnothersDidIsNotAnchored() {
    LocalDidController controller = funded();
    OfferedUpdate own = controller.offerAlone().getFirst();
    String other = new ControllerScene().did.text();
    OfferedUpdate foreign =
        new OfferedUpdate(other.equals(scene.did.text()) ? other + "x" : other, own.update());
    assertThrows(IllegalArgumentException.class, () -> controller.anchorAlone(List.of(foreign)));
  }

  private LocalDidController funded() {
    LocalDidController controller = scene.controller(scene.homepage());
    scene.chain.fund(controller.singletonAddress(), 10_000);
    return controller;
  }

  private LocalDidController listed() {
    LocalDidController controller = funded();
    controller.list(cohort);
    scene.chain.mine();
    return controller;
  }
}
