package org.beaconcohort.cohort.journal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.beaconcohort.cohort.journal.RecordTypes.Written;
import org.beaconcohort.cohort.participant.LeafFact;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantFact.AcksMissing;
import org.beaconcohort.cohort.participant.ParticipantFact.AddressListed;
import org.beaconcohort.cohort.participant.ParticipantFact.AlsoFinal;
import org.beaconcohort.cohort.participant.ParticipantFact.AnnouncementChosen;
import org.beaconcohort.cohort.participant.ParticipantFact.AttemptLed;
import org.beaconcohort.cohort.participant.ParticipantFact.AttemptLost;
import org.beaconcohort.cohort.participant.ParticipantFact.BroadcastDue;
import org.beaconcohort.cohort.participant.ParticipantFact.Claimed;
import org.beaconcohort.cohort.participant.ParticipantFact.ClockJumped;
import org.beaconcohort.cohort.participant.ParticipantFact.CohortOver;
import org.beaconcohort.cohort.participant.ParticipantFact.Completed;
import org.beaconcohort.cohort.participant.ParticipantFact.DeadlineExtended;
import org.beaconcohort.cohort.participant.ParticipantFact.EarlierFinal;
import org.beaconcohort.cohort.participant.ParticipantFact.Ended;
import org.beaconcohort.cohort.participant.ParticipantFact.EpochEndorsed;
import org.beaconcohort.cohort.participant.ParticipantFact.ExtensionLed;
import org.beaconcohort.cohort.participant.ParticipantFact.FallbackAnchored;
import org.beaconcohort.cohort.participant.ParticipantFact.FallbackBegun;
import org.beaconcohort.cohort.participant.ParticipantFact.FundingDecided;
import org.beaconcohort.cohort.participant.ParticipantFact.FundingFound;
import org.beaconcohort.cohort.participant.ParticipantFact.HeadRead;
import org.beaconcohort.cohort.participant.ParticipantFact.KeysetFinal;
import org.beaconcohort.cohort.participant.ParticipantFact.KeysetRefused;
import org.beaconcohort.cohort.participant.ParticipantFact.KeysetVerified;
import org.beaconcohort.cohort.participant.ParticipantFact.Made;
import org.beaconcohort.cohort.participant.ParticipantFact.NextRound;
import org.beaconcohort.cohort.participant.ParticipantFact.NonceOpened;
import org.beaconcohort.cohort.participant.ParticipantFact.NonceReplaced;
import org.beaconcohort.cohort.participant.ParticipantFact.Noted;
import org.beaconcohort.cohort.participant.ParticipantFact.OpportunityRefused;
import org.beaconcohort.cohort.participant.ParticipantFact.OpportunityTaken;
import org.beaconcohort.cohort.participant.ParticipantFact.PartialRecorded;
import org.beaconcohort.cohort.participant.ParticipantFact.ProposalRefused;
import org.beaconcohort.cohort.participant.ParticipantFact.ProposalTaken;
import org.beaconcohort.cohort.participant.ParticipantFact.RelaysAsked;
import org.beaconcohort.cohort.participant.ParticipantFact.RelaysBack;
import org.beaconcohort.cohort.participant.ParticipantFact.RelaysLost;
import org.beaconcohort.cohort.participant.ParticipantFact.RelaysSeen;
import org.beaconcohort.cohort.participant.ParticipantFact.Rewelcomed;
import org.beaconcohort.cohort.participant.ParticipantFact.RolledBack;
import org.beaconcohort.cohort.participant.ParticipantFact.RoundDue;
import org.beaconcohort.cohort.participant.ParticipantFact.RoundLed;
import org.beaconcohort.cohort.participant.ParticipantFact.SignalAnchored;
import org.beaconcohort.cohort.participant.ParticipantFact.SuccessionBegun;
import org.beaconcohort.cohort.participant.ParticipantFact.UpdatesCommitted;
import org.beaconcohort.cohort.participant.ParticipantFact.Welcomed;
import org.beaconcohort.cohort.port.StatementReader;

