package org.beaconcohort.cohort.peer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * docs/peer-faults.md: strangers, and members in others' names. What they say arrives everywhere,
 * before what they copy or after it, as if they had the keys of channels and inboxes.
 */
final class StrangersTest {
  private static final Bytes OTHER = Bytes.of(new byte[32]);

  private final PeerScene scene = PeerScene.ofExactly(3).members(3);
  private final Stranger stranger = new Stranger(scene.simulation());
  private final Set<Code> refused = new HashSet<>();

  /** Beside every statement of {@code kind} arrives what {@code more} makes of it. */
  private PeerScene beside(
      StatementKind kind, BiFunction<String, SignedStatement, SignedStatement> more) {
    scene
        .simulation()
        .network()
        .tamper((receiver, said) ->
            said.body().kind() == kind ? List.of(more.apply(receiver, said), said) : List.of(said));
    scene.begin().ends();
    scene.simulation().coordinator().refused().forEach(no -> refused.add(no.code()));
    scene
        .simulation()
        .members()
        .forEach(member -> member.refused().forEach(no -> refused.add(no.code())));
    return scene;
  }

  private PeerScene refused(PeerScene ended, Code code) {
    assertTrue(refused.contains(code), code + " expected, got " + refused);
    return ended.nobodyElseNoticed();
  }

  private String did(int member) {
    return scene.simulation().dids().get(member).did().text();
  }

  @Tag("peer-spoof-optin-full-impersonation")
  @Test
  void spoofOptinFullImpersonation() {
    refused(
            beside(StatementKind.OPT_IN, (receiver, said) -> stranger.optsInFor(did(2))),
            Code.OPT_IN_INVALID)
        .is("spoof-optin-full-impersonation");
  }

  @Tag("peer-spoof-optin-after-accept")
  @Test
  void spoofOptinAfterAccept() {
    refused(
            beside(StatementKind.KEYSET_ACK, (receiver, said) -> stranger.optsInFor(did(2))),
            Code.OPT_IN_INVALID)
        .is("spoof-optin-after-accept");
  }

  @Tag("peer-spoof-optin-other-cohort-rekeys-peer")
  @Test
  void spoofOptinOtherCohortRekeysPeer() {
    refused(
            beside(
                StatementKind.OPT_IN,
                (receiver, said) -> stranger.optsInElsewhere("another", did(2))),
            Code.TERMS_MISMATCH)
        .is("spoof-optin-other-cohort-rekeys-peer");
  }

  @Tag("peer-outsider-malformed-optin-commpk")
  @Test
  void outsiderMalformedOptinCommpk() {
    Bytes cohortKey = SecretKey.generate(new SeededRandom(98)).publicKey();
    refused(
            beside(
                StatementKind.OPT_IN,
                (receiver, said) -> stranger.optsIn(stranger.did(), cohortKey, OTHER)),
            Code.OPT_IN_INVALID)
        .is("outsider-malformed-optin-commpk");
  }

  @Tag("peer-outsider-optin-offcurve-pk")
  @Test
  void outsiderOptinOffcurvePk() {
    // x = 5 is on no curve here.
    Bytes noPoint = Bytes.ofHex("02" + "00".repeat(31) + "05");
    refused(
            beside(
                StatementKind.OPT_IN,
                (receiver, said) -> stranger.optsIn(stranger.did(), noPoint, noPoint.slice(1, 33))),
            Code.OPT_IN_INVALID)
        .is("outsider-optin-offcurve-pk");
  }

  @Tag("peer-spoof-submit-update")
  @Test
  void spoofSubmitUpdate() {
    refused(
            beside(
                StatementKind.RESPONSE,
                (receiver, said) ->
                    stranger.inTheNameOf(
                        said,
                        new Response(((Response) said.body()).updates(), another(nonce(said))))),
            Code.AUTHOR_MISMATCH)
        .is("spoof-submit-update");
  }

  @Tag("peer-spoof-nonincluded")
  @Test
  void spoofNonincluded() {
    refused(
            beside(
                StatementKind.RESPONSE,
                (receiver, said) ->
                    stranger.inTheNameOf(said, new Response(Map.of(), nonce(said)))),
            Code.AUTHOR_MISMATCH)
        .is("spoof-nonincluded");
  }

  /** The same points the other way round. */
  private static NonceOffer another(NonceOffer offer) {
    Bytes points = offer.publicNonce();
    return new NonceOffer(offer.number(), Bytes.concat(points.slice(33, 66), points.slice(0, 33)));
  }

  private static NonceOffer nonce(SignedStatement said) {
    return ((Response) said.body()).nonce();
  }

