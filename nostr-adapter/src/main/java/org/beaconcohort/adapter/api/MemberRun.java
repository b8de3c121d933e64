package org.beaconcohort.adapter.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.beaconcohort.adapter.controller.LocalDidController;
import org.beaconcohort.adapter.journal.sealed.FileSealedNonces;
import org.beaconcohort.adapter.nostr.profile.NostrNotary;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.MemberNews;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.adapter.progress.ProgressListener;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.evidence.EvidenceOf;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.participant.OwnNonces;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantMachine;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.DidController;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.cohort.runtime.CohortDriver;
import org.beaconcohort.cohort.runtime.MemberPorts;
import org.beaconcohort.cohort.runtime.Performer;
import org.beaconcohort.cohort.runtime.Ports;
import org.beaconcohort.cohort.signer.NonceVault;
import org.beaconcohort.musig2.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One membership, from the search for an announcement to the last anchored round, on a thread of
 * its own. With a durable journal it goes on in another process, started with the same keys; its
 * secret nonces never do, and are replaced (N4).
 */
public final class MemberRun implements AutoCloseable {
  private final Party party;
  private final Performer performer;
  private final NonceVault vault;
  private final MemberKeys keys;
  private final Optional<SealedNonces> store;

  private MemberRun(
      Party party,
      Performer performer,
      NonceVault vault,
      MemberKeys keys,
      Optional<SealedNonces> store) {
    this.party = party;
    this.performer = performer;
    this.vault = vault;
    this.keys = keys;
    this.store = store;
  }

  /**
   * Joins the first cohort that {@code policy} accepts, for the controller's DID; the controller's
   * ledger keeps every claim before the signature exists.
   *
   * @param keys of this membership alone; destroyed when it is closed, or if it cannot start
   * @throws org.beaconcohort.cohort.port.PortFailure if its journal cannot be had
   * @throws MainnetNotAllowedException for mainnet without {@link Outside#allowingMainnet}
   * @throws org.beaconcohort.adapter.host.NotDurableException if journals are in memory, for any
   *     network but regtest
   */
  public static MemberRun start(
      Outside outside,
      LocalDidController controller,
      JoinPolicy policy,
      MemberKeys keys,
      ProgressListener listener) {
    ProgressListener keeper =
        progress -> {
          if (progress instanceof Progress.Claimed claimed) {
            controller.mayBeAnnounced(claimed.txid(), claimed.announcement());
          }
        };
    return start(outside, (DidController) controller, policy, keys, keeper.and(listener));
  }

  /**
   * As above for any controller, which learns of claims by {@code listener} and should keep them
   * before it returns.
   */
  public static MemberRun start(
      Outside outside,
      DidController controller,
      JoinPolicy policy,
      MemberKeys keys,
      ProgressListener listener) {
    outside.require(policy.network());
    for (String did : controller.dids()) {
      if (Btcr2Did.parse(did).network() != policy.network()) {
        throw new IllegalArgumentException(
            "network of " + did + " must be the policy's, " + policy.network());
      }
    }
    Party party = new Party("member " + keys.membership().hex(), outside, keys.inbox(), listener);
    Bytes instance = Party.instance(outside);
    Ports ports =
        new Ports(
            party.transport(),
            new NostrNotary(keys.statement(), party.host()::now, outside.random()),
            outside.chain(),
            party.host(),
            instance,
            outside.random(),
            outside.pollEvery());
    Optional<SealedNonces> store = outside.sealed().map(stores -> stores.of(keys.membership()));
    NonceVault vault =
        store
            .map(sealed -> NonceVault.sealed(keys.cohort(), outside.random(), sealed))
            .orElseGet(() -> new NonceVault(keys.cohort(), outside.random()));
    Signer signer = outside.signers().map(signers -> signers.of(keys.membership())).orElse(vault);
    OwnNonces nonces = store.map(OwnNonces::sealedIn).orElse(OwnNonces.IN_MEMORY);
    MemberPorts member =
        new MemberPorts(controller, signer, nonces.custody(), keys.inbox().xOnlyPublicKey());
    Performer performer = Performer.forMember(ports, member, input -> deliver(party, input), party);
    ParticipantPlan plan =
        new ParticipantPlan(
            keys.statement().xOnlyPublicKey(),
            signer.publicKey(),
            keys.inbox().xOnlyPublicKey(),
            instance,
            controller.dids(),
            policy,
            nonces);
    MemberRun run = new MemberRun(party, performer, vault, keys, store);
    try {
      Journals.Kept<ParticipantFact> kept = outside.journals().ofMember(keys, plan);
      ParticipantMachine machine = new ParticipantMachine(plan);
      MemberNews news = new MemberNews(party);
      List<ParticipantFact> facts = kept.journal().replay();
      Restart.requireClockNotBehind(Restart.newestOfMember(facts), party.host().now());
      news.recall(machine, facts);
      CohortDriver<ParticipantState, ParticipantFact> driver =
          new CohortDriver<>(machine, kept.journal(), facts, performer, news);
      boolean halted = kept.halted();
      if (halted) {
        signer.halt();
      }
      party.start(
          driver,
          driver.state() instanceof ParticipantState.RolledBack && !halted
              ? List.of(new Input.GivenUp())
              : List.of(),
          kept::finished);
      kept.whenLost(party.host()::stop);
    } catch (RuntimeException refused) {
      run.close();
      throw refused;
    }
    performer.listenToInbox();
    performer.listenToAnnouncements(policy.coordinator(), "");
    return run;
  }

