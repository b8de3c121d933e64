package org.beaconcohort.cli.cohort;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.api.LeadingMember;
import org.beaconcohort.adapter.api.LeadingMember.Announces;
import org.beaconcohort.adapter.api.LeadingMember.Membership;
import org.beaconcohort.adapter.api.MemberRun;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.command.Await;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.musig2.curve.SecretKey;

/** Takes part as a member with a coordinator half in the same process, until both have ended. */
final class BothHalves {
  private static final int NAME_DIGITS = 8;

  private final MemberOptions.Taking taking;
  private final boolean pays;
  private final AtomicReference<String> coordinate = new AtomicReference<>("");

  /** With {@code pays}, this side asks for the coin of the beacon address. */
  BothHalves(MemberOptions.Taking taking, boolean pays) {
    this.taking = taking;
    this.pays = pays;
  }

  /** What the coordinator half announces, in each process of one membership the same. */
  Announces announces(CohortTerms terms, long feeRate) {
    return new Announces(
        "cohort-" + taking.membership().membership().hex().substring(0, NAME_DIGITS),
        terms,
        feeRate,
        progress -> taking.report().progress("coordinator", progress));
  }

  /** The same with the terms that an earlier process announced, if one did. */
  Announces goingOn(Announces announces, SecretKey identity) {
    CohortTerms terms =
        CoordinatorRun.announcedTerms(
                taking.outside(), identity, announces.identifier(), announces.terms())
            .orElse(announces.terms());
    return new Announces(announces.identifier(), terms, announces.feeRate(), announces.listener());
  }

  Took take(Function<Membership, LeadingMember> start) {
    Membership membership =
        (policy, listener) ->
            MemberRun.start(
                taking.outside(),
                taking.controller(),
                policy,
                taking.membership(),
                listener.and(this::happened));
    try (LeadingMember both = start.apply(membership)) {
      Outcome outcome = Await.outcome(both.outcome());
      return taking.took(outcome, both.member(), coordinate.get());
    }
  }

  private void happened(Progress progress) {
    if (progress instanceof Progress.AnnouncementChosen chosen) {
      coordinate.set(chosen.coordinate());
    } else if (pays && progress instanceof Progress.CohortFormed formed) {
      // The run's own thread must not wait for a chain.
      var unused = CompletableFuture.runAsync(() -> pay(formed.cohort()));
    }
    taking.report().progress("member", progress);
  }

  private void pay(Cohort cohort) {
    try {
      // An earlier run may have seen to it.
      if (!taking.outside().chain().unspent(cohort.address()).isEmpty()) {
        return;
      }
    } catch (PortFailure unknown) {
      taking
          .report()
          .note("whether the beacon address is funded is unknown: " + unknown.getMessage());
    }
    taking
        .coins()
        .wanted(
            taking.report(), "the beacon address", cohort.address(), cohort.terms().minFunding());
  }
}
