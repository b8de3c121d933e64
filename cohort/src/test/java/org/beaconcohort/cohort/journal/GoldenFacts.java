package org.beaconcohort.cohort.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.CloseReason;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.message.SuccessionStatement.SweepRequest;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.message.TimeStatement.ExtendedPhase;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.LeafFact;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** The facts of the first stored records, in their order; no two fields of a fact are alike. */
final class GoldenFacts {
  private static final String DID =
      "did:btcr2:k1qgpg9p30gcgxl4fe2jm0clqed95dkpfuvsexfazj0ux2h2qj4yxrtrc7qf3n3";
  private static final String UPDATE =
      """
      {"@context":["https://w3id.org/json-ld-patch/v1","https://w3id.org/zcap/v1",\
      "https://w3id.org/security/data-integrity/v2","https://btcr2.dev/context/v1"],\
      "patch":[{"op":"add","path":"/service/-","value":{"id":"DID#files",\
      "serviceEndpoint":"https://example.org","type":"LinkedDomains"}}],\
      "targetVersionId":3,"sourceHash":"I6y63su4-aFLUm0F1enX4V9oiAnIfHGFaFxtb3N-vFU",\
      "targetHash":"9wpxyWm28JP3veqxEtWCi6HKy1AvsgQxKvI-lhr0w0k",\
      "proof":{"@context":["https://w3id.org/json-ld-patch/v1","https://w3id.org/zcap/v1",\
      "https://w3id.org/security/data-integrity/v2","https://btcr2.dev/context/v1"],\
      "capability":"urn:zcap:root:did%3Abtcr2%3Ak1qgpg9p30gcgxl4fe2jm0clqed95dkpfuvsexfazj0ux2h2\
      qj4yxrtrc7qf3n3","capabilityAction":"Write","created":"2027-01-15T07:10:00Z",\
      "cryptosuite":"bip340-jcs-2025","invocationTarget":"DID",\
      "proofPurpose":"capabilityInvocation","proofValue":"z2awekwASX19oSU3wdGcrMZm7thaPSQj2XrSv\
      noGYnvxYY8FWi3uGR8PNfnW8EzXtWd6396Kz1QJZB8mz3wM1kVtD","type":"DataIntegrityProof",\
      "verificationMethod":"DID#initialKey"}}\
      """
          .replace("DID", DID);

  private static final Instant UNTIL = Instant.parse("2026-06-01T12:00:00.000000001Z");
  private static final ChannelKey CHANNEL = new ChannelKey(fill("c4", 32));
  private static final Outpoint OUTPOINT =
      new Outpoint(Bytes.concat(fill("0a", 31), fill("0b", 1)), 7);
  private static final NonceOffer NONCE =
      new NonceOffer(2, Bytes.concat(fill("02", 33), fill("03", 33)));
  private static final CasAnnouncement BUNDLE =
      CasAnnouncement.of(Map.of(Btcr2Did.parse(DID), fill("ca", 32)));
  private static final SimNotary NOTARY =
      new SimNotary(SecretKey.generate(new SeededRandom(1)), () -> Simulation.START);

  private GoldenFacts() {}

