package org.beaconcohort.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.musig2.bytes.Bytes;

/** One step of progress for machines: the name of an event and its fields. */
record ProgressJson(String event, ObjectNode fields) {
  static ProgressJson of(Progress progress) {
    return switch (progress) {
      case Progress.Announced announced ->
          event("announced")
              .with("coordinate", announced.coordinate())
              .with("until", announced.until().toString());
      case Progress.StandingBy standing ->
          event("standing-by")
              .with("coordinate", standing.coordinate())
              .with("until", standing.until().toString());
      case Progress.CandidateJoined joined ->
          event("candidate")
              .with("dids", joined.dids())
              .with("count", joined.count())
              .with("most", joined.most());
      case Progress.CandidateParked waiting ->
          event("candidate-parked").with("dids", waiting.dids());
      case Progress.CandidateTurnedAway away ->
          event("turned-away").with("optIn", away.optInId().hex());
      case Progress.EnrolmentClosed closed ->
          event("enrolment-closed")
              .with("reason", closed.reason().name())
              .with("count", closed.count());
      case Progress.AnnouncementChosen chosen ->
          event("announcement-chosen").with("coordinate", chosen.coordinate());
      case Progress.OptedIn optedIn -> event("opted-in").with("coordinate", optedIn.coordinate());
      case Progress.Welcomed welcomed -> event("welcomed");
      case Progress.KeysetProposed proposed -> cohort("keyset-proposed", proposed.cohort());
      case Progress.KeysetShrunk shrunk ->
          event("keyset-shrunk").with("dropped", shrunk.dropped()).with("left", shrunk.left());
      case Progress.AcknowledgementsMissing missing ->
          event("acknowledgements-missing").with("until", missing.until().toString());
      case Progress.Heard heard ->
          event(heard.step().name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .with("dids", heard.member().dids())
              .with("count", heard.count())
              .with("of", heard.of());
      case Progress.CohortFormed formed -> cohort("cohort-formed", formed.cohort());
      case Progress.Funded funded ->
          cohort("funded", funded.cohort())
              .with("outpoint", funded.outpoint().toString())
              .with("satoshi", funded.satoshi())
              .with("depth", funded.depth());
      case Progress.AddressListed listed -> cohort("address-listed", listed.cohort());
      case Progress.RoundOpened opened ->
          cohort("round-opened", opened.cohort())
              .with("number", opened.number())
              .with("fee", opened.fee());
      case Progress.SuccessorShown shown -> cohort("successor-shown", shown.next());
      case Progress.SweepOpened opened ->
          cohort("sweep-opened", opened.cohort())
              .with("number", opened.number())
              .with("nextCohortId", opened.next().id().hex())
              .with("nextAddress", opened.next().address());
      case Progress.UpdatesCommitted committed ->
          event("updates-committed")
              .with(
                  "updateHashes",
                  committed.updates().stream()
                      .map(offered -> offered.update().hash().hex())
                      .toList());
      case Progress.Proposed proposed ->
          event("proposed")
              .with("txid", proposed.txid())
              .with("signalBytes", proposed.announcement().signalBytes().hex());
      case Progress.Claimed claimed -> event("signing").with("txid", display(claimed.txid()));
      case Progress.NonceLost lost -> event("nonce-lost").with("own", lost.own());
      case Progress.LeaderChanged changed ->
          event("leader-changed")
              .with("epoch", changed.epoch())
              .with("leader", changed.key().hex())
              .with("own", changed.own());
      case Progress.DeadlineExtended extended ->
          event("deadline-extended")
              .with("number", extended.number())
              .with("most", extended.terms().most())
              .with("seconds", extended.terms().by().toSeconds())
              .with("until", extended.until().toString());
      case Progress.RelaysUnreachable cut ->
          event("relays-unreachable").with("until", cut.until().toString());
      case Progress.RelaysReachable back -> event("relays-reachable");
      case Progress.CohortOver over -> event("cohort-over").with("outcome", over.outcome().name());
      case Progress.AnchoringAlone alone ->
          event("anchoring-alone")
              .with(
                  "updateHashes",
                  alone.updates().stream().map(offered -> offered.update().hash().hex()).toList());
      case Progress.AnchoredAlone alone -> event("anchored-alone").with("txids", alone.txids());
      case Progress.LeafAsked asked ->
          event("leaf-asked").with("signalBytes", asked.announcement().signalBytes().hex());
      case Progress.Broadcasting broadcasting -> event("broadcasting");
      case Progress.Completed completed ->
          event("completed").with("txid", completed.round().transaction().displayTxid());
      case Progress.Anchored anchored ->
          event("anchored").with("txid", anchored.txid()).with("depth", anchored.depth());
      case Progress.Refused refused ->
          event("refused").with("code", refused.code().name()).with("detail", refused.detail());
      case Progress.Trouble trouble ->
          event("trouble")
              .with("what", trouble.what())
              .with("detail", trouble.detail())
              .with("temporary", trouble.temporary());
      case Progress.RolledBack found ->
          event("rolled-back")
              .with("code", found.code().name())
              .with("statement", found.statement().hex());
      case Progress.Ended ended -> ended(ended.outcome());
    };
  }

  private static ProgressJson ended(Outcome outcome) {
    ProgressJson ended = event("ended").with("outcome", outcome.name());
    return switch (outcome) {
      case Outcome.Anchored anchored -> ended.with("txid", anchored.txid());
      case Outcome.SucceededBy next ->
          ended
              .with("txid", next.txid())
              .with("nextCohortId", next.cohort().hex())
              .with("nextAddress", next.address());
      case Outcome.AnchoredAlone alone ->
          ended
              .with("txids", alone.txids())
              .with("code", alone.code().name())
              .with("detail", alone.detail());
      case Outcome.Failed failed ->
          ended.with("code", failed.code().name()).with("detail", failed.detail());
      case Outcome.Halted halted ->
          ended.with("code", halted.code().name()).with("detail", halted.detail());
      case Outcome.MayStillConfirm open ->
          ended
              .with("txid", open.txid())
              .with("code", open.code().name())
              .with("detail", open.detail());
    };
  }

  private static ProgressJson cohort(String name, Cohort cohort) {
    return event(name)
        .with("cohortId", cohort.id().hex())
        .with("beaconAddress", cohort.address())
        .with("members", cohort.size());
  }

  private static String display(Bytes txid) {
    return new Outpoint(txid, 0).displayTxid();
  }

  private static ProgressJson event(String name) {
    return new ProgressJson(name, StrictJson.newObject());
  }

  private ProgressJson with(String field, String value) {
    fields.put(field, value);
    return this;
  }

  private ProgressJson with(String field, long value) {
    fields.put(field, value);
    return this;
  }

  private ProgressJson with(String field, boolean value) {
    fields.put(field, value);
    return this;
  }

  private ProgressJson with(String field, Iterable<String> values) {
    ArrayNode array = fields.putArray(field);
    values.forEach(array::add);
    return this;
  }
}
