package org.beaconcohort.cli.report;

import java.util.Optional;
import java.util.stream.Collectors;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.CloseReason;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Outcome;

/**
 * One step of progress for people.
 *
 * @param phase short name of the phase
 * @param tally how many of how many, empty if nothing is counted
 * @param who did it, empty if nothing is counted
 * @param text what happened
 */
record ProgressLine(String phase, String tally, String who, String text) {
  boolean counted() {
    return !tally.isEmpty();
  }

  static Optional<ProgressLine> of(Progress progress) {
    return switch (progress) {
      case Progress.Announced announced ->
          line("announce", announced.coordinate() + ", " + seats(announced.terms()));
      case Progress.StandingBy standing -> line("stand by", "for " + standing.coordinate());
      case Progress.CandidateJoined joined ->
          counted(
              "enrol",
              joined.count(),
              joined.most(),
              joined.dids().stream().map(Brief::did).collect(Collectors.joining(" and ")),
              "opted in");
      case Progress.CandidateParked waiting ->
          line(
              "enrol",
              waiting.dids().stream().map(Brief::did).collect(Collectors.joining(" and "))
                  + " was silent before and is taken last");
      case Progress.CandidateTurnedAway away ->
          line("enrol", "opt-in " + Brief.hex(away.optInId().hex()) + " turned away");
      case Progress.EnrolmentClosed closed ->
          line("enrol", "closed with " + closed.count() + ": " + reason(closed.reason()));
      case Progress.AnnouncementChosen chosen ->
          line("join", chosen.coordinate() + ", " + seats(chosen.terms()));
      case Progress.OptedIn optedIn -> line("join", "opted in, waiting for the cohort to form");
      case Progress.Welcomed welcomed -> line("join", "welcomed");
      case Progress.KeysetProposed proposed ->
          line(
              "key set",
              Brief.count(proposed.cohort().size(), "key")
                  + " give "
                  + proposed.cohort().address());
      case Progress.KeysetShrunk shrunk ->
          line(
              "key set",
              shrunk.dropped()
                  + " did not answer in time, it is proposed to the other "
                  + shrunk.left());
      case Progress.AcknowledgementsMissing missing ->
          line("key set", "acknowledgements are missing, waiting for a smaller one");
      case Progress.Heard heard -> Optional.of(heard(heard));
      case Progress.CohortFormed formed ->
          line(
              "key set",
              "final: all "
                  + formed.cohort().size()
                  + " acknowledged, "
                  + signers(formed.cohort()));
      case Progress.Funded funded ->
          line(
              "fund",
              Brief.sat(funded.satoshi())
                  + " in "
                  + Brief.hex(funded.outpoint().displayTxid())
                  + ":"
                  + funded.outpoint().vout()
                  + ", "
                  + Brief.count(funded.depth(), "confirmation"));
      case Progress.AddressListed listed -> line("list", "own documents list the address");
      case Progress.RoundOpened opened ->
          line("round " + opened.number(), "opened, fee " + Brief.sat(opened.fee()));
      case Progress.SuccessorShown shown ->
          line(
              "next",
              "the next cohort is complete: "
                  + Brief.count(shown.next().size(), "member")
                  + ", "
                  + shown.next().address());
      case Progress.SweepOpened opened ->
          line(
              "round " + opened.number(),
              "the last one: all coins go to the next cohort, " + opened.next().address());
      case Progress.UpdatesCommitted committed ->
          line("respond", Brief.count(committed.updates().size(), "own update") + " committed");
      case Progress.Proposed proposed ->
          line(
              "propose",
              "transaction "
                  + Brief.hex(proposed.txid())
                  + " anchors "
                  + Brief.count(proposed.announcement().entries().size(), "update"));
      case Progress.Claimed claimed ->
          line(
              "sign",
              "checked everything, signing "
                  + claimed.announcement().entries().size()
                  + " updates");
      case Progress.NonceLost lost ->
          line(
              "nonce",
              lost.own()
                  ? "started again: the nonce of before is lost, another takes its place"
                  : "a member started again and lost its nonce; another attempt follows");
      case Progress.LeaderChanged changed ->
          line(
              "leader",
              changed.own()
                  ? "the leader is silent, this member leads from here on"
                  : "the leader is silent, "
                      + changed.leader().map(ProgressLine::name).orElse("a named successor")
                      + " leads from here on");
      case Progress.DeadlineExtended extended ->
          line(
              "extended",
              "answers are missing; they have "
                  + extended.terms().by().toSeconds()
                  + " s more (extension "
                  + extended.number()
                  + " of "
                  + extended.terms().most()
                  + ")");
      case Progress.RelaysUnreachable cut ->
          line(
              "cut off",
              "relays do not show this party's own words (RELAYS_UNREACHABLE); nobody is blamed,"
                  + " deadlines stand still");
      case Progress.RelaysReachable back ->
          line("cut off", "no more: relays show this party's words again, the round goes on");
      case Progress.CohortOver over ->
          line("alone", "the cohort is over (" + words(over.outcome()) + "), the update is not");
      case Progress.AnchoringAlone alone ->
          line(
              "alone",
              Brief.count(alone.updates().size(), "own update")
                  + " on the way by the DID's singleton beacon, the same bytes");
      case Progress.AnchoredAlone alone ->
          line("alone", "confirmed: " + String.join(", ", alone.txids()));
      case Progress.LeafAsked asked ->
          line(
              "leaf A",
              "not all of them sign together; those who are here are asked to sign alone, for "
                  + Brief.count(asked.announcement().entries().size(), "update"));
      case Progress.Broadcasting broadcasting ->
          line("publish", "not confirmed by anybody's broadcast yet, broadcasting as well");
      case Progress.Completed completed ->
          line(
              "publish",
              "signature complete, txid " + completed.round().transaction().displayTxid());
      case Progress.Anchored anchored ->
          line("anchored", Brief.count(anchored.depth(), "confirmation"));
      case Progress.Refused refused -> line("refused", refused.code() + ": " + refused.detail());
      case Progress.Trouble trouble ->
          line(
              "trouble",
              trouble.what()
                  + (trouble.temporary() ? " (trying again): " : ": ")
                  + trouble.detail());
      case Progress.RolledBack found ->
          line(
              "halt",
              found.code() + ": own statement " + found.statement() + " is not in the journal");
      case Progress.Ended ended -> ended(ended.outcome());
    };
  }

