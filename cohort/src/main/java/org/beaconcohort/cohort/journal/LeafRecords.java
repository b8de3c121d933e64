package org.beaconcohort.cohort.journal;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.beaconcohort.cohort.journal.RecordTypes.Written;
import org.beaconcohort.cohort.participant.LeafFact;
import org.beaconcohort.cohort.participant.LeafFact.CompletedByLeaf;
import org.beaconcohort.cohort.participant.LeafFact.LeafClaimed;
import org.beaconcohort.cohort.participant.LeafFact.LeafConfirming;
import org.beaconcohort.cohort.participant.LeafFact.LeafDue;
import org.beaconcohort.cohort.participant.LeafFact.LeafNotSigned;
import org.beaconcohort.cohort.participant.LeafFact.LeafRecorded;
import org.beaconcohort.cohort.participant.LeafFact.LeafRefused;
import org.beaconcohort.cohort.participant.LeafFact.LeafTaken;
import org.beaconcohort.cohort.participant.LeafFact.PartialsDue;
import org.beaconcohort.cohort.participant.ParticipantFact;

/** A member's facts on leaf A as records of types {@code participant.…}. */
final class LeafRecords {
  static final Map<String, List<Function<FactFields, ParticipantFact>>> READERS =
      Map.of(
          "PartialsDue",
          List.of(f -> new PartialsDue(f.until())),
          "LeafTaken",
          List.of(f -> new LeafTaken(f.bytes("askId", 32), f.bundle(), f.until())),
          "LeafDue",
          List.of(f -> new LeafDue(f.bytes("askId", 32))),
          "LeafConfirming",
          List.of(f -> new LeafConfirming(f.bytes("askId", 32))),
          "LeafRefused",
          List.of(f -> new LeafRefused(f.bytes("askId", 32), f.code(), f.detail())),
          "LeafClaimed",
          List.of(f -> new LeafClaimed(f.bytes("askId", 32), f.bytes("context", 32), f.txid())),
          "LeafNotSigned",
          List.of(f -> new LeafNotSigned(f.detail())),
          "LeafRecorded",
          List.of(f -> new LeafRecorded(f.bytes("signature", 64))),
          "CompletedByLeaf",
          List.of(f ->
              new CompletedByLeaf(f.bytes("askId", 32), f.leafSpend(), f.bundle(), f.until())));

  private LeafRecords() {}

  static Written write(LeafFact fact) {
    FactJson json = new FactJson();
    return switch (fact) {
      case PartialsDue each -> new Written("PartialsDue", json.until(each.until()));
      case LeafTaken each ->
          new Written(
              "LeafTaken",
              json.bytes("askId", each.askId(), 32).bundle(each.bundle()).until(each.until()));
      case LeafDue each -> new Written("LeafDue", json.bytes("askId", each.askId(), 32));
      case LeafConfirming each ->
          new Written("LeafConfirming", json.bytes("askId", each.askId(), 32));
      case LeafRefused each ->
          new Written(
              "LeafRefused",
              json.bytes("askId", each.askId(), 32)
                  .name("code", each.code())
                  .detail(each.detail()));
      case LeafClaimed each ->
          new Written(
              "LeafClaimed",
              json.bytes("askId", each.askId(), 32)
                  .bytes("context", each.context(), 32)
                  .txid(each.txid()));
      case LeafNotSigned each -> new Written("LeafNotSigned", json.detail(each.detail()));
      case LeafRecorded each ->
          new Written("LeafRecorded", json.bytes("signature", each.signature(), 64));
      case CompletedByLeaf each ->
          new Written(
              "CompletedByLeaf",
              json.bytes("askId", each.askId(), 32)
                  .leafSpend(each.spend())
                  .bundle(each.bundle())
                  .until(each.until()));
    };
  }
}
