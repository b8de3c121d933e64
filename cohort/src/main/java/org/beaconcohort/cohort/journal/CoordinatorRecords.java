package org.beaconcohort.cohort.journal;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.AnnouncementFound;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.AttemptChosen;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.CandidateParked;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.ChannelDrawn;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.CloseReason;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Completed;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.CompletedByLeaf;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.DeadlineExtended;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.EarlierFinal;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Ended;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.EnrolmentClosed;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.EnrolmentOpened;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.FellBack;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.FundingFound;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.KeysetFinal;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.KeysetShrunk;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.KeysetWatched;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.LeafProposed;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Made;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Noted;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.ReadinessSeen;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.RelaysAsked;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.RelaysBack;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.RelaysLost;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.RelaysSeen;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.RolledBack;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.RoundFollowed;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.RoundOpened;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.SeatsTaken;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.SignalAnchored;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.TurnedAway;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.WelcomeSeen;
import org.beaconcohort.cohort.journal.RecordTypes.Written;
import org.beaconcohort.cohort.port.StatementReader;

/** A coordinator's facts as records of types {@code coordinator.…}. */
public final class CoordinatorRecords {
  private static final Map<String, List<Function<FactFields, CoordinatorFact>>> READERS =
      Map.ofEntries(
          Map.entry("Made", List.of(f -> new Made(f.statement("statement"), f.recipient()))),
          Map.entry("Noted", List.of(f -> new Noted(f.statement("statement")))),
          Map.entry("EnrolmentOpened", List.of(f -> new EnrolmentOpened(f.until()))),
          Map.entry("CandidateParked", List.of(f -> new CandidateParked(f.statement("statement")))),
          Map.entry("TurnedAway", List.of(f -> new TurnedAway(f.bytes("optInId", 32)))),
          Map.entry(
              "EnrolmentClosed",
              List.of(f -> new EnrolmentClosed(f.name("reason", CloseReason.class), f.until()))),
          Map.entry("ChannelDrawn", List.of(f -> new ChannelDrawn(f.channelKey()))),
          Map.entry("KeysetFinal", List.of(f -> new KeysetFinal(f.until()))),
          Map.entry(
              "FundingFound",
              List.of(f ->
                  new FundingFound(
                      f.outpoint(), Transaction.parse(f.bytes("transaction")), f.until()))),
          Map.entry("RoundOpened", List.of(f -> new RoundOpened(f.opportunity(), f.until()))),
          Map.entry(
              "AnnouncementFound",
              List.of(f -> new AnnouncementFound(f.statement("announcement"), f.until()))),
          Map.entry("SeatsTaken", List.of(f -> new SeatsTaken(f.until()))),
          Map.entry(
              "WelcomeSeen", List.of(f -> new WelcomeSeen(f.statement("welcome"), f.until()))),
          Map.entry("KeysetWatched", List.of(f -> new KeysetWatched(f.until()))),
          Map.entry(
              "ReadinessSeen",
              List.of(f -> new ReadinessSeen(f.bytesList("silent", 32), f.until()))),
          Map.entry(
              "KeysetShrunk",
              List.of(f -> new KeysetShrunk(f.bytesList("dropped", 32), f.until()))),
          Map.entry(
              "EarlierFinal", List.of(f -> new EarlierFinal(f.bytes("proposalId", 32), f.until()))),
          Map.entry(
              "RoundFollowed",
              List.of(f -> new RoundFollowed(f.bytes("opportunityId", 32), f.until()))),
          Map.entry("DeadlineExtended", List.of(f -> new DeadlineExtended(f.extend(), f.until()))),
          Map.entry("RelaysAsked", List.of(f -> new RelaysAsked(f.until()))),
          Map.entry("RelaysSeen", List.of(f -> new RelaysSeen())),
          Map.entry("RelaysLost", List.of(f -> new RelaysLost(f.until()))),
          Map.entry("RelaysBack", List.of(f -> new RelaysBack(f.until()))),
          Map.entry("AttemptChosen", List.of(f -> new AttemptChosen(f.until()))),
          Map.entry("LeafProposed", List.of(f -> new LeafProposed(f.until()))),
          Map.entry("FellBack", List.of(f -> new FellBack(f.until()))),
          Map.entry("CompletedByLeaf", List.of(f -> new CompletedByLeaf(f.leafSpend(), f.until()))),
          Map.entry("Completed", List.of(f -> new Completed(f.bytes("signature", 64), f.until()))),
          Map.entry(
              "SignalAnchored", List.of(f -> new SignalAnchored(f.number("depth"), f.until()))),
          Map.entry("RolledBack", List.of(f -> new RolledBack(f.statement("statement"), f.code()))),
          Map.entry("Ended", List.of(f -> new Ended(f.outcome()))));

