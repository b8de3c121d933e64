package org.beaconcohort.cohort.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.did.BeaconService;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.signer.NonceVault;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A round of a {@link TestCohort} up to the proposal: updates, nonces and transactions are real.
 */
public final class TestRound {
  /** Median time of the chain when the updates were signed. */
  public static final Instant MEDIAN_TIME = Instant.ofEpochSecond(1_800_000_000 - 3_000);

  /** Value of the outpoint, sat. */
  public static final long VALUE = 50_000;

  private static final long FEE = 500;

  private final TestCohort parties;
  private final Round round;
  private final List<NonceVault> vaults = new ArrayList<>();
  private final List<OfferedUpdate> updates = new ArrayList<>();
  private final List<SignedStatement> responses = new ArrayList<>();
  private final Attempt attempt;
  private final SignedStatement proposal;

  /**
   * The round whose opportunity is what {@code tampering} makes of the good one; everyone answers
   * it, those in {@code declining} without an update.
   */
  public TestRound(
      TestCohort parties, UnaryOperator<Opportunity> tampering, Set<Integer> declining) {
    this.parties = parties;
    Cohort cohort = parties.cohort();
    Transaction funding =
        new Transaction(
            2,
            List.of(Transaction.Input.unsigned(new Outpoint(cohort.id(), 7), 0)),
            List.of(
                new TxOutput(1_000, Bytes.ofHex("51")),
                new TxOutput(VALUE, cohort.output().script())),
            0);
    Outpoint outpoint = new Outpoint(funding.txid(), 1);
    Opportunity good = Round.opportunity(cohort, 1, outpoint, funding, FEE);
    round = new Round(cohort, tampering.apply(good));
    for (int slot = 0; slot < cohort.size(); slot++) {
      TestParty member = parties.members().get(slot);
      NonceVault vault = new NonceVault(member.cohortKey(), parties.random());
      OfferedUpdate update = update(member);
      NonceOffer nonce = vault.open(round.id(), 1, cohort.output().signingContext());
      Map<String, Bytes> entries =
          declining.contains(slot) ? Map.of() : Map.of(update.did(), update.update().hash());
      vaults.add(vault);
      updates.add(update);
      responses.add(member.say(cohort.id(), round.id(), new Response(entries, nonce)));
    }
    attempt = Attempt.first(round, responses);
    proposal = parties.leader().say(cohort.id(), round.id(), attempt.proposal());
  }

  /** Where all is well. */
  public TestRound(TestCohort parties) {
    this(parties, good -> good, Set.of());
  }

  private OfferedUpdate update(TestParty member) {
    DidHistory created = DidHistory.ofKey(member.did());
    ObjectNode beacon =
        new BeaconService(member.did().url("cohort"), BeaconType.CAS, parties.cohort().address())
            .json();
    DidHistory listed = created.with(addition(member, created, beacon));
    ObjectNode service = StrictJson.newObject();
    service.put("id", member.did().url("files"));
    service.put("type", "LinkedDomains");
    service.put("serviceEndpoint", "https://example.org");
    return new OfferedUpdate(member.did().text(), addition(member, listed, service));
  }

  private SignedUpdate addition(TestParty member, DidHistory history, ObjectNode service) {
    ArrayNode patch = StrictJson.newArray();
    patch.addObject().put("op", "add").put("path", "/service/-").set("value", service);
    return SignedUpdate.sign(
        UnsignedUpdate.make(history.current(), patch, history.versionId() + 1),
        history.current(),
        history.current().firstInvocationMethod().orElseThrow().id(),
        member.didKey(),
        MEDIAN_TIME,
        parties.random());
  }

  /** R4 of a slot, with the nonce for another attempt. */
  public SignedStatement partial(int slot) {
    NonceVault vault = vaults.get(slot);
    Bytes signature = vault.sign(round.id(), 1, attempt.transcript(), attempt.session());
    NonceOffer next = vault.open(round.id(), 2, attempt.round().cohort().output().signingContext());
    return parties
        .members()
        .get(slot)
        .say(
            round.cohort().id(),
            round.id(),
            new PartialSignature(attempt.transcript(), signature, next));
  }

  /** The round. */
  public Round round() {
    return round;
  }

  /** Version 3 of every member's document, in key order. */
  public List<OfferedUpdate> updates() {
    return updates;
  }

  /** R2 in key order. */
  public List<SignedStatement> responses() {
    return responses;
  }

  /** The first attempt. */
  public Attempt attempt() {
    return attempt;
  }

  /** R3. */
  public SignedStatement proposal() {
    return proposal;
  }
}