  static List<ParticipantFact> ofParticipant() {
    List<ParticipantFact> facts = new ArrayList<>();
    SignedStatement request = say(new RoundRequest(3));
    facts.add(new ParticipantFact.Made(request, new Recipient.Channel(CHANNEL, 3)));
    facts.add(
        new ParticipantFact.Made(
            request, new Recipient.Inboxes(List.of(fill("1b", 32), fill("2b", 32)))));
    facts.add(
        new ParticipantFact.Noted(
            say(new PartialSignature(fill("77", 32), fill("5e", 32), NONCE))));
    facts.add(new ParticipantFact.AnnouncementChosen(announcement(), UNTIL));
    facts.add(
        new ParticipantFact.Welcomed(
            say(new Welcome(CHANNEL, fill("4b", 32), Bytes.EMPTY)), Instant.MAX));
    facts.add(new ParticipantFact.KeysetVerified(fill("4b", 32), UNTIL));
    facts.add(new ParticipantFact.KeysetFinal(UNTIL));
    facts.add(new ParticipantFact.FundingFound(OUTPOINT, UNTIL));
    facts.add(new ParticipantFact.AddressListed(UNTIL));
    facts.add(new ParticipantFact.OpportunityTaken(fill("0b", 32), UNTIL));
    facts.add(
        new ParticipantFact.OpportunityRefused(
            fill("0b", 32), Code.FEE_OUT_OF_CORRIDOR, "fee \"too\" high: 1 €\n😀"));
    facts.add(
        new ParticipantFact.UpdatesCommitted(
            List.of(new OfferedUpdate(DID, SignedUpdate.parse(UPDATE))), UNTIL));
    facts.add(new ParticipantFact.UpdatesCommitted(List.of(), UNTIL));
    facts.add(new ParticipantFact.NonceOpened(NONCE));
    facts.add(new ParticipantFact.NonceReplaced(List.of(fill("4d", 32), fill("4e", 32)), NONCE));
    facts.add(new ParticipantFact.AttemptLost(UNTIL));
    facts.add(new ParticipantFact.ProposalTaken(fill("4c", 32), BUNDLE));
    facts.add(new ParticipantFact.ProposalRefused(fill("4c", 32), Code.NONCE_NOT_MINE, "said"));
    facts.add(
        new ParticipantFact.Claimed(fill("4c", 32), 2, fill("77", 32), OUTPOINT.txid(), UNTIL));
    facts.add(new ParticipantFact.PartialRecorded(fill("5e", 32), NONCE, UNTIL));
    facts.add(new ParticipantFact.Completed(fill("5f", 64), UNTIL));
    facts.add(new ParticipantFact.SignalAnchored(6, UNTIL));
    facts.add(new ParticipantFact.NextRound(2));
    facts.add(new ParticipantFact.Ended(new Outcome.Anchored(OUTPOINT.displayTxid())));
    facts.add(new ParticipantFact.Ended(new Outcome.Failed(Code.NONCE_LOST, "")));
    facts.add(
        new ParticipantFact.Ended(
            new Outcome.MayStillConfirm(
                OUTPOINT.displayTxid(), fill("51", 32), Code.SILENT_MEMBER, "wait")));
    return facts;
  }

  /** What came with the second stored records. */
  static List<ParticipantFact> laterOfParticipant() {
    return List.of(
        new ParticipantFact.HeadRead(fill("1a", 16)),
        new ParticipantFact.ClockJumped(-31_536_000),
        new ParticipantFact.RolledBack(say(new RoundRequest(3)), Code.ROLLED_BACK),
        new ParticipantFact.Ended(new Outcome.Halted(Code.DUPLICATE_INSTANCE, "two")));
  }

  /** What came with the second stored records. */
  static List<CoordinatorFact> laterOfCoordinator() {
    return List.of(new CoordinatorFact.RolledBack(announcement(), Code.DUPLICATE_INSTANCE));
  }

  /** What came with the third stored records. */
  static List<ParticipantFact> latestOfParticipant() {
    return List.of(
        new ParticipantFact.FallbackBegun(List.of()),
        new ParticipantFact.FallbackBegun(
            List.of(new OfferedUpdate(DID, SignedUpdate.parse(UPDATE)))),
        new ParticipantFact.FallbackAnchored(List.of(OUTPOINT.txid())),
        new ParticipantFact.CohortOver(new Outcome.Failed(Code.SILENT_MEMBER, "said"), UNTIL),
        new ParticipantFact.Ended(
            new Outcome.AnchoredAlone(List.of(OUTPOINT.displayTxid()), Code.SILENT_MEMBER, "said")),
        new ParticipantFact.RoundDue(UNTIL),
        new ParticipantFact.EpochEndorsed(2, fill("1e", 32), UNTIL),
        new ParticipantFact.RoundLed(opportunity()),
        new ParticipantFact.AttemptLed(fill("a7", 32)),
        new ParticipantFact.BroadcastDue());
  }

  /** What came with the third stored records. */
  static List<CoordinatorFact> latestOfCoordinator() {
    return List.of(new CoordinatorFact.RoundFollowed(fill("0b", 32), UNTIL));
  }

