package org.beaconcohort.cli.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.beaconcohort.adapter.api.MemberKeys;
import org.beaconcohort.adapter.api.MemberRun;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.controller.LocalDidController;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.command.Await;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.participant.JoinPolicy.Leaving;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * The memberships of one DID, all with one controller: in a cohort and, for a member that stays, in
 * the cohort that follows it, which it joins meanwhile and shows to the first (signing-safety 2.4
 * (d)). None is closed before the last has ended, so that a run that is killed finds them all
 * again.
 */
final class Memberships implements AutoCloseable {
  /** How often it looks for a cohort that follows, when one does not come about. */
  private static final int MOST_SEARCHES = 16;

  private static final String PRESENT = "member";
  private static final String NEXT = "next cohort";

  /**
   * How it ended.
   *
   * @param coordinate of the last cohort's announcement
   * @param round its last, if it had one
   * @param sweeps last rounds of the cohorts before
   */
  record Ended(
      Outcome outcome,
      String coordinate,
      Optional<CompletedRound> round,
      List<CompletedRound> sweeps) {
    Ended {
      sweeps = List.copyOf(sweeps);
    }
  }

  private record Membership(
      Bytes id,
      MemberRun run,
      AtomicReference<String> coordinate,
      CompletableFuture<Cohort> formed) {
    boolean isOver() {
      return run.outcome().isDone();
    }

    boolean isSearching() {
      return coordinate.get().isEmpty();
    }
  }

  private final Report report;
  private final Outside outside;
  private final LocalDidController controller;
  private final JoinPolicy policy;
  private final SecretKey key;
  private final Coins coins;
  private final List<Membership> all = new ArrayList<>();
  private final List<CompletedRound> sweeps = new ArrayList<>();

  Memberships(
      Report report,
      Outside outside,
      LocalDidController controller,
      JoinPolicy policy,
      SecretKey key,
      Coins coins) {
    this.report = report;
    this.outside = outside;
    this.controller = controller;
    this.policy = policy;
    this.key = key;
    this.coins = coins;
  }

  /**
   * Of memberships without an outcome the one that the others follow; empty if there is none.
   *
   * @param open ids, see {@link MemberKeys#following}
   */
  static Optional<Bytes> first(List<Bytes> open) {
    return open.stream()
        .filter(id -> open.stream().noneMatch(other -> follows(id, other)))
        .findFirst();
  }

  private static boolean follows(Bytes id, Bytes other) {
    Bytes at = other;
    for (int i = 0; i < MOST_SEARCHES; i++) {
      at = MemberKeys.following(at);
      if (at.equals(id)) {
        return true;
      }
    }
    return false;
  }

  /** In one cohort; empty if a visit ended before. */
  Optional<Ended> join(MemberKeys keys, Visits visits) {
    Membership only = start(PRESENT, policy, keys);
    return visits.outcome(only.run()).map(outcome -> ended(only, outcome));
  }

  /** In one cohort, and in every one that follows, until there is none that does. */
  Ended stay(MemberKeys keys) {
    Membership present = start(PRESENT, policy, keys);
    Optional<Membership> next = Optional.empty();
    int searches = 0;
    while (true) {
      if (present.isOver()) {
        Outcome outcome = Await.outcome(present.run().outcome());
        if (next.filter(each -> !each.isSearching()).isEmpty()) {
          return ended(present, outcome);
        }
        goOver(present, outcome);
        present = next.get();
        next = Optional.empty();
        searches = 0;
      } else if (next.isPresent() ? isGone(next.get()) : present.formed().isDone()) {
        if (++searches > MOST_SEARCHES) {
          Outcome outcome = Await.outcome(present.run().outcome());
          return ended(present, outcome);
        }
        next = Optional.of(look(present, next.map(Membership::id).orElse(present.id())));
      } else {
        Await.any(
            present.run().outcome(),
            next.filter(each -> !each.isOver())
                .<CompletableFuture<?>>map(each -> each.run().outcome())
                .orElse(present.formed().isDone() ? present.run().outcome() : present.formed()));
      }
    }
  }

  /** Whether it ended before there was a cohort, so that another may follow. */
  private static boolean isGone(Membership next) {
    return next.isOver()
        && !next.formed().isDone()
        && !(Await.outcome(next.run().outcome()) instanceof Outcome.Failed failed
            && failed.code() == Code.NO_FALLBACK);
  }

  private Membership look(Membership present, Bytes before) {
    Cohort cohort = present.formed().join();
    coins.again(controller.singletonAddress());
    Membership next =
        start(
            NEXT,
            policy.withSuccession(new JoinPolicy.Succession(cohort.id(), Leaving.REFUSES)),
            MemberKeys.of(key, MemberKeys.following(before)));
    present.run().followedBy(next.run()::succession);
    return next;
  }

  private void goOver(Membership present, Outcome outcome) {
    if (outcome instanceof Outcome.SucceededBy) {
      present.run().lastRound().ifPresent(sweeps::add);
    } else {
      report.note(
          "the cohort ended as "
              + outcome.name()
              + " without paying the next one; that one goes on if somebody pays its address");
    }
    report.narrator(NEXT);
  }

  private Membership start(String who, JoinPolicy accepted, MemberKeys keys) {
    AtomicReference<String> coordinate = new AtomicReference<>("");
    CompletableFuture<Cohort> formed = new CompletableFuture<>();
    Bytes id = keys.membership();
    MemberRun run =
        MemberRun.start(
            outside,
            controller,
            accepted,
            keys,
            progress -> {
              if (progress instanceof Progress.AnnouncementChosen chosen) {
                coordinate.set(chosen.coordinate());
              } else if (progress instanceof Progress.CohortFormed done) {
                formed.complete(done.cohort());
              }
              report.progress(who, progress);
            });
    Membership membership = new Membership(id, run, coordinate, formed);
    all.add(membership);
    return membership;
  }

  private Ended ended(Membership last, Outcome outcome) {
    return new Ended(outcome, last.coordinate().get(), last.run().lastRound(), sweeps);
  }

  /** Proofs of others' faults, of every cohort. */
  List<Evidence> evidence() {
    return all.stream().flatMap(each -> each.run().evidence().stream()).toList();
  }

  @Override
  public void close() {
    all.reversed().forEach(each -> each.run().close());
  }
}
