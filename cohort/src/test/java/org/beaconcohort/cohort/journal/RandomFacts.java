package org.beaconcohort.cohort.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.RandomStatements;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.LeafFact;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.cohort.view.TestCohort;
import org.beaconcohort.cohort.view.TestParty;
import org.beaconcohort.cohort.view.TestRound;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** Facts of every type with any content that a machine could put in, and some it would not. */
final class RandomFacts {
  private static final List<Instant> INSTANTS =
      List.of(
          Instant.EPOCH,
          Instant.MAX,
          Instant.MIN,
          Instant.parse("2026-06-01T12:00:00Z"),
          Instant.parse("2026-06-01T12:00:00.100Z"),
          Instant.parse("2026-06-01T12:00:00.000000001Z"));

  private final RandomGenerator random;
  private final RandomStatements values;
  private final SimNotary notary;
  private final List<OfferedUpdate> updates;
  private final List<Btcr2Did> dids;

  RandomFacts(long seed) {
    random = new java.util.SplittableRandom(seed);
    values = new RandomStatements(random);
    notary =
        new SimNotary(
            SecretKey.generate(new SeededRandom(seed)),
            () -> Instant.ofEpochSecond(random.nextLong(1L << 34)));
    TestCohort parties = new TestCohort(seed);
    updates = new TestRound(parties).updates();
    dids = parties.members().stream().map(TestParty::did).toList();
  }

  /** One of each type of a member's. */
  List<ParticipantFact> ofParticipant() {
    return List.of(
        new ParticipantFact.Made(statement(), recipient()),
        new ParticipantFact.Noted(statement()),
        new ParticipantFact.AnnouncementChosen(statement(), until()),
        new ParticipantFact.Welcomed(statement(), until()),
        new ParticipantFact.KeysetVerified(id(), until()),
        new ParticipantFact.KeysetFinal(until()),
        new ParticipantFact.Rewelcomed(statement(), until()),
        new ParticipantFact.KeysetRefused(id(), code(), detail()),
        new ParticipantFact.AcksMissing(until()),
        new ParticipantFact.EarlierFinal(id(), until()),
        new ParticipantFact.AlsoFinal(id()),
        new ParticipantFact.FundingDecided(id()),
        new ParticipantFact.FundingFound(outpoint(), until()),
        new ParticipantFact.AddressListed(until()),
        new ParticipantFact.OpportunityTaken(id(), until()),
        new ParticipantFact.OpportunityRefused(id(), code(), detail()),
        new ParticipantFact.UpdatesCommitted(
            updates.subList(0, random.nextInt(updates.size() + 1)), until()),
        new ParticipantFact.NonceOpened(values.nonce()),
        new ParticipantFact.NonceReplaced(values.list(0, 16, this::id), values.nonce()),
        new ParticipantFact.AttemptLost(until()),
        new ParticipantFact.ProposalTaken(id(), bundle()),
        new ParticipantFact.ProposalRefused(id(), code(), detail()),
        new ParticipantFact.Claimed(id(), number(), id(), id(), until()),
        new ParticipantFact.PartialRecorded(id(), values.nonce(), until()),
        new ParticipantFact.Completed(values.bytes(64), until()),
        new ParticipantFact.SignalAnchored(number(), until()),
        new ParticipantFact.NextRound(number()),
        new ParticipantFact.SuccessionBegun(id()),
        new ParticipantFact.FallbackBegun(updates.subList(0, random.nextInt(updates.size() + 1))),
        new ParticipantFact.FallbackAnchored(List.of(values.bytes(32))),
        new ParticipantFact.CohortOver(outcome(), until()),
        new ParticipantFact.RoundDue(until()),
        new ParticipantFact.EpochEndorsed(number(), values.bytes(32), until()),
        new ParticipantFact.RoundLed((Opportunity) values.body(StatementKind.OPPORTUNITY)),
        new ParticipantFact.AttemptLed(values.bytes(32)),
        new ParticipantFact.DeadlineExtended(values.bytes(32), until()),
        new ParticipantFact.ExtensionLed((Extend) values.body(StatementKind.EXTEND), until()),
        new ParticipantFact.RelaysAsked(until()),
        new ParticipantFact.RelaysSeen(),
        new ParticipantFact.RelaysLost(until()),
        new ParticipantFact.RelaysBack(until()),
        new ParticipantFact.BroadcastDue(),
        new ParticipantFact.HeadRead(values.bytes(16)),
        new ParticipantFact.ClockJumped(random.nextInt()),
        new ParticipantFact.RolledBack(statement(), code()),
        new LeafFact.PartialsDue(until()),
        new LeafFact.LeafTaken(id(), bundle(), until()),
        new LeafFact.LeafDue(id()),
        new LeafFact.LeafConfirming(id()),
        new LeafFact.LeafRefused(id(), code(), detail()),
        new LeafFact.LeafClaimed(id(), id(), id()),
        new LeafFact.LeafNotSigned(detail()),
        new LeafFact.LeafRecorded(values.bytes(64)),
        new LeafFact.CompletedByLeaf(id(), leafSpend(), bundle(), until()),
        new ParticipantFact.Ended(outcome()));
  }