  /** What came with key sets that follow one another. */
  static List<ParticipantFact> keysetsOfParticipant() {
    return List.of(
        new ParticipantFact.Rewelcomed(
            say(new Welcome(CHANNEL, fill("4b", 32), Bytes.EMPTY)), UNTIL),
        new ParticipantFact.KeysetRefused(fill("4b", 32), Code.KEYSET_MISMATCH, "said"),
        new ParticipantFact.AcksMissing(UNTIL),
        new ParticipantFact.EarlierFinal(fill("4a", 32), UNTIL),
        new ParticipantFact.AlsoFinal(fill("4a", 32)),
        new ParticipantFact.FundingDecided(fill("4a", 32)));
  }

  /** What came with key sets that follow one another. */
  static List<CoordinatorFact> keysetsOfCoordinator() {
    return List.of(
        new CoordinatorFact.KeysetShrunk(List.of(fill("e1", 32), fill("e2", 32)), UNTIL),
        new CoordinatorFact.EarlierFinal(fill("4a", 32), UNTIL),
        new CoordinatorFact.ReadinessSeen(List.of(fill("e1", 32)), UNTIL),
        new CoordinatorFact.WelcomeSeen(
            say(new Welcome(CHANNEL, fill("4b", 32), Bytes.EMPTY)), UNTIL),
        new CoordinatorFact.AnnouncementFound(
            say(new Welcome(CHANNEL, fill("4b", 32), Bytes.EMPTY)), UNTIL),
        new CoordinatorFact.SeatsTaken(UNTIL),
        new CoordinatorFact.KeysetWatched(UNTIL));
  }

  /** Facts about a cohort that follows another. */
  static List<ParticipantFact> ofSuccession() {
    SignedStatement announcement =
        say(new Announcement("next", Simulation.terms(2, 5), fill("c0", 32)));
    KeysetProposal proposal =
        new KeysetProposal(
            announcement.event(),
            List.of(fill("02", 33), fill("03", 33)),
            List.of(fill("0e", 32), fill("0f", 32)),
            0,
            "bcrt1pnext",
            fill("6c", 32),
            Bytes.EMPTY);
    SignedStatement proposed = say(proposal);
    return List.of(
        new ParticipantFact.Noted(
            say(
                new Succession(
                    announcement,
                    proposed,
                    List.of(),
                    List.of(say(new KeysetAck(proposed.id())))))),
        new ParticipantFact.Noted(say(new SweepRequest(2, fill("c1", 32)))),
        new ParticipantFact.SuccessionBegun(fill("c1", 32)),
        new ParticipantFact.Ended(
            new Outcome.SucceededBy(fill("c1", 32), "bcrt1pnext", OUTPOINT.displayTxid())));
  }

  /** What parking added. */
  static List<CoordinatorFact> parkedOfCoordinator() {
    return List.of(new CoordinatorFact.CandidateParked(say(new RoundRequest(3))));
  }

  /** What came with the records about time. */
  static List<ParticipantFact> aboutTimeOfParticipant() {
    return List.of(
        new ParticipantFact.DeadlineExtended(fill("ee", 32), UNTIL),
        new ParticipantFact.ExtensionLed(new Extend(ExtendedPhase.RESPONSE, 1), UNTIL),
        new ParticipantFact.RelaysAsked(UNTIL),
        new ParticipantFact.RelaysSeen(),
        new ParticipantFact.RelaysLost(UNTIL),
        new ParticipantFact.RelaysBack(Instant.MAX),
        new ParticipantFact.Ended(new Outcome.Failed(Code.RELAYS_UNREACHABLE, "dark")),
        new ParticipantFact.ProposalRefused(fill("4c", 32), Code.NOT_DUE, "early"));
  }

  /** What came with the records about time. */
  static List<CoordinatorFact> aboutTimeOfCoordinator() {
    return List.of(
        new CoordinatorFact.DeadlineExtended(new Extend(ExtendedPhase.PARTIAL, 8), UNTIL));
  }