/** A member's facts as records of types {@code participant.…}. */
public final class ParticipantRecords {
  private static final Map<String, List<Function<FactFields, ParticipantFact>>> READERS =
      Map.ofEntries(
          Map.entry("Made", List.of(f -> new Made(f.statement("statement"), f.recipient()))),
          Map.entry("Noted", List.of(f -> new Noted(f.statement("statement")))),
          Map.entry(
              "AnnouncementChosen",
              List.of(f -> new AnnouncementChosen(f.statement("announcement"), f.until()))),
          Map.entry("Welcomed", List.of(f -> new Welcomed(f.statement("welcome"), f.until()))),
          Map.entry(
              "KeysetVerified",
              List.of(f -> new KeysetVerified(f.bytes("proposalId", 32), f.until()))),
          Map.entry("KeysetFinal", List.of(f -> new KeysetFinal(f.until()))),
          Map.entry("FundingFound", List.of(f -> new FundingFound(f.outpoint(), f.until()))),
          Map.entry("AddressListed", List.of(f -> new AddressListed(f.until()))),
          Map.entry(
              "OpportunityTaken",
              List.of(f -> new OpportunityTaken(f.bytes("opportunityId", 32), f.until()))),
          Map.entry(
              "OpportunityRefused",
              List.of(
                  f -> new OpportunityRefused(f.bytes("opportunityId", 32), f.code(), f.detail()))),
          Map.entry("UpdatesCommitted", List.of(f -> new UpdatesCommitted(f.updates(), f.until()))),
          Map.entry("NonceOpened", List.of(f -> new NonceOpened(f.nonce("nonce")))),
          Map.entry(
              "NonceReplaced",
              List.of(f -> new NonceReplaced(f.bytesList("dead", 32), f.nonce("nonce")))),
          Map.entry("AttemptLost", List.of(f -> new AttemptLost(f.until()))),
          Map.entry(
              "ProposalTaken",
              List.of(f -> new ProposalTaken(f.bytes("proposalId", 32), f.bundle()))),
          Map.entry(
              "ProposalRefused",
              List.of(f -> new ProposalRefused(f.bytes("proposalId", 32), f.code(), f.detail()))),
          Map.entry(
              "Claimed",
              List.of(f ->
                  new Claimed(
                      f.bytes("proposalId", 32),
                      f.number("number"),
                      f.bytes("transcript", 32),
                      f.txid(),
                      f.until()))),
          Map.entry(
              "PartialRecorded",
              List.of(
                  f -> new PartialRecorded(f.bytes("signature", 32), f.nonce("next"), f.until()))),
          Map.entry("Completed", List.of(f -> new Completed(f.bytes("signature", 64), f.until()))),
          Map.entry(
              "SignalAnchored", List.of(f -> new SignalAnchored(f.number("depth"), f.until()))),
          Map.entry("NextRound", List.of(f -> new NextRound(f.number("number")))),
          Map.entry("SuccessionBegun", List.of(f -> new SuccessionBegun(f.bytes("successor", 32)))),
          Map.entry("FallbackBegun", List.of(f -> new FallbackBegun(f.updates()))),
          Map.entry(
              "FallbackAnchored", List.of(f -> new FallbackAnchored(f.bytesList("txids", 32)))),
          Map.entry("CohortOver", List.of(f -> new CohortOver(f.outcome(), f.until()))),
          Map.entry("Rewelcomed", List.of(f -> new Rewelcomed(f.statement("welcome"), f.until()))),
          Map.entry(
              "KeysetRefused",
              List.of(f -> new KeysetRefused(f.bytes("proposalId", 32), f.code(), f.detail()))),
          Map.entry("AcksMissing", List.of(f -> new AcksMissing(f.until()))),
          Map.entry(
              "EarlierFinal", List.of(f -> new EarlierFinal(f.bytes("proposalId", 32), f.until()))),
          Map.entry("AlsoFinal", List.of(f -> new AlsoFinal(f.bytes("proposalId", 32)))),
          Map.entry("FundingDecided", List.of(f -> new FundingDecided(f.bytes("proposalId", 32)))),
          Map.entry("RoundDue", List.of(f -> new RoundDue(f.until()))),
          Map.entry(
              "EpochEndorsed",
              List.of(f -> new EpochEndorsed(f.number("epoch"), f.bytes("leader", 32), f.until()))),
          Map.entry("RoundLed", List.of(f -> new RoundLed(f.opportunity()))),
          Map.entry("AttemptLed", List.of(f -> new AttemptLed(f.bytes("attemptId", 32)))),
          Map.entry(
              "DeadlineExtended",
              List.of(f -> new DeadlineExtended(f.bytes("extendId", 32), f.until()))),
          Map.entry("ExtensionLed", List.of(f -> new ExtensionLed(f.extend(), f.until()))),
          Map.entry("RelaysAsked", List.of(f -> new RelaysAsked(f.until()))),
          Map.entry("RelaysSeen", List.of(f -> new RelaysSeen())),
          Map.entry("RelaysLost", List.of(f -> new RelaysLost(f.until()))),
          Map.entry("RelaysBack", List.of(f -> new RelaysBack(f.until()))),
          Map.entry("BroadcastDue", List.of(f -> new BroadcastDue())),
          Map.entry("HeadRead", List.of(f -> new HeadRead(f.bytes("instance", 16)))),
          Map.entry("ClockJumped", List.of(f -> new ClockJumped(f.signed("seconds")))),
          Map.entry("RolledBack", List.of(f -> new RolledBack(f.statement("statement"), f.code()))),
          Map.entry("Ended", List.of(f -> new Ended(f.outcome()))));