  /** One of each type of a coordinator's. */
  List<CoordinatorFact> ofCoordinator() {
    return List.of(
        new CoordinatorFact.Made(statement(), recipient()),
        new CoordinatorFact.Noted(statement()),
        new CoordinatorFact.EnrolmentOpened(until()),
        new CoordinatorFact.CandidateParked(statement()),
        new CoordinatorFact.TurnedAway(id()),
        new CoordinatorFact.EnrolmentClosed(values.any(CoordinatorFact.CloseReason.class), until()),
        new CoordinatorFact.ChannelDrawn(new ChannelKey(id())),
        new CoordinatorFact.KeysetFinal(until()),
        new CoordinatorFact.AnnouncementFound(statement(), until()),
        new CoordinatorFact.SeatsTaken(until()),
        new CoordinatorFact.WelcomeSeen(statement(), until()),
        new CoordinatorFact.KeysetWatched(until()),
        new CoordinatorFact.ReadinessSeen(values.list(0, 3, this::id), until()),
        new CoordinatorFact.KeysetShrunk(values.list(0, 3, this::id), until()),
        new CoordinatorFact.EarlierFinal(id(), until()),
        new CoordinatorFact.FundingFound(outpoint(), transaction(), until()),
        new CoordinatorFact.RoundOpened(
            (Opportunity) values.body(StatementKind.OPPORTUNITY), until()),
        new CoordinatorFact.RoundFollowed(values.bytes(32), until()),
        new CoordinatorFact.DeadlineExtended((Extend) values.body(StatementKind.EXTEND), until()),
        new CoordinatorFact.RelaysAsked(until()),
        new CoordinatorFact.RelaysSeen(),
        new CoordinatorFact.RelaysLost(until()),
        new CoordinatorFact.RelaysBack(until()),
        new CoordinatorFact.AttemptChosen(until()),
        new CoordinatorFact.Completed(values.bytes(64), until()),
        new CoordinatorFact.LeafProposed(until()),
        new CoordinatorFact.FellBack(until()),
        new CoordinatorFact.CompletedByLeaf(leafSpend(), until()),
        new CoordinatorFact.SignalAnchored(number(), until()),
        new CoordinatorFact.RolledBack(statement(), code()),
        new CoordinatorFact.Ended(outcome()));
  }

  private Spend.LeafA leafSpend() {
    Map<Integer, Bytes> signatures = new TreeMap<>();
    for (int slot = random.nextInt(5); slot > 0; slot--) {
      signatures.put(random.nextInt(100), values.bytes(64));
    }
    return new Spend.LeafA(signatures);
  }

  private SignedStatement statement() {
    return notary.sign(values.header(), values.body(values.any(StatementKind.class)));
  }

  private Recipient recipient() {
    return switch (random.nextInt(3)) {
      case 0 -> new Recipient.Everyone();
      case 1 -> new Recipient.Channel(new ChannelKey(id()), number());
      default -> new Recipient.Inboxes(values.list(0, 3, this::id));
    };
  }

  private Outcome outcome() {
    return switch (random.nextInt(5)) {
      case 0 -> new Outcome.Anchored(outpoint().displayTxid());
      case 1 -> new Outcome.Failed(code(), detail());
      case 3 -> new Outcome.SucceededBy(id(), detail(), outpoint().displayTxid());
      case 2 -> new Outcome.Halted(code(), detail());
      default -> new Outcome.MayStillConfirm(outpoint().displayTxid(), id(), code(), detail());
    };
  }

  private CasAnnouncement bundle() {
    Map<Btcr2Did, Bytes> entries = new TreeMap<>();
    dids.subList(0, random.nextInt(dids.size() + 1)).forEach(did -> entries.put(did, id()));
    return CasAnnouncement.of(entries);
  }

  private Transaction transaction() {
    List<Transaction.Input> inputs =
        values.list(
            1,
            3,
            () ->
                new Transaction.Input(
                    outpoint(),
                    values.bytes(random.nextInt(5)),
                    random.nextLong(1L << 32),
                    values.list(0, 2, () -> values.bytes(random.nextInt(70)))));
    List<TxOutput> outputs =
        values.list(1, 4, () -> new TxOutput(random.nextLong(1L << 40), values.bytes(34)));
    return new Transaction(
        random.nextInt(), inputs, new ArrayList<>(outputs), random.nextLong(1L << 32));
  }

  private Outpoint outpoint() {
    return new Outpoint(id(), number());
  }

  private Bytes id() {
    return values.bytes(32);
  }

  private int number() {
    return random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(0, 1000);
  }

  private Code code() {
    return values.any(Code.class);
  }

  private String detail() {
    return random.nextInt(10) == 0 ? "" : values.text(120);
  }

  private Instant until() {
    return random.nextInt(3) == 0
        ? INSTANTS.get(random.nextInt(INSTANTS.size()))
        : Instant.ofEpochSecond(random.nextLong(1L << 34), random.nextInt(1_000_000_000));
  }
}