  /** What came with leaf A. */
  static List<ParticipantFact> leafOfParticipant() {
    return List.of(
        new ParticipantFact.NonceOpened(NonceOffer.NONE),
        new LeafFact.PartialsDue(UNTIL),
        new LeafFact.LeafTaken(fill("4f", 32), BUNDLE, UNTIL),
        new LeafFact.LeafDue(fill("4f", 32)),
        new LeafFact.LeafConfirming(fill("4f", 32)),
        new LeafFact.LeafRefused(fill("4f", 32), Code.PATH_NOT_CONSENTED, "said"),
        new LeafFact.LeafClaimed(fill("4f", 32), fill("ac", 32), OUTPOINT.txid()),
        new LeafFact.LeafRecorded(fill("5f", 64)),
        new LeafFact.CompletedByLeaf(fill("4f", 32), leafSpend(), BUNDLE, UNTIL));
  }

  /** What came with a coordinator's own canary. */
  static List<CoordinatorFact> canaryOfCoordinator() {
    return List.of(
        new CoordinatorFact.RelaysAsked(UNTIL),
        new CoordinatorFact.RelaysSeen(),
        new CoordinatorFact.RelaysLost(UNTIL),
        new CoordinatorFact.RelaysBack(Instant.MAX));
  }

  /** What came with signers that refuse leaf A. */
  static List<ParticipantFact> unsignedOfParticipant() {
    return List.of(
        new LeafFact.LeafNotSigned("SignerHaltedException: signer must not be halted"),
        new ParticipantFact.Ended(new Outcome.Failed(Code.LEAF_NOT_SIGNED, "halted")));
  }

  /** What came with leaf A. */
  static List<CoordinatorFact> leafOfCoordinator() {
    return List.of(
        new CoordinatorFact.LeafProposed(UNTIL),
        new CoordinatorFact.FellBack(UNTIL),
        new CoordinatorFact.CompletedByLeaf(leafSpend(), UNTIL));
  }

  private static Spend.LeafA leafSpend() {
    return new Spend.LeafA(Map.of(0, fill("50", 64), 2, fill("52", 64)));
  }

  private static Opportunity opportunity() {
    return new Opportunity(
        1,
        OUTPOINT,
        funding().serializeWithoutWitness(),
        500,
        List.of(new TxOutput(2_000_000_000_000L, fill("51", 34))),
        2,
        3,
        4_294_967_293L,
        0);
  }

  static List<CoordinatorFact> ofCoordinator() {
    List<CoordinatorFact> facts = new ArrayList<>();
    facts.add(new CoordinatorFact.Made(announcement(), new Recipient.Everyone()));
    facts.add(new CoordinatorFact.Noted(say(new RoundRequest(3))));
    facts.add(new CoordinatorFact.EnrolmentOpened(UNTIL));
    facts.add(new CoordinatorFact.TurnedAway(fill("0c", 32)));
    for (CloseReason reason : CloseReason.values()) {
      facts.add(new CoordinatorFact.EnrolmentClosed(reason, UNTIL));
    }
    facts.add(new CoordinatorFact.ChannelDrawn(CHANNEL));
    facts.add(new CoordinatorFact.KeysetFinal(UNTIL));
    facts.add(new CoordinatorFact.FundingFound(OUTPOINT, funding(), UNTIL));
    facts.add(new CoordinatorFact.RoundOpened(opportunity(), UNTIL));
    facts.add(new CoordinatorFact.AttemptChosen(UNTIL));
    facts.add(new CoordinatorFact.Completed(fill("5f", 64), UNTIL));
    facts.add(new CoordinatorFact.SignalAnchored(6, UNTIL));
    facts.add(new CoordinatorFact.Ended(new Outcome.Failed(Code.NOT_ENOUGH, "alone")));
    return facts;
  }

  private static SignedStatement announcement() {
    return say(new Announcement("golden", Simulation.terms(2, 5)));
  }

  private static SignedStatement say(Statement body) {
    Header header =
        new Header(fill("c0", 32), fill("50", 32), fill("1a", 16), 5, fill("99", 32), 0);
    return NOTARY.sign(header, body);
  }

  private static Transaction funding() {
    return new Transaction(
        2,
        List.of(
            new Transaction.Input(
                new Outpoint(fill("0d", 32), 1),
                Bytes.EMPTY,
                4_294_967_295L,
                List.of(fill("5d", 64)))),
        List.of(new TxOutput(50_000, fill("52", 34))),
        9);
  }

  private static Bytes fill(String twoDigits, int size) {
    return Bytes.ofHex(twoDigits.repeat(size));
  }
}