  private static ProgressLine heard(Progress.Heard heard) {
    return switch (heard.step()) {
      case ACKNOWLEDGED -> counted("key set", heard, "acknowledged");
      case HANDS_OVER -> counted("next", heard, "is ready for the last round");
      case LISTED -> counted("list", heard, "lists the address");
      case RESPONDED -> counted("respond", heard, "responded");
      case SIGNED -> counted("sign", heard, "signed");
      case STORED_THE_BUNDLE -> counted("leaf A", heard, "stored the data for the absent");
      case SIGNED_BY_LEAF -> counted("leaf A", heard, "signed alone");
    };
  }

  private static ProgressLine counted(String phase, Progress.Heard heard, String verb) {
    return counted(phase, heard.count(), heard.of(), name(heard.member()), verb).orElseThrow();
  }

  private static Optional<ProgressLine> counted(
      String phase, int count, int of, String who, String verb) {
    return Optional.of(new ProgressLine(phase, count + "/" + of, who, verb));
  }

  private static Optional<ProgressLine> line(String phase, String text) {
    return Optional.of(new ProgressLine(phase, "", "", text));
  }

  private static Optional<ProgressLine> ended(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Anchored anchored -> Optional.empty();
      case Outcome.SucceededBy next -> Optional.empty();
      case Outcome.AnchoredAlone alone ->
          line(
              "alone",
              "anchored without the cohort by "
                  + String.join(", ", alone.txids())
                  + "; the cohort ended with "
                  + alone.code());
      case Outcome.Failed failed -> line("failed", failed.code() + ": " + failed.detail());
      case Outcome.Halted halted -> line("halted", halted.code() + ": " + halted.detail());
      case Outcome.MayStillConfirm open ->
          line("open", open.code() + ": " + open.detail() + " (" + open.txid() + ")");
    };
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed failed -> failed.code().name();
      case Outcome.MayStillConfirm open -> open.code() + ", " + open.txid() + " may still confirm";
      default -> outcome.name();
    };
  }

  private static String signers(Cohort cohort) {
    int k = cohort.terms().threshold(cohort.size());
    return k == 0 || k == cohort.size()
        ? "all of them sign or nobody does"
        : k + " of them can sign without the others";
  }

  private static String name(Member member) {
    return Brief.did(member.dids().getFirst());
  }

  private static String seats(CohortTerms terms) {
    return terms.minMembers() == terms.maxMembers()
        ? Brief.count(terms.maxMembers(), "member")
        : terms.minMembers() + " to " + terms.maxMembers() + " members";
  }

  private static String reason(CloseReason reason) {
    return switch (reason) {
      case FULL -> "every seat is taken";
      case PENDING_UPDATES -> "enough updates wait";
      case DEADLINE -> "the time is over";
    };
  }
}