  @Tag("peer-spoof-ack-false")
  @Test
  void spoofAckFalse() {
    refused(
            beside(
                StatementKind.KEYSET_ACK,
                (receiver, said) -> stranger.inTheNameOf(said, new KeysetAck(OTHER))),
            Code.AUTHOR_MISMATCH)
        .is("spoof-ack-false");
  }

  @Tag("peer-spoof-ack-true")
  @Test
  void spoofAckTrue() {
    PeerScene one = PeerScene.of(3).members(3);
    Stranger helper = new Stranger(one.simulation());
    one.simulation()
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof KeysetAck
                ? List.of(helper.inTheNameOf(said, said.body()), said)
                : List.of(said));
    one.begin().vanishes(2, ParticipantState.Verifying.class).ends().is("spoof-ack-true");
  }

  @Tag("peer-outsider-ack-nonmember")
  @Test
  void outsiderAckNonmember() {
    refused(
            beside(StatementKind.KEYSET_ACK, (receiver, said) -> stranger.says(said, said.body())),
            Code.AUTHOR_MISMATCH)
        .is("outsider-ack-nonmember");
  }

  @Tag("peer-outsider-cohort-ready-to-member")
  @Test
  void outsiderCohortReadyToMember() {
    scene
        .simulation()
        .network()
        .tamper((receiver, said) ->
            switch (said.body()) {
              case Welcome honest ->
                  List.of(
                      stranger.inTheNameOf(
                          said,
                          new Welcome(new ChannelKey(OTHER), OTHER, honest.parentProposalId())),
                      said);
              case KeysetProposal honest ->
                  List.of(stranger.inTheNameOf(said, elsewhere(honest)), said);
              default -> List.of(said);
            });
    scene.begin().ends().nobodyElseNoticed().is("outsider-cohort-ready-to-member");
  }

  /** The address is the stranger's. */
  private static KeysetProposal elsewhere(KeysetProposal honest) {
    return Changed.with(
        honest, "address", "bcrt1pnex376v5lypj7254zkj6wnx2wyej49jpnasrysdh8un07wxz7lrsvgvl34");
  }

  @Tag("peer-outsider-aggnonce-to-member")
  @Test
  void outsiderAggnonceToMember() {
    refused(
            beside(
                StatementKind.PROPOSAL,
                (receiver, said) ->
                    stranger.inTheNameOf(
                        said, Changed.with((Proposal) said.body(), "transcript", OTHER))),
            Code.AUTHOR_MISMATCH)
        .is("outsider-aggnonce-to-member");
  }

  @Tag("peer-outsider-distribute-to-member")
  @Test
  void outsiderDistributeToMember() {
    refused(
            beside(
                StatementKind.PROPOSAL,
                (receiver, said) -> {
                  Proposal honest = (Proposal) said.body();
                  return stranger.inTheNameOf(
                      said, Changed.with(honest, "responses", honest.responses().reversed()));
                }),
            Code.AUTHOR_MISMATCH)
        .is("outsider-distribute-to-member");
  }

  @Tag("peer-outsider-authreq-to-member")
  @Test
  void outsiderAuthreqToMember() {
    refused(
            beside(
                StatementKind.OPPORTUNITY,
                (receiver, said) ->
                    stranger.inTheNameOf(
                        said,
                        Changed.with(
                            (Opportunity) said.body(), "outpoint", new Outpoint(OTHER, 7)))),
            Code.AUTHOR_MISMATCH)
        .is("outsider-authreq-to-member");
  }

  @Tag("peer-insider-spoof-nonce")
  @Test
  void insiderSpoofNonce() {
    insider(
            StatementKind.RESPONSE,
            said -> new Response(((Response) said.body()).updates(), another(nonce(said))))
        .is("insider-spoof-nonce");
  }

  @Tag("peer-insider-spoof-psig")
  @Test
  void insiderSpoofPsig() {
    insider(
            StatementKind.PARTIAL_SIGNATURE,
            said -> Changed.with((PartialSignature) said.body(), "signature", OTHER))
        .is("insider-spoof-psig");
  }

  /** Member 0 says it under the number of member 1's statement; its own stays its own. */
  private PeerScene insider(StatementKind kind, Function<SignedStatement, Statement> body) {
    var forger = scene.simulation().forger();
    scene
        .simulation()
        .network()
        .tamper((receiver, said) -> {
          if (said.body().kind() != kind
              || !said.author().equals(scene.simulation().statementKey(1))
              || receiver.equals("member-0")) {
            return List.of(said);
          }
          SignedStatement own =
              scene.simulation().network().statements().stream()
                  .filter(each -> each.author().equals(scene.simulation().statementKey(0)))
                  .findFirst()
                  .orElseThrow();
          return List.of(forger.instead(own, said.header(), body.apply(said)), said);
        });
    return scene.begin().ends();
  }
}