  private ParticipantRecords() {}

  /**
   * The codec of a member's facts.
   *
   * @param statements reads the events within
   */
  public static RecordCodec<ParticipantFact> codec(StatementReader statements) {
    Map<String, List<Function<FactFields, ParticipantFact>>> readers = new TreeMap<>(READERS);
    readers.putAll(LeafRecords.READERS);
    return new RecordTypes<>("participant", ParticipantRecords::write, readers, statements);
  }

  private static Written write(ParticipantFact fact) {
    FactJson json = new FactJson();
    return switch (fact) {
      case Made each ->
          new Written(
              "Made", json.statement("statement", each.statement()).recipient(each.recipient()));
      case Noted each -> new Written("Noted", json.statement("statement", each.statement()));
      case AnnouncementChosen each ->
          new Written(
              "AnnouncementChosen",
              json.statement("announcement", each.announcement()).until(each.until()));
      case Welcomed each ->
          new Written("Welcomed", json.statement("welcome", each.welcome()).until(each.until()));
      case KeysetVerified each ->
          new Written(
              "KeysetVerified",
              json.bytes("proposalId", each.proposalId(), 32).until(each.until()));
      case Rewelcomed each ->
          new Written("Rewelcomed", json.statement("welcome", each.welcome()).until(each.until()));
      case KeysetRefused each ->
          new Written(
              "KeysetRefused",
              json.bytes("proposalId", each.proposalId(), 32)
                  .name("code", each.code())
                  .detail(each.detail()));
      case AcksMissing each -> new Written("AcksMissing", json.until(each.until()));
      case EarlierFinal each ->
          new Written(
              "EarlierFinal", json.bytes("proposalId", each.proposalId(), 32).until(each.until()));
      case AlsoFinal each ->
          new Written("AlsoFinal", json.bytes("proposalId", each.proposalId(), 32));
      case FundingDecided each ->
          new Written("FundingDecided", json.bytes("proposalId", each.proposalId(), 32));
      case KeysetFinal each -> new Written("KeysetFinal", json.until(each.until()));
      case FundingFound each ->
          new Written("FundingFound", json.outpoint(each.outpoint()).until(each.until()));
      case AddressListed each -> new Written("AddressListed", json.until(each.until()));
      case OpportunityTaken each ->
          new Written(
              "OpportunityTaken",
              json.bytes("opportunityId", each.opportunityId(), 32).until(each.until()));
      case OpportunityRefused each ->
          new Written(
              "OpportunityRefused",
              json.bytes("opportunityId", each.opportunityId(), 32)
                  .name("code", each.code())
                  .detail(each.detail()));
      case UpdatesCommitted each ->
          new Written("UpdatesCommitted", json.updates(each.updates()).until(each.until()));
      case NonceOpened each -> new Written("NonceOpened", json.nonce("nonce", each.nonce()));
      case NonceReplaced each ->
          new Written(
              "NonceReplaced",
              json.bytesList("dead", each.dead(), 32).nonce("nonce", each.nonce()));
      case AttemptLost each -> new Written("AttemptLost", json.until(each.until()));
      case ProposalTaken each ->
          new Written(
              "ProposalTaken",
              json.bytes("proposalId", each.proposalId(), 32).bundle(each.bundle()));
      case ProposalRefused each ->
          new Written(
              "ProposalRefused",
              json.bytes("proposalId", each.proposalId(), 32)
                  .name("code", each.code())
                  .detail(each.detail()));
      case Claimed each ->
          new Written(
              "Claimed",
              json.bytes("proposalId", each.proposalId(), 32)
                  .number("number", each.number())
                  .bytes("transcript", each.transcript(), 32)
                  .txid(each.txid())
                  .until(each.until()));
      case PartialRecorded each ->
          new Written(
              "PartialRecorded",
              json.bytes("signature", each.signature(), 32)
                  .nonce("next", each.next())
                  .until(each.until()));
      case Completed each ->
          new Written(
              "Completed", json.bytes("signature", each.signature(), 64).until(each.until()));
      case SignalAnchored each ->
          new Written("SignalAnchored", json.number("depth", each.depth()).until(each.until()));
      case NextRound each -> new Written("NextRound", json.number("number", each.number()));
      case SuccessionBegun each ->
          new Written("SuccessionBegun", json.bytes("successor", each.successor(), 32));
      case FallbackBegun each -> new Written("FallbackBegun", json.updates(each.updates()));
      case FallbackAnchored each ->
          new Written("FallbackAnchored", json.bytesList("txids", each.txids(), 32));
      case CohortOver each ->
          new Written("CohortOver", json.outcome(each.outcome()).until(each.until()));
      case RoundDue each -> new Written("RoundDue", json.until(each.until()));
      case EpochEndorsed each ->
          new Written(
              "EpochEndorsed",
              json.number("epoch", each.epoch())
                  .bytes("leader", each.leader(), 32)
                  .until(each.until()));
      case RoundLed each -> new Written("RoundLed", json.opportunity(each.opportunity()));
      case AttemptLed each ->
          new Written("AttemptLed", json.bytes("attemptId", each.attemptId(), 32));
      case DeadlineExtended each ->
          new Written(
              "DeadlineExtended", json.bytes("extendId", each.extendId(), 32).until(each.until()));
      case ExtensionLed each ->
          new Written("ExtensionLed", json.extend(each.extend()).until(each.until()));
      case RelaysAsked each -> new Written("RelaysAsked", json.until(each.until()));
      case RelaysSeen each -> new Written("RelaysSeen", json);
      case RelaysLost each -> new Written("RelaysLost", json.until(each.until()));
      case RelaysBack each -> new Written("RelaysBack", json.until(each.until()));
      case BroadcastDue each -> new Written("BroadcastDue", json);
      case HeadRead each -> new Written("HeadRead", json.bytes("instance", each.instance(), 16));
      case ClockJumped each -> new Written("ClockJumped", json.signed("seconds", each.seconds()));
      case RolledBack each ->
          new Written(
              "RolledBack",
              json.statement("statement", each.statement()).name("code", each.code()));
      case LeafFact each -> LeafRecords.write(each);
      case Ended each -> new Written("Ended", json.outcome(each.outcome()));
    };
  }
}
