package org.beaconcohort.cohort.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UpdateRefusal;
import org.beaconcohort.cohort.did.UpdateRefusedException;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.signer.NonceClaimedException;
import org.beaconcohort.cohort.signer.NonceVault;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.SimDid;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The attacks A1 to A5 of go-crypto-wallet's threat model, as they would be made here (GW-19). */
final class AbuseTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);
  private static final Bytes ONE = hash(1);
  private static final Bytes TWO = hash(2);
  private static final Bytes THREE = hash(3);

  private static Bytes hash(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  private static Simulation cohort(long seed) {
    Simulation simulation = new Simulation(seed, Simulation.terms(2, 2));
    simulation.addMember(true);
    simulation.addMember(true);
    return simulation;
  }

  @Tag("abuse-A1")
  @Test
  void aNonceThatIsAskedForASecondTranscriptGivesNoSecondSignature() {
    Simulation simulation = cohort(601);
    // Signatures reach nobody, so that the attempt stays open.
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof PartialSignature ? List.of() : List.of(said));
    simulation.begin();
    for (var member : simulation.members()) {
      assertTrue(
          simulation.runUntil(() -> member.state() instanceof ParticipantState.Signed, TWO_DAYS));
    }
    Attempt first =
        ((ParticipantState.Signed) simulation.members().get(0).state()).claim().attempt();
    Attempt second = first.next(first.nonceCarriers());
    assertNotEquals(first.transcript(), second.transcript());
    SignedStatement proposed =
        simulation.network().statements().stream()
            .filter(said -> said.body() instanceof Proposal)
            .findFirst()
            .orElseThrow();
    SignedStatement again =
        simulation
            .forger()
            .instead(
                proposed,
                Changed.with(proposed.header(), "seq", proposed.header().seq() + 1_000),
                second.proposal());
    for (var member : simulation.members()) {
      member.accept(new Input.Heard(again));
    }
    simulation.run(TWO_DAYS);
    for (int i = 0; i < 2; i++) {
      Set<Bytes> transcripts = new HashSet<>();
      for (SignedStatement said : simulation.network().statements()) {
        if (said.body() instanceof PartialSignature partial
            && said.author().equals(simulation.statementKey(i))) {
          transcripts.add(partial.transcript());
        }
      }
      assertEquals(Set.of(first.transcript()), transcripts);
    }
  }

  @Tag("abuse-A1")
  @Test
  void theOwnerOfANonceRefusesASecondTranscriptWhoeverAsks() {
    SeededRandom random = new SeededRandom(602);
    SecretKey key = SecretKey.generate(random);
    KeyAggContext keys =
        KeyAggContext.of(List.of(key.publicKey(), SecretKey.generate(random).publicKey()));
    NonceVault vault = new NonceVault(key, random);
    Bytes own = vault.open(ONE, 1, keys).publicNonce();
    SessionContext session = SessionContext.of(NonceAgg.aggregate(List.of(own, own)), keys, THREE);
    Bytes partial = vault.sign(ONE, 1, TWO, session);
    assertThrows(NonceClaimedException.class, () -> vault.sign(ONE, 1, THREE, session));
    assertEquals(partial, vault.sign(ONE, 1, TWO, session), "and the first as often as wanted");
  }

  @Tag("abuse-A2")
  @Test
  void aKeyMadeOfTheOthersGetsNoSeatBecauseNobodyHasItsSecret() {
    PeerScene scene = PeerScene.ofExactly(2).members(2);
    Simulation simulation = scene.simulation();
    Stranger stranger = new Stranger(simulation);
    Bytes[] rogue = {Bytes.EMPTY};
    simulation
        .network()
        .tamper((receiver, said) -> {
          if (said.body() instanceof OptIn honest && receiver.equals("coordinator")) {
            // P' = X - P for a key X of its own: naively added to P it would be X alone.
            CurveEngine engine = CurveEngines.get();
            rogue[0] =
                engine
                    .sum(
                        List.of(
                            engine.decode(stranger.cohortKey()),
                            engine.negate(engine.decode(honest.cohortKey()))))
                    .compressed();
            return List.of(stranger.optsIn(stranger.did(), rogue[0], stranger.inboxKey()), said);
          }
          return List.of(said);
        });
    scene.begin().ends().nobodyElseNoticed();
    assertTrue(
        simulation.coordinator().refused().stream()
            .anyMatch(no -> no.code() == Code.OPT_IN_INVALID));
    // And if it had a seat, the aggregate would not be the stranger's key (BIP-327).
    Bytes victim = optIn(simulation).cohortKey();
    KeyAggContext keys = KeyAggContext.of(List.of(victim, rogue[0]));
    assertNotEquals(stranger.cohortKey().slice(1, 33), keys.xOnlyAggregateKey());
  }

  private static OptIn optIn(Simulation simulation) {
    return simulation.network().statements().stream()
        .filter(said -> said.body() instanceof OptIn)
        .map(said -> (OptIn) said.body())
        .findFirst()
        .orElseThrow();
  }

  @Tag("abuse-A3")
  @Test
  void aFileThatWasExchangedOnTheWayIsRefusedByItsReader() {
    Simulation simulation = cohort(603);
    simulation.begin();
    simulation.run(TWO_DAYS);
    // An update, in which the file on the way names another address.
    SimDid did = simulation.dids().get(0);
    SignedUpdate update = did.made().get(0);
    String text = update.json().toString();
    String other = text.replace("bcrt1p", "bcrt1q");
    assertNotEquals(text, other);
    SignedUpdate exchanged =
        SignedUpdate.of((ObjectNode) StrictJson.parse(other, JsonLimits.DOCUMENT));
    UpdateRefusedException refused =
        assertThrows(
            UpdateRefusedException.class, () -> DidHistory.ofKey(did.did()).with(exchanged));
    assertTrue(
        refused.refusal() == UpdateRefusal.SIGNATURE_INVALID
            || refused.refusal() == UpdateRefusal.TARGET_HASH_MISMATCH,
        refused.toString());
    // A statement, whoever carries it.
    String event = simulation.network().statements().getLast().event();
    int at = event.lastIndexOf('|');
    String forged = event.substring(0, at - 3) + "0" + event.substring(at - 2);
    assertThrows(MalformedStatementException.class, () -> SimNotary.read(forged + " "));
    assertThrows(
        MalformedStatementException.class,
        () -> SimNotary.read(event.substring(0, at + 1) + "00".repeat(64)));
  }

  @Tag("abuse-A3")
  @Test
  void aFundingTransactionThatWasExchangedIsRefusedByEverybodysOwnChain() {
    leaderTells(
        Code.PREVOUT_MISMATCH,
        honest ->
            Changed.with(
                honest,
                "fundingTransaction",
                Bytes.concat(
                    honest.fundingTransaction().slice(0, honest.fundingTransaction().size() - 4),
                    Bytes.ofHex("01000000"))));
  }

  @Tag("abuse-A4")
  @Test
  void whoKnowsTheRandomnessOfAnOpeningDoesNotKnowItsNonce() {
    SecureRandom stuck =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 7);
          }
        };
    Set<Bytes> nonces = new HashSet<>();
    SeededRandom random = new SeededRandom(604);
    int opened = 0;
    for (int each = 0; each < 3; each++) {
      SecretKey key = SecretKey.generate(random);
      KeyAggContext keys =
          KeyAggContext.of(List.of(key.publicKey(), SecretKey.generate(random).publicKey()));
      for (Bytes round : List.of(ONE, TWO, THREE)) {
        nonces.add(new NonceVault(key, stuck).open(round, 1, keys).publicNonce());
        opened++;
      }
    }
    assertEquals(opened, nonces.size(), "key, key set and round are in every nonce");
  }

  @Tag("abuse-A5")
  @Test
  void anUrgentOrderOfTheLeaderToPayElsewhereIsRefusedByEveryMembersOwnChecks() {
    leaderTells(
        Code.OUTPUTS_MISMATCH,
        honest -> {
          TxOutput change = honest.outputs().getFirst();
          Bytes elsewhere = Bytes.concat(Bytes.ofHex("5120"), TWO);
          return Changed.with(honest, "outputs", List.of(new TxOutput(change.value(), elsewhere)));
        });
  }

  /** Nobody signs that, everybody says why, and the next leader's round is anchored. */
  private static void leaderTells(Code code, UnaryOperator<Opportunity> change) {
    Simulation simulation = cohort(605);
    simulation.coordinatorLies(StatementKind.OPPORTUNITY, body -> change.apply((Opportunity) body));
    simulation.begin();
    simulation.run(TWO_DAYS);
    for (var member : simulation.members()) {
      assertTrue(
          member.facts().stream()
              .anyMatch(fact ->
                  fact instanceof ParticipantFact.OpportunityRefused no && no.code() == code),
          () -> code + " expected in " + member.facts());
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().getLast());
    }
  }
}
