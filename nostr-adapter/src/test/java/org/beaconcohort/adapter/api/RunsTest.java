package org.beaconcohort.adapter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.beaconcohort.adapter.controller.ControllerListener;
import org.beaconcohort.adapter.controller.InMemoryLedger;
import org.beaconcohort.adapter.controller.LocalDidController;
import org.beaconcohort.adapter.controller.SingletonCosts;
import org.beaconcohort.adapter.controller.UpdateLedger;
import org.beaconcohort.adapter.controller.WantedUpdate;
import org.beaconcohort.adapter.host.CohortStoppedException;
import org.beaconcohort.adapter.host.NotDurableException;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.adapter.progress.ProgressListener;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorPlan;
import org.beaconcohort.cohort.coordinator.StandbyPlan;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.cohort.port.Journal;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class RunsTest {
  private final SeededRandom random = new SeededRandom(20260103);
  private final MemoryRelays relays = new MemoryRelays();
  private final SharedChain chain = new SharedChain();
  private final Outside outside = new Outside(relays, chain, Duration.ofMillis(20), random);
  @TempDir private Path folder;
  private final BlockingQueue<Progress> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    relays.close();
  }

  @Test
  void withoutCandidatesTheCohortEndsAndSaysSo() throws Exception {
    try (CoordinatorRun run = coordinator(Network.REGTEST, Duration.ofSeconds(1))) {
      Outcome.Failed failed =
          assertInstanceOf(Outcome.Failed.class, run.outcome().get(30, TimeUnit.SECONDS));
      assertEquals(Code.NOT_ENOUGH, failed.code());
      assertTrue(run.lastRound().isEmpty());
    }
    assertInstanceOf(Progress.Announced.class, heard.remove());
    assertInstanceOf(Progress.Ended.class, heard.remove());
  }

  /** Or a process killed before it used the outcome would find nothing to go on with. */
  @Test
  void aCohortIsOpenUntilTheRunThatHadItsOutcomeIsClosed(@TempDir Path directory) throws Exception {
    SecretKey identity = SecretKey.generate(random);
    String file = directory.resolve("journal").toString();
    try (JournalStore store = JournalStore.open(file, JournalSettings.defaults())) {
      DurableJournals journals = DurableJournals.of(store, random);
      try (CoordinatorRun run =
          CoordinatorRun.start(
              outside.keeping(journals),
              identity,
              "test",
              terms(Network.REGTEST, Duration.ofSeconds(1)),
              2_000,
              heard::add)) {
        assertInstanceOf(Outcome.Failed.class, run.outcome().get(30, TimeUnit.SECONDS));
        assertEquals(List.of("test"), journals.openCoordinations(run.identity()));
      }
      assertEquals(List.of(), journals.openCoordinations(identity.xOnlyPublicKey()));
    }
  }

  @Test
  void aCandidateIsToldThatThereWereNotEnough() throws Exception {
    SecretKey key = SecretKey.generate(random);
    try (CoordinatorRun run = coordinator(Network.REGTEST, Duration.ofSeconds(2));
        MemberRun member = member(key, run.identity())) {
      Outcome.Failed failed =
          assertInstanceOf(Outcome.Failed.class, member.outcome().get(30, TimeUnit.SECONDS));
      assertEquals(Code.NOT_ENOUGH, failed.code());
    }
  }

  @Test
  void aCohortOfMainnetIsNotLedWithoutConsent() {
    assertThrows(
        MainnetNotAllowedException.class,
        () -> coordinator(Network.BITCOIN, Duration.ofSeconds(1)));
  }

  @Test
  void aCohortOfMainnetIsNotJoinedWithoutConsent() {
    assertThrows(MainnetNotAllowedException.class, () -> member(outside, Network.BITCOIN));
  }

  @Test
  void consentToMainnetDoesNotReplaceADurableJournal() {
    assertThrows(
        NotDurableException.class, () -> member(outside.allowingMainnet(), Network.BITCOIN));
  }

  @ParameterizedTest
  @EnumSource(value = Network.class, names = "REGTEST", mode = EnumSource.Mode.EXCLUDE)
  void withJournalsInMemoryOnlyRegtestIsLedAndJoined(Network network) {
    assertThrows(
        NotDurableException.class,
        () -> coordinator(outside.allowingMainnet(), network, Duration.ofSeconds(1)));
    assertThrows(NotDurableException.class, () -> member(outside.allowingMainnet(), network));
  }

  @ParameterizedTest
  @EnumSource(Network.class)
  void withDurableJournalsEveryNetworkIsLed(Network network) throws Exception {
    try (JournalStore store =
        JournalStore.open(folder.resolve("journal.db").toString(), JournalSettings.defaults())) {
      Outside durable =
          outside.allowingMainnet().keeping(DurableJournals.of(store, new SecureRandom()));
      try (CoordinatorRun run = coordinator(durable, network, Duration.ofSeconds(1))) {
        Outcome.Failed failed =
            assertInstanceOf(Outcome.Failed.class, run.outcome().get(30, TimeUnit.SECONDS));
        assertEquals(Code.NOT_ENOUGH, failed.code());
      }
    }
  }

  @Test
  void leavingEndsTheWait() {
    CoordinatorRun run = coordinator(Network.REGTEST, Duration.ofHours(1));
    run.close();
    ExecutionException stopped =
        assertThrows(ExecutionException.class, () -> run.outcome().get(10, TimeUnit.SECONDS));
    assertInstanceOf(CohortStoppedException.class, stopped.getCause());
  }

  @Test
  void whoeverLosesItsJournalToAnotherProcessStopsAndSaysToWhom() throws Exception {
    Losing journals = new Losing();
    try (CoordinatorRun run =
        CoordinatorRun.start(
            outside.keeping(journals),
            SecretKey.generate(random),
            "test",
            terms(Network.REGTEST, Duration.ofHours(1)),
            2_000,
            heard::add)) {
      assertInstanceOf(Progress.Announced.class, heard.poll(10, TimeUnit.SECONDS));
      journals.lost.accept(new JournalException(Fault.FENCED, "now it is held by a usurper"));
      ExecutionException stopped =
          assertThrows(ExecutionException.class, () -> run.outcome().get(10, TimeUnit.SECONDS));
      CohortStoppedException end =
          assertInstanceOf(CohortStoppedException.class, stopped.getCause());
      JournalException why = assertInstanceOf(JournalException.class, end.getCause());
      assertEquals(Fault.FENCED, why.fault());
      assertTrue(String.valueOf(end.getMessage()).contains("held by a usurper"));
    }
  }

  /** Journals in memory that another process can take. */
  private static final class Losing implements Journals {
    private final Journals memory = Journals.inMemory();
    private volatile Consumer<PortFailure> lost = why -> {};

    @Override
    public Kept<CoordinatorFact> ofCoordinator(CoordinatorPlan plan) {
      Kept<CoordinatorFact> kept = memory.ofCoordinator(plan);
      return new Kept<>() {
        @Override
        public Journal<CoordinatorFact> journal() {
          return kept.journal();
        }

        @Override
        public boolean halted() {
          return kept.halted();
        }

        @Override
        public void finished() {
          kept.finished();
        }

        @Override
        public void whenLost(Consumer<PortFailure> listener) {
          lost = listener;
        }
      };
    }

    @Override
    public Kept<CoordinatorFact> ofStandby(StandbyPlan plan) {
      return memory.ofStandby(plan);
    }

    @Override
    public Kept<ParticipantFact> ofMember(MemberKeys keys, ParticipantPlan plan) {
      return memory.ofMember(keys, plan);
    }

    @Override
    public List<String> openCoordinations(Bytes identity) {
      return memory.openCoordinations(identity);
    }

    @Override
    public List<Bytes> openMemberships(Bytes owner) {
      return memory.openMemberships(owner);
    }
  }

  @Test
  void aListenerThatFailsStopsItsParty() {
    ProgressListener failing =
        progress -> {
          throw new IllegalStateException("screen is full");
        };
    try (CoordinatorRun run =
        CoordinatorRun.start(
            outside,
            SecretKey.generate(random),
            "test",
            terms(Network.REGTEST, Duration.ofHours(1)),
            2_000,
            failing)) {
      ExecutionException stopped =
          assertThrows(ExecutionException.class, () -> run.outcome().get(10, TimeUnit.SECONDS));
      assertTrue(
          String.valueOf(stopped.getMessage()).contains("screen is full"), stopped.getMessage());
    }
  }

  @Test
  void theSameTroubleOverAndOverIsToldOnce() {
    Party party = new Party("test", outside, SecretKey.generate(random), heard::add);
    party.notPublished("no relay answers");
    party.notPublished("no relay answers");
    party.happened(new Progress.Welcomed());
    party.notPublished("no relay answers");
    assertEquals(3, heard.size());
  }

  @Test
  void keysOfTwoMembershipsOfOneSecretDiffer() {
    SecretKey secret = SecretKey.generate(random);
    MemberKeys one = MemberKeys.fresh(secret, random);
    MemberKeys other = MemberKeys.fresh(secret, random);
    List<Bytes> all =
        List.of(
            secret.publicKey(),
            one.statement().publicKey(),
            one.cohort().publicKey(),
            one.inbox().publicKey(),
            other.statement().publicKey(),
            other.cohort().publicKey(),
            other.inbox().publicKey());
    assertEquals(all.size(), all.stream().distinct().count());
  }

  @Test
  void destroyedKeysSignNothingMore() {
    MemberKeys keys = MemberKeys.fresh(SecretKey.generate(random), random);
    keys.destroy();
    assertTrue(keys.isDestroyed());
    assertTrue(keys.statement().isDestroyed());
    assertTrue(keys.cohort().isDestroyed());
    assertTrue(keys.inbox().isDestroyed());
  }

  private CoordinatorRun coordinator(Network network, Duration recruiting) {
    return coordinator(outside, network, recruiting);
  }

  private CoordinatorRun coordinator(Outside world, Network network, Duration recruiting) {
    return CoordinatorRun.start(
        world, SecretKey.generate(random), "test", terms(network, recruiting), 2_000, heard::add);
  }

  private MemberRun member(SecretKey key, Bytes coordinator) {
    // Threads of its own, so randomness of its own.
    Outside own = new Outside(relays, chain, Duration.ofMillis(20), new SeededRandom(20260104));
    return MemberRun.start(
        own,
        controller(key),
        new JoinPolicy(Network.REGTEST, coordinator, 1, 20_000, Instant.MAX),
        MemberKeys.fresh(key, random),
        progress -> {});
  }

  private MemberRun member(Outside world, Network network) {
    SecretKey key = SecretKey.generate(random);
    UpdateLedger lasting =
        new InMemoryLedger() {
          @Override
          public boolean durable() {
            return true;
          }
        };
    return MemberRun.start(
        world,
        controller(network, key, lasting),
        new JoinPolicy(network, Bytes.EMPTY, 1, 20_000, Instant.MAX),
        MemberKeys.fresh(key, random),
        progress -> {});
  }

  private LocalDidController controller(SecretKey key) {
    return controller(Network.REGTEST, key, new InMemoryLedger());
  }

  private LocalDidController controller(Network network, SecretKey key, UpdateLedger ledger) {
    return new LocalDidController(
        key,
        DidHistory.ofKey(Btcr2Did.ofKey(network, key.publicKey())),
        new WantedUpdate.Nothing(),
        ledger,
        outside.chain(),
        SingletonCosts.DEFAULT,
        1,
        random,
        ControllerListener.none());
  }

  private static CohortTerms terms(Network network, Duration recruiting) {
    Duration phase = Duration.ofSeconds(30);
    return new CohortTerms(
        network,
        BeaconType.CAS,
        2,
        3,
        1,
        0,
        CohortTerms.LeafA.ABSENT,
        CohortTerms.ResponseOrder.NONCES_FIRST,
        CohortTerms.SignerClass.LIVE,
        CohortTerms.NonceCustody.MEMORY,
        new Deadlines(recruiting, phase, phase, phase, phase, phase, phase, phase),
        new FeeCorridor(1_000, 50_000, 20_000),
        CohortTerms.Funder.COORDINATOR,
        20_000,
        1,
        1,
        List.of("ws://127.0.0.1:1"),
        List.of());
  }
}
