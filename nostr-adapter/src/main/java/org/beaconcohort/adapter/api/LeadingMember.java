package org.beaconcohort.adapter.api;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.adapter.progress.ProgressListener;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.pair.Pair;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * A member with a coordinator half in its process (LO-6): two runs, with a machine, a journal and
 * relay connections each. The member half hears its own coordinator half over the relays, as it
 * hears any other, and signs nothing that it has not recomputed.
 */
public final class LeadingMember implements AutoCloseable {
  /** How long an outcome waits for the coordinator half to see it too. */
  private static final long SEEN_SECONDS = 60;

  /**
   * What the coordinator half announces, or leads by as a successor.
   *
   * @param identifier the announcement's {@code d} tag; a successor takes the coordinator's
   * @param terms of the cohort
   * @param feeRate wanted for the rounds, sat/kvB
   * @param listener hears the coordinator half
   */
  public record Announces(
      String identifier, CohortTerms terms, long feeRate, ProgressListener listener) {}

  /** Begins the member half: {@link MemberRun#start} with what only the caller has. */
  @FunctionalInterface
  public interface Membership {
    /**
     * The member half.
     *
     * @param policy to join by
     * @param listener to tell beside the caller's own
     */
    MemberRun start(JoinPolicy policy, ProgressListener listener);
  }

  private final MemberRun member;
  private final CompletableFuture<Optional<CoordinatorRun>> coordinator;
  private final Runnable settle;
  private final Runnable atClose;

  private LeadingMember(
      MemberRun member,
      CompletableFuture<Optional<CoordinatorRun>> coordinator,
      Runnable settle,
      Runnable atClose) {
    this.member = member;
    this.coordinator = coordinator;
    this.settle = settle;
    this.atClose = atClose;
  }

  /**
   * Announces a cohort, leads it, and joins it.
   *
   * @param identity of the coordinator half; stays the caller's to destroy
   * @param policy of the member half, which follows this coordinator only
   * @throws UnsupportedTermsException if this version cannot run such a cohort
   * @throws PortFailure if a journal cannot be had
   */
  public static LeadingMember start(
      Outside outside,
      SecretKey identity,
      Announces announces,
      JoinPolicy policy,
      Membership membership) {
    return leading(
        outside,
        identity,
        announces,
        policy.among(policy.among(), identity.xOnlyPublicKey()),
        membership,
        () -> {});
  }

  /**
   * Forms a cohort with one other controller, who does the same, and nobody else (BC-1). One side
   * announces, the other stands by as its successor; which, both compute.
   *
   * @param key of the own DID of {@code pair}; stays the caller's to destroy
   * @param announces the terms' members, DIDs and successors are the pair's, whatever these say
   * @throws UnsupportedTermsException as above
   * @throws PortFailure as above
   */
  public static LeadingMember pair(
      Outside outside,
      Pair pair,
      SecretKey key,
      Announces announces,
      JoinPolicy policy,
      Membership membership) {
    SecretKey identity = pair.identity(key);
    try {
      return pair.announces()
          ? leading(
              outside,
              identity,
              new Announces(
                  announces.identifier(),
                  pair.terms(announces.terms()),
                  announces.feeRate(),
                  announces.listener()),
              pair.policy(policy),
              membership,
              identity::destroy)
          : standingBy(outside, pair, identity, announces, policy, membership);
    } catch (RuntimeException refused) {
      identity.destroy();
      throw refused;
    }
  }

  private static LeadingMember leading(
      Outside outside,
      SecretKey identity,
      Announces announces,
      JoinPolicy policy,
      Membership membership,
      Runnable atClose) {
    // First the half that can be refused its journal: nothing is announced then.
    MemberRun member = membership.start(policy, progress -> {});
    try {
      CoordinatorRun coordinator =
          CoordinatorRun.start(
              outside,
              identity,
              announces.identifier(),
              announces.terms(),
              announces.feeRate(),
              announces.listener());
      return new LeadingMember(
          member, CompletableFuture.completedFuture(Optional.of(coordinator)), () -> {}, atClose);
    } catch (RuntimeException refused) {
      member.close();
      throw refused;
    }
  }

  private static LeadingMember standingBy(
      Outside outside,
      Pair pair,
      SecretKey identity,
      Announces announces,
      JoinPolicy policy,
      Membership membership) {
    CompletableFuture<String> chosen = new CompletableFuture<>();
    MemberRun member =
        membership.start(
            pair.policy(policy),
            progress -> {
              if (progress instanceof Progress.AnnouncementChosen announcement) {
                String coordinate = announcement.coordinate();
                chosen.complete(coordinate.substring(coordinate.lastIndexOf(':') + 1));
              }
            });
    // Not on the listener's thread, which must not wait for a journal.
    CompletableFuture<Optional<CoordinatorRun>> standby =
        chosen.thenApplyAsync(
            identifier -> standBy(outside, pair.coordinator(), identity, identifier, announces));
    return new LeadingMember(
        member,
        standby,
        () -> {
          // Unless it has begun, it never does.
          boolean unused = chosen.cancel(false) || standby.handle((run, never) -> true).join();
        },
        identity::destroy);
  }

  /** None if it cannot: the cohort needs its member half more than its second coordinator half. */
  private static Optional<CoordinatorRun> standBy(
      Outside outside,
      Bytes coordinator,
      SecretKey identity,
      String identifier,
      Announces announces) {
    try {
      return Optional.of(
          CoordinatorRun.standBy(
              outside,
              identity,
              coordinator,
              identifier,
              announces.terms().network(),
              announces.feeRate(),
              announces.listener()));
    } catch (PortFailure failure) {
      announces
          .listener()
          .happened(
              new Progress.Trouble(
                  "standing by", String.valueOf(failure.getMessage()), failure.temporary()));
      return Optional.empty();
    }
  }

  /** The member half. */
  public MemberRun member() {
    return member;
  }

  /** The coordinator half; empty while it stands by for nothing yet. */
  public Optional<CoordinatorRun> coordinator() {
    return coordinator.isCompletedExceptionally()
        ? Optional.empty()
        : coordinator.getNow(Optional.empty());
  }

  /**
   * How the member half ended. An anchored outcome waits a minute at most for the coordinator half
   * to end too, so that its journal is not left open.
   */
  public CompletableFuture<Outcome> outcome() {
    return member
        .outcome()
        .thenCompose(
            outcome -> outcome instanceof Outcome.Anchored ? seen(outcome) : done(outcome));
  }

  private CompletableFuture<Outcome> seen(Outcome outcome) {
    return coordinator
        .thenCompose(run -> run.map(CoordinatorRun::outcome).orElseGet(() -> done(outcome)))
        .handle((ended, stopped) -> outcome)
        .completeOnTimeout(outcome, SEEN_SECONDS, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  /** Leaves with both halves. */
  @Override
  public void close() {
    settle.run();
    coordinator().ifPresent(CoordinatorRun::close);
    member.close();
    atClose.run();
  }
}
