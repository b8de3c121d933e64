package org.beaconcohort.cohort.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.DidHistory.Standing;
import org.beaconcohort.cohort.json.StrictJson;
import org.junit.jupiter.api.Test;

class DidHistoryTest {
  private static final String SEED = "history";
  private static final Btcr2Did DID = TestDids.did(SEED);
  private static final DidHistory START = DidHistory.ofKey(DID);
  private static final SignedUpdate SECOND = TestDids.listingUpdate(SEED);
  private static final SignedUpdate OTHER_SECOND =
      TestDids.signed(SEED, START, TestDids.listing(DID, "other"));
  private static final SignedUpdate THIRD =
      TestDids.signed(
          SEED,
          START.with(SECOND),
          TestDids.patch("[{\"op\":\"remove\",\"path\":\"/capabilityDelegation\"}]"));

  /** The same patch between the same documents, signed a second later. */
  private static SignedUpdate secondSignedAgain() {
    return SignedUpdate.sign(
        SECOND.unsigned(),
        START.current(),
        DID.url("initialKey"),
        TestDids.key(SEED),
        TestDids.CREATED.plusSeconds(1),
        TestDids.random());
  }

  private static UpdateRefusal refusal(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(UpdateRefusedException.class, executable).refusal();
  }

  @Test
  void aHistoryIsTheFoldOfItsUpdates() {
    assertEquals(1, START.versionId());
    DidHistory history = START.with(List.of(SECOND, THIRD));
    assertEquals(3, history.versionId());
    assertEquals(List.of(SECOND, THIRD), history.updates());
    assertEquals(THIRD.unsigned().targetHash(), history.current().documentHash());
    assertTrue(history.current().lists(TestDids.COHORT_ADDRESS, BeaconType.CAS));
    assertEquals(1, START.versionId(), "a history does not change");
    assertTrue(history.genesisDocument().isEmpty());
  }

  @Test
  void aHistoryKnowsHowAnUpdateStandsToIt() {
    assertEquals(Standing.NEXT, START.standingOf(SECOND));
    assertEquals(Standing.AHEAD, START.standingOf(THIRD));
    DidHistory history = START.with(SECOND);
    assertEquals(Standing.KNOWN, history.standingOf(SECOND));
    assertEquals(Standing.KNOWN, history.standingOf(secondSignedAgain()));
    assertEquals(Standing.CONFLICTING, history.standingOf(OTHER_SECOND));
    assertEquals(Standing.NEXT, history.standingOf(THIRD));
  }

  @Test
  void aRepeatedUpdateChangesNothing() {
    DidHistory history = START.with(SECOND);
    assertSame(history, history.with(SECOND));
    assertSame(history, history.with(secondSignedAgain()));
  }

  @Test
  void refusesAGapAConflictAndWhatDoesNotVerify() {
    assertEquals(UpdateRefusal.VERSION_MISMATCH, refusal(() -> START.with(THIRD)));
    assertEquals(
        UpdateRefusal.CONFLICTING_UPDATE, refusal(() -> START.with(SECOND).with(OTHER_SECOND)));
    ObjectNode forged = SECOND.json();
    forged.set("proof", THIRD.proof().json());
    assertEquals(
        UpdateRefusal.SIGNATURE_INVALID, refusal(() -> START.with(SignedUpdate.of(forged))));
  }

  @Test
  void onceHandedOutAnUpdateIsTheOnlyOneForItsVersion() {
    DidHistory history = START.withHandedOut(SECOND);
    assertEquals(Optional.of(SECOND), history.handedOut(2));
    assertEquals(1, history.versionId(), "handing out anchors nothing");
    assertEquals(
        UpdateRefusal.CONFLICTING_UPDATE, refusal(() -> history.withHandedOut(OTHER_SECOND)));
    assertEquals(
        UpdateRefusal.CONFLICTING_UPDATE,
        refusal(() -> history.withHandedOut(secondSignedAgain())),
        "the same bytes, rule R20");
    assertEquals(UpdateRefusal.CONFLICTING_UPDATE, refusal(() -> history.with(OTHER_SECOND)));
    assertEquals(Optional.of(SECOND), history.withHandedOut(SECOND).with(SECOND).handedOut(2));
  }

  @Test
  void whatWasAppliedMayBeHandedOutAgainButNothingElse() {
    DidHistory history = START.with(SECOND);
    assertEquals(Optional.of(SECOND), history.withHandedOut(SECOND).handedOut(2));
    assertEquals(
        UpdateRefusal.CONFLICTING_UPDATE, refusal(() -> history.withHandedOut(OTHER_SECOND)));
    assertEquals(
        UpdateRefusal.CONFLICTING_UPDATE,
        refusal(() -> history.withHandedOut(secondSignedAgain())));
  }

  @Test
  void refusesToHandOutWhatWouldNotResolve() {
    assertEquals(UpdateRefusal.VERSION_MISMATCH, refusal(() -> START.withHandedOut(THIRD)));
    ObjectNode forged = SECOND.json();
    forged.set("proof", OTHER_SECOND.proof().json());
    assertEquals(
        UpdateRefusal.SIGNATURE_INVALID,
        refusal(() -> START.withHandedOut(SignedUpdate.of(forged))));
  }

  @Test
  void anX1HistoryStartsWithItsGenesisDocument() {
    ObjectNode genesis = DidDocument.initial(DID).json().put("id", DidDocument.PLACEHOLDER);
    ObjectNode placeheld =
        (ObjectNode)
            StrictJson.parse(
                StrictJson.write(genesis).replace(DID.text(), DidDocument.PLACEHOLDER),
                org.beaconcohort.cohort.json.JsonLimits.DOCUMENT);
    Btcr2Did external = Btcr2Did.ofGenesisDocument(Network.REGTEST, placeheld);
    DidHistory history = DidHistory.ofGenesis(external, placeheld);
    assertEquals(external, history.current().did());
    assertEquals(Optional.of(placeheld), history.genesisDocument());
    UnsignedUpdate update =
        UnsignedUpdate.make(history.current(), TestDids.listing(external, "cohort"), 2);
    SignedUpdate signed =
        SignedUpdate.sign(
            update,
            history.current(),
            external.url("initialKey"),
            TestDids.key(SEED),
            TestDids.CREATED,
            TestDids.random());
    assertEquals(2, history.with(signed).versionId());
    assertEquals(
        TestDids.key(SEED).publicKey(),
        DidKeys.invocationKey(external, StrictJson.write(placeheld)));
  }

  @Test
  void theInvocationKeyIsRefusedWithoutTheRightGenesisDocument() {
    assertEquals(TestDids.key(SEED).publicKey(), DidKeys.invocationKey(DID, ""));
    assertThrows(InvalidDidException.class, () -> DidKeys.invocationKey(DID, "{}"));
    ObjectNode keyless = StrictJson.newObject();
    DidDocument.CONTEXT.forEach(keyless.putArray("@context")::add);
    keyless.put("id", DidDocument.PLACEHOLDER);
    Btcr2Did external = Btcr2Did.ofGenesisDocument(Network.REGTEST, keyless);
    assertThrows(
        InvalidDidException.class,
        () -> DidKeys.invocationKey(external, StrictJson.write(keyless)));
    assertThrows(InvalidDidException.class, () -> DidKeys.invocationKey(external, "{}"));
    assertThrows(IllegalArgumentException.class, () -> DidKeys.invocationKey(external, ""));
  }
}
