package org.beaconcohort.adapter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.beaconcohort.adapter.controller.ControllerListener;
import org.beaconcohort.adapter.controller.InMemoryLedger;
import org.beaconcohort.adapter.controller.LocalDidController;
import org.beaconcohort.adapter.controller.SingletonCosts;
import org.beaconcohort.adapter.controller.WantedUpdate;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.key.KeyAddress;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.cohort.tables.Ends;
import org.beaconcohort.cohort.tables.RunTable;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * A cohort of three over relays on real ports: every party connects on its own. What becomes of it
 * stands in docs/peer-faults.md under the same name.
 */
final class RelayScene implements AutoCloseable {
  static final int MEMBERS = 3;

  private static final Duration POLL = Duration.ofMillis(50);
  private static final long PATIENCE_SECONDS = 90;
  private static final long LOOK_NANOS = 20_000_000;

  private final SecureRandom random = new SecureRandom();
  private final SharedChain chain = new SharedChain();
  private final SecretKey identity = SecretKey.generate(random);
  private final List<MemberRun> members = new ArrayList<>();
  private final List<CoordinatorRun> coordinators = new ArrayList<>();
  private final List<String> named;
  private final Deadlines deadlines;
  private final Queue<Progress> told = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Boolean> fundable = new CompletableFuture<>();

  /** Relays as they stand in the terms; there is time enough for everything. */
  RelayScene(List<String> relays) {
    this(relays, Duration.ofSeconds(60));
  }

  /** As above, with a deadline for each step of members. */
  RelayScene(List<String> relays, Duration phase) {
    this.named = List.copyOf(relays);
    this.deadlines =
        new Deadlines(
            Duration.ofSeconds(60),
            phase,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            phase,
            phase,
            phase,
            Duration.ofSeconds(60));
  }

  /** Begins to lead; {@code listener} hears everything, on the coordinator's thread. */
  RelayScene announces(Consumer<Progress> listener) {
    CohortTerms some = Simulation.terms(MEMBERS, MEMBERS, 0, 1, NonceCustody.MEMORY, deadlines);
    CohortTerms terms =
        new CohortTerms(
            some.network(),
            some.beaconType(),
            some.minMembers(),
            some.maxMembers(),
            some.maxDidsPerMember(),
            some.pendingUpdateTrigger(),
            some.leafA(),
            some.order(),
            some.signerClass(),
            some.custody(),
            some.deadlines(),
            some.fees(),
            some.funder(),
            some.minFunding(),
            some.confirmations(),
            some.rounds(),
            named,
            some.successors());
    coordinators.add(
        CoordinatorRun.start(
            outside(named),
            identity,
            "relays",
            terms,
            2_000,
            progress -> {
              told.add(progress);
              listener.accept(progress);
              if (progress instanceof Progress.CohortFormed formed) {
                var unused =
                    fundable.thenAccept(now -> chain.fund(formed.cohort().address(), 50_000));
              }
            }));
    return this;
  }

  /** Pays the beacon address as soon as it is known. */
  RelayScene funds() {
    fundable.complete(true);
    return this;
  }

  /** Adds members that are connected to all relays. */
  RelayScene members(int count) {
    for (int i = 0; i < count; i++) {
      member(named);
    }
    return this;
  }

  /** Adds a member that is connected to these. */
  RelayScene member(List<String> relays) {
    SecretKey key = SecretKey.generate(random);
    chain.fund(KeyAddress.p2tr(Network.REGTEST, key.publicKey()), 10_000);
    Outside outside = outside(relays);
    LocalDidController controller =
        new LocalDidController(
            key,
            DidHistory.ofKey(Btcr2Did.ofKey(Network.REGTEST, key.publicKey())),
            new WantedUpdate.Patch(LibraryExampleTest.patch(key)),
            new InMemoryLedger(),
            chain,
            SingletonCosts.DEFAULT,
            1,
            random,
            ControllerListener.none());
    JoinPolicy policy =
        new JoinPolicy(Network.REGTEST, identity.xOnlyPublicKey(), 1, 20_000, Instant.MAX);
    members.add(
        MemberRun.start(
            outside, controller, policy, MemberKeys.fresh(key, random), progress -> {}));
    return this;
  }

  private Outside outside(List<String> relays) {
    return new Outside(Relays.of(relays), chain, POLL, random);
  }

  /** x-only key that announces. */
  Bytes coordinator() {
    return identity.xOnlyPublicKey();
  }

  /** Waits until the coordinator has said something of that kind. */
  RelayScene when(Class<? extends Progress> type) {
    until(() -> told.stream().anyMatch(type::isInstance), type.getSimpleName());
    return this;
  }

  /** Looks until it is so. */
  static void until(BooleanSupplier reached, String what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!reached.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what + " must come");
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** How every member ended: with its update anchored. */
  String ends() throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    for (MemberRun member : members) {
      Outcome outcome = member.outcome().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertTrue(
          outcome instanceof Outcome.Anchored || outcome instanceof Outcome.AnchoredAlone,
          "update must be anchored: " + outcome);
      outcomes.add(outcome);
    }
    return Ends.text(outcomes, 0);
  }

  /** The row of that name in docs/peer-faults.md must say how it ended. */
  void is(String name) throws Exception {
    is(name, ends());
  }

  /** The row of that name in docs/peer-faults.md must say this. */
  static void is(String name, String shown) {
    RunTable.in("docs/peer-faults.md").requireRow(List.of("`" + name + "`"), List.of(shown));
  }

  /** As {@link #is(String)}, where nothing may be noticed. */
  void anchorsEverybody(String name) throws Exception {
    String ended = ends();
    assertEquals("all " + MEMBERS + " anchored by the cohort", ended, name);
    is(name, ended);
  }

  /** What the coordinator was told, so far. */
  List<Progress> told() {
    return List.copyOf(told);
  }

  @Override
  public void close() {
    members.parallelStream().forEach(MemberRun::close);
    coordinators.forEach(CoordinatorRun::close);
  }
}