  /** How it ended; {@code CohortStoppedException} if it was stopped before. */
  public CompletableFuture<Outcome> outcome() {
    return party.outcome();
  }

  /**
   * One visit of a member that does not stay: waits until it has its outcome, or until nothing has
   * happened for {@code quiet} and no signature is being made. Then it can be closed, and another
   * process goes on later with the same keys, journal and sealed nonces.
   *
   * @return the outcome; empty if there is none yet
   * @throws IllegalStateException if its nonces are in memory: they would end with the visit (N7)
   */
  public Optional<Outcome> visit(Duration quiet) throws InterruptedException {
    if (store.isEmpty()) {
      throw new IllegalStateException(
          "nonces must be sealed for a visit, they are in memory; see Outside.sealing");
    }
    return party.visit(quiet);
  }

  /** The newest round with a final signature. */
  public Optional<CompletedRound> lastRound() {
    return party.lastRound();
  }

  /**
   * What shows this cohort to the one it follows; empty until all its members have acknowledged it,
   * and if it follows none. It is made of signed statements: whoever holds it believes nobody.
   */
  public Optional<Succession> succession() {
    return succession(party.host().quiet().state());
  }

  private static Optional<Succession> succession(@Nullable Object state) {
    return switch (state) {
      case ParticipantState.InCohort inCohort -> inCohort.joined().succession();
      case ParticipantState.Closed closed -> succession(closed.last());
      case null, default -> Optional.empty();
    };
  }

  /**
   * Says in this cohort which one follows it, as soon as {@code next} shows that; asked again and
   * again until then, and once more after a restart.
   */
  public void followedBy(Supplier<Optional<Succession>> next) {
    party.followedBy(next);
  }

  /**
   * Proofs of others' faults in what this member has seen so far, for a party that has nothing
   * else; most complete once the outcome is there. Silence has none.
   */
  public List<Evidence> evidence() {
    return party.host().quiet().state() instanceof ParticipantState state
        ? EvidenceOf.member(state, new NostrStatementReader())
        : List.of();
  }

  /** Leaves, and destroys keys and nonces. */
  @Override
  public void close() {
    party.close(performer);
    vault.close();
    keys.destroy();
    if (store.orElse(null) instanceof FileSealedNonces files) {
      files.close();
    }
  }

  /**
   * Choices, not safety checks: one that is in a cohort looks for no other; and relays keep
   * announcements long after enrolment has closed.
   */
  private static void deliver(Party party, Input input) {
    if (input instanceof Input.Heard heard
        && heard.statement().body() instanceof Announcement
        && party.host().quiet().state() instanceof ParticipantState state
        && !(state instanceof ParticipantState.Searching)) {
      return;
    }
    if (input instanceof Input.Heard heard
        && heard.statement().body() instanceof Announcement announced
        && heard
            .statement()
            .createdAt()
            .plus(announced.terms().deadlines().recruiting())
            .isBefore(party.host().now())) {
      party.happened(
          new Progress.Refused(
              Code.ENROLMENT_CLOSED,
              "announcement " + announced.identifier() + " is of a cohort that has formed"));
      return;
    }
    party.host().deliver(input);
  }
}