  private CoordinatorRecords() {}

  /**
   * The codec of a coordinator's facts.
   *
   * @param statements reads the events within
   */
  public static RecordCodec<CoordinatorFact> codec(StatementReader statements) {
    return new RecordTypes<>("coordinator", CoordinatorRecords::write, READERS, statements);
  }

  private static Written write(CoordinatorFact fact) {
    FactJson json = new FactJson();
    return switch (fact) {
      case Made each ->
          new Written(
              "Made", json.statement("statement", each.statement()).recipient(each.recipient()));
      case Noted each -> new Written("Noted", json.statement("statement", each.statement()));
      case EnrolmentOpened each -> new Written("EnrolmentOpened", json.until(each.until()));
      case CandidateParked each ->
          new Written("CandidateParked", json.statement("statement", each.statement()));
      case TurnedAway each -> new Written("TurnedAway", json.bytes("optInId", each.optInId(), 32));
      case EnrolmentClosed each ->
          new Written("EnrolmentClosed", json.name("reason", each.reason()).until(each.until()));
      case ChannelDrawn each -> new Written("ChannelDrawn", json.channelKey(each.key()));
      case AnnouncementFound each ->
          new Written(
              "AnnouncementFound",
              json.statement("announcement", each.announcement()).until(each.until()));
      case SeatsTaken each -> new Written("SeatsTaken", json.until(each.until()));
      case WelcomeSeen each ->
          new Written("WelcomeSeen", json.statement("welcome", each.welcome()).until(each.until()));
      case KeysetWatched each -> new Written("KeysetWatched", json.until(each.until()));
      case ReadinessSeen each ->
          new Written(
              "ReadinessSeen", json.bytesList("silent", each.silent(), 32).until(each.until()));
      case KeysetShrunk each ->
          new Written(
              "KeysetShrunk", json.bytesList("dropped", each.dropped(), 32).until(each.until()));
      case EarlierFinal each ->
          new Written(
              "EarlierFinal", json.bytes("proposalId", each.proposalId(), 32).until(each.until()));
      case KeysetFinal each -> new Written("KeysetFinal", json.until(each.until()));
      case FundingFound each ->
          new Written(
              "FundingFound",
              json.outpoint(each.outpoint())
                  .bytes("transaction", each.transaction().serialize())
                  .until(each.until()));
      case RoundOpened each ->
          new Written("RoundOpened", json.opportunity(each.opportunity()).until(each.until()));
      case RoundFollowed each ->
          new Written(
              "RoundFollowed",
              json.bytes("opportunityId", each.opportunityId(), 32).until(each.until()));
      case DeadlineExtended each ->
          new Written("DeadlineExtended", json.extend(each.extend()).until(each.until()));
      case RelaysAsked each -> new Written("RelaysAsked", json.until(each.until()));
      case RelaysSeen each -> new Written("RelaysSeen", json);
      case RelaysLost each -> new Written("RelaysLost", json.until(each.until()));
      case RelaysBack each -> new Written("RelaysBack", json.until(each.until()));
      case AttemptChosen each -> new Written("AttemptChosen", json.until(each.until()));
      case LeafProposed each -> new Written("LeafProposed", json.until(each.until()));
      case FellBack each -> new Written("FellBack", json.until(each.until()));
      case CompletedByLeaf each ->
          new Written("CompletedByLeaf", json.leafSpend(each.spend()).until(each.until()));
      case Completed each ->
          new Written(
              "Completed", json.bytes("signature", each.signature(), 64).until(each.until()));
      case SignalAnchored each ->
          new Written("SignalAnchored", json.number("depth", each.depth()).until(each.until()));
      case RolledBack each ->
          new Written(
              "RolledBack",
              json.statement("statement", each.statement()).name("code", each.code()));
      case Ended each -> new Written("Ended", json.outcome(each.outcome()));
    };
  }
}
