package org.beaconcohort.cohort.peer;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimDoubles;
import org.beaconcohort.cohort.simulation.SimJournal;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/peer-faults.md: a member or the coordinator disappears, refuses, or signs badly. */
final class VanishingTest {
  @Tag("peer-ok-baseline")
  @Test
  void okBaseline() {
    PeerScene.of(3).members(3).begin().ends().nobodyElseNoticed().is("ok-baseline");
  }

  @Tag("peer-vanish-optin-default")
  @Test
  void vanishOptinDefault() {
    vanishes(PeerScene.of(3), 3, ParticipantState.OptedIn.class).is("vanish-optin-default");
  }

  @Tag("peer-vanish-optin-timeout")
  @Test
  void vanishOptinTimeout() {
    vanishes(PeerScene.hurried(3), 3, ParticipantState.OptedIn.class).is("vanish-optin-timeout");
  }

  @Tag("peer-vanish-optin-autofallback")
  @Test
  void vanishOptinAutofallback() {
    // Who is gone before the keys are fixed is no matter of who signs.
    vanishes(PeerScene.of(3), 3, ParticipantState.OptedIn.class).is("vanish-optin-autofallback");
  }

  @Tag("peer-vanish-update-timeout")
  @Test
  void vanishUpdateTimeout() {
    vanishes(PeerScene.hurried(3), 3, ParticipantState.Responded.class).is("vanish-update-timeout");
  }

  @Tag("peer-vanish-ack-autofallback")
  @Test
  void vanishAckAutofallback() {
    vanishes(PeerScene.withLeaf(3), 3, ParticipantState.Checking.class)
        .is("vanish-ack-autofallback");
  }

  @Tag("peer-vanish-nonce-default")
  @Test
  void vanishNonceDefault() {
    vanishes(PeerScene.of(3), 3, ParticipantState.Claimed.class).is("vanish-nonce-default");
  }

  @Tag("peer-vanish-nonce-timeout")
  @Test
  void vanishNonceTimeout() {
    vanishes(PeerScene.hurried(3), 3, ParticipantState.Claimed.class).is("vanish-nonce-timeout");
  }

  @Tag("peer-vanish-nonce-autofallback")
  @Test
  void vanishNonceAutofallback() {
    vanishes(PeerScene.withLeaf(3), 3, ParticipantState.Claimed.class)
        .is("vanish-nonce-autofallback");
  }

  @Tag("peer-vanish-nonce-2of4-autofallback")
  @Test
  void vanishNonce2of4Autofallback() {
    PeerScene.withLeaf(4)
        .members(4)
        .begin()
        .vanishes(3, ParticipantState.Responded.class)
        .vanishes(2, ParticipantState.Responded.class)
        .ends()
        .is("vanish-nonce-2of4-autofallback");
  }

  private static PeerScene vanishes(
      PeerScene scene, int members, Class<? extends ParticipantState> state) {
    return scene.members(members).begin().vanishes(members - 1, state).ends();
  }

  @Tag("peer-bad-psig-default")
  @Test
  void badPsigDefault() {
    signsBadly(PeerScene.of(3), VanishingTest::turned).is("bad-psig-default");
  }

  @Tag("peer-bad-psig-autofallback")
  @Test
  void badPsigAutofallback() {
    signsBadly(PeerScene.withLeaf(3), VanishingTest::turned).is("bad-psig-autofallback");
  }

  @Tag("peer-zero-psig")
  @Test
  void zeroPsig() {
    signsBadly(PeerScene.of(3), partial -> filled(32)).is("zero-psig");
  }

  /** It is gone when that is said: it could finish with what it did not say. */
  private static PeerScene signsBadly(PeerScene scene, UnaryOperator<Bytes> change) {
    return scene
        .members(3)
        .says(
            2,
            body ->
                body instanceof PartialSignature honest
                    ? new PartialSignature(
                        honest.transcript(), change.apply(honest.signature()), honest.next())
                    : body)
        .begin()
        .vanishesHavingSaid(2, StatementKind.PARTIAL_SIGNATURE)
        .ends();
  }

  @Tag("peer-bad-nonce")
  @Test
  void badNonce() {
    PeerScene.of(3)
        .members(3)
        .says(
            2,
            body ->
                body instanceof Response honest
                    ? new Response(
                        honest.updates(), new NonceOffer(honest.nonce().number(), filled(66)))
                    : body)
        .begin()
        .ends()
        .is("bad-nonce");
  }

  @Tag("peer-short-nonce")
  @Test
  void shortNonce() {
    PeerScene scene = PeerScene.of(3).members(3);
    // Its text is none, so that no reader hands it over.
    scene
        .simulation()
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof Response response
                    && said.author().equals(scene.simulation().statementKey(2))
                    && !receiver.equals("member-2")
                    && isNoStatement(said, response)
                ? List.of()
                : List.of(said));
    scene.begin().ends().is("short-nonce");
  }

  private static boolean isNoStatement(SignedStatement said, Response response) {
    String nonce = response.nonce().publicNonce().hex();
    String text = StatementCodec.encode(said.header(), response);
    String cut = text.replace(nonce, nonce.substring(2));
    var unused =
        assertThrows(
            MalformedStatementException.class,
            () -> StatementCodec.decode(said.body().kind(), cut, SimNotary::read));
    return true;
  }

  @Tag("peer-reject-signing-default")
  @Test
  void rejectSigningDefault() {
    faulty(PeerScene.of(3), FaultyParts.refusingToSign()).is("reject-signing-default");
  }

  @Tag("peer-reject-validation")
  @Test
  void rejectValidation() {
    faulty(PeerScene.of(3), FaultyParts.rejecting()).is("reject-validation");
  }

  private static PeerScene faulty(PeerScene scene, SimDoubles parts) {
    scene.members(2).simulation().addFaultyMember(parts);
    return scene.begin().ends();
  }

  private static Bytes turned(Bytes partial) {
    byte[] other = partial.toArray();
    other[31] ^= 1;
    return Bytes.of(other);
  }

  private static Bytes filled(int size) {
    byte[] ones = new byte[size];
    java.util.Arrays.fill(ones, (byte) 0xff);
    return Bytes.of(ones);
  }

  @Tag("peer-coordinator-killed-no-restart")
  @Test
  void coordinatorKilledNoRestart() {
    PeerScene.of(3)
        .members(3)
        .begin()
        .coordinatorVanishes(CoordinatorState.Proposing.class)
        .ends()
        .nobodyElseNoticed()
        .is("coordinator-killed-no-restart");
  }

  @Tag("peer-coordinator-killed-restart-same-key")
  @Test
  void coordinatorKilledRestartSameKey() {
    PeerScene scene = PeerScene.of(3).members(3);
    var coordinator = scene.simulation().coordinator();
    AtomicBoolean once = new AtomicBoolean(true);
    coordinator.crashAndRestart(
        append ->
            coordinator.state() instanceof CoordinatorState.Collecting && once.getAndSet(false)
                ? SimJournal.Moment.AFTER
                : SimJournal.Moment.NEVER,
        Duration.ofSeconds(10));
    scene.begin().ends().nobodyElseNoticed().is("coordinator-killed-restart-same-key");
  }
}
