package org.beaconcohort.adapter.api;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.controller.ControllerListener;
import org.beaconcohort.adapter.controller.InMemoryLedger;
import org.beaconcohort.adapter.controller.LocalDidController;
import org.beaconcohort.adapter.controller.SingletonCosts;
import org.beaconcohort.adapter.controller.WantedUpdate;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.archive.JournalExport;
import org.beaconcohort.adapter.journal.archive.JournalImport;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.adapter.journal.record.StreamHead;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.adapter.progress.ProgressListener;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.check.Evidence;
import org.beaconcohort.cohort.check.IndependentCheck;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.key.KeyAddress;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * Rounds over durable journals that leave one journal of each kind: anchored, failed, with a lost
 * nonce, with sealed nonces, put back to a backup.
 */
final class PastRounds implements AutoCloseable {
  private static final long SEED = 20260401;
  private static final JoinPolicy POLICY =
      new JoinPolicy(
          Network.REGTEST, Bytes.EMPTY, 1, 20_000, Instant.MAX, JoinPolicy.Fallback.NONE);

  /** Who wrote a stream; public keys alone. */
  record Writer(Bytes statementKey, Bytes cohortKey, Bytes inboxKey, NonceCustody custody) {}

  private final Path exports;
  private final Path work;
  private final NonceCustody custody;
  private final SharedChain chain = new SharedChain();
  private final MemoryRelays relays = new MemoryRelays();
  private final JournalStore store;
  private final DurableJournals journals;
  private final SeededRandom random;
  private final SecretKey alice;
  private final MemberKeys aliceKeys;
  private final LocalDidController aliceController;
  private final Map<String, Writer> writers = new TreeMap<>();
  private int outsides;

  private PastRounds(Path exports, Path work, String name, NonceCustody custody) {
    this.exports = exports;
    this.work = work;
    this.custody = custody;
    this.store = JournalStore.open(file(name + ".db"), JournalSettings.defaults());
    this.random = new SeededRandom(SEED + name.hashCode());
    this.journals = DurableJournals.of(store, random);
    this.alice = SecretKey.generate(random);
    this.aliceKeys = fresh(alice);
    this.aliceController = controller(alice);
  }

  private String file(String name) {
    return work.resolve(name).toString();
  }

  /**
   * Exports by name into {@code exports}, databases and sealed nonces into {@code work}; for each
   * stream, who wrote it.
   */
  static Map<String, Writer> write(Path exports, Path work) throws Exception {
    Map<String, Writer> all = new TreeMap<>();
    try (PastRounds rounds = new PastRounds(exports, work, "anchored", NonceCustody.MEMORY)) {
      all.putAll(rounds.anchored());
    }
    try (PastRounds rounds = new PastRounds(exports, work, "failed", NonceCustody.MEMORY)) {
      all.putAll(rounds.failed());
    }
    try (PastRounds rounds = new PastRounds(exports, work, "nonce-lost", NonceCustody.MEMORY)) {
      all.putAll(rounds.startedAgain("nonce-lost"));
    }
    try (PastRounds rounds = new PastRounds(exports, work, "sealed", NonceCustody.SEALED)) {
      all.putAll(rounds.startedAgain("sealed"));
    }
    try (PastRounds rounds = new PastRounds(exports, work, "rolled-back", NonceCustody.MEMORY)) {
      all.putAll(rounds.rolledBack());
    }
    return all;
  }

  private Map<String, Writer> anchored() throws Exception {
    try (MemberRun one = begin(alice, aliceKeys, aliceController, progress -> {});
        MemberRun two = another(progress -> {});
        CoordinatorRun led = lead(2, Duration.ofMinutes(1), progress -> {})) {
      requireAnchored(led.outcome(), one.outcome(), two.outcome());
    }
    return export("anchored");
  }

  private Map<String, Writer> failed() throws Exception {
    try (MemberRun one = begin(alice, aliceKeys, aliceController, progress -> {});
        CoordinatorRun led = lead(2, Duration.ofSeconds(2), progress -> {})) {
      require(Outcome.Failed.class, led.outcome());
      require(Outcome.Failed.class, one.outcome());
    }
    return export("failed");
  }

  /** Alice's process ends while her nonce is out and nobody can have proposed yet. */
  private Map<String, Writer> startedAgain(String name) throws Exception {
    CompletableFuture<Boolean> responded = new CompletableFuture<>();
    CompletableFuture<Boolean> again = new CompletableFuture<>();
    MemberRun first = begin(alice, aliceKeys, aliceController, progress -> {});
    try (MemberRun two =
            another(progress -> {
              if (progress instanceof Progress.UpdatesCommitted) {
                var unused = again.join();
              }
            });
        CoordinatorRun led =
            lead(
                2,
                Duration.ofMinutes(1),
                progress -> {
                  if (progress instanceof Progress.Heard heard
                      && heard.step() == Progress.Step.RESPONDED) {
                    responded.complete(true);
                  }
                })) {
      var unused = responded.get(60, TimeUnit.SECONDS);
      first.close();
      try (MemberRun second =
          begin(
              alice,
              MemberKeys.of(alice, aliceKeys.membership()),
              aliceController,
              progress -> {})) {
        again.complete(true);
        requireAnchored(led.outcome(), second.outcome(), two.outcome());
      }
    } finally {
      first.close();
      again.complete(true);
    }
    return export(name);
  }

  /** Alice's journal is put back to what it was when the round opened. */
  private Map<String, Writer> rolledBack() throws Exception {
    Path backup = work.resolve("backup.jsonl");
    try (MemberRun one =
            begin(
                alice,
                aliceKeys,
                aliceController,
                progress -> {
                  if (progress instanceof Progress.RoundOpened && !Files.exists(backup)) {
                    var unused = JournalExport.write(store, backup);
                  }
                });
        MemberRun two = another(progress -> {});
        CoordinatorRun led = lead(2, Duration.ofMinutes(1), progress -> {})) {
      requireAnchored(led.outcome(), one.outcome(), two.outcome());
    }
    try (JournalStore restored =
        JournalStore.open(file("restored.db"), JournalSettings.defaults())) {
      var unused = JournalImport.read(restored, backup);
      Outside outside = outside().keeping(DurableJournals.of(restored, random));
      try (MemberRun one =
          MemberRun.start(
              outside,
              aliceController,
              POLICY,
              MemberKeys.of(alice, aliceKeys.membership()),
              progress -> {})) {
        require(Outcome.Halted.class, one.outcome());
      }
      var unusedExport = JournalExport.write(restored, exports.resolve("rolled-back.jsonl"));
    }
    check("rolled-back");
    return writers;
  }

  private Map<String, Writer> export(String name) {
    check(name);
    var unused = JournalExport.write(store, exports.resolve(name + ".jsonl"));
    return writers;
  }

  /** The independent checker over what was said, the chain and this store's journals. */
  private void check(String name) {
    List<Evidence.Journal> kept = new ArrayList<>();
    for (StreamHead head : store.streams()) {
      List<Evidence.Kept> records = new ArrayList<>();
      for (StoredRecord record : store.look(head.stream()).orElseThrow().records()) {
        records.add(
            new Evidence.Kept(
                record.type(),
                new String(record.payload().orElseThrow().toArray(), StandardCharsets.UTF_8)));
      }
      kept.add(new Evidence.Journal(head.stream(), records, records, Evidence.Life.unknown()));
    }
    var result =
        IndependentCheck.require(
            new Evidence(relays.events(), Set.of(), kept, chain.spends()), name);
    System.out.println("Round over durable journals, " + name + ": " + result);
  }

  @SafeVarargs
  private static void requireAnchored(CompletableFuture<Outcome>... outcomes) throws Exception {
    for (CompletableFuture<Outcome> outcome : outcomes) {
      require(Outcome.Anchored.class, outcome);
    }
  }

  private static void require(Class<? extends Outcome> type, CompletableFuture<Outcome> outcome)
      throws Exception {
    Outcome found = outcome.get(60, TimeUnit.SECONDS);
    if (!type.isInstance(found)) {
      throw new AssertionError("outcome must be " + type.getSimpleName() + ", got " + found);
    }
  }

  private CoordinatorRun lead(int members, Duration recruiting, ProgressListener listener) {
    SecretKey identity = SecretKey.generate(random);
    writers.put(
        "coordinator/" + identity.xOnlyPublicKey().hex() + "/past",
        new Writer(identity.xOnlyPublicKey(), Bytes.EMPTY, Bytes.EMPTY, custody));
    return CoordinatorRun.start(
        outside().keeping(journals),
        identity,
        "past",
        terms(members, recruiting),
        2_000,
        listener.and(progress -> {
          if (progress instanceof Progress.CohortFormed formed) {
            chain.fund(formed.cohort().address(), 50_000);
          }
        }));
  }

  private MemberRun another(ProgressListener listener) {
    SecretKey key = SecretKey.generate(random);
    return begin(key, fresh(key), controller(key), listener);
  }

  private MemberKeys fresh(SecretKey key) {
    chain.fund(KeyAddress.p2tr(Network.REGTEST, key.publicKey()), 10_000);
    return MemberKeys.fresh(key, random);
  }

  private MemberRun begin(
      SecretKey key, MemberKeys keys, LocalDidController controller, ProgressListener listener) {
    writers.put(
        "member/" + key.xOnlyPublicKey().hex() + "/" + keys.membership().hex(),
        new Writer(
            keys.statement().xOnlyPublicKey(),
            keys.cohort().publicKey(),
            keys.inbox().xOnlyPublicKey(),
            custody));
    Outside outside = outside().keeping(journals);
    return MemberRun.start(
        custody == NonceCustody.SEALED
            ? outside.sealing(SealedStores.in(work.resolve("nonces")))
            : outside,
        controller,
        POLICY,
        keys,
        listener);
  }

  private LocalDidController controller(SecretKey key) {
    Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
    return new LocalDidController(
        key,
        DidHistory.ofKey(did),
        new WantedUpdate.Patch(LibraryExampleTest.patch(key)),
        new InMemoryLedger(),
        chain,
        SingletonCosts.DEFAULT,
        1,
        new SeededRandom(SEED + 1_000 + outsides++),
        ControllerListener.none());
  }

  /** Each party has threads of its own, so randomness of its own. */
  private Outside outside() {
    return new Outside(
        relays, chain, Duration.ofMillis(20), new SeededRandom(SEED + 2_000 + outsides++));
  }

  private CohortTerms terms(int members, Duration recruiting) {
    Duration phase = Duration.ofMinutes(1);
    return new CohortTerms(
        Network.REGTEST,
        BeaconType.CAS,
        members,
        members,
        1,
        0,
        CohortTerms.LeafA.ABSENT,
        CohortTerms.ResponseOrder.NONCES_FIRST,
        custody == NonceCustody.SEALED
            ? CohortTerms.SignerClass.SCHEDULED
            : CohortTerms.SignerClass.LIVE,
        custody,
        new Deadlines(recruiting, phase, phase, phase, phase, phase, phase, phase),
        new FeeCorridor(1_000, 50_000, 20_000),
        CohortTerms.Funder.COORDINATOR,
        20_000,
        1,
        1,
        List.of("ws://127.0.0.1:1"),
        List.of());
  }

  @Override
  public void close() {
    store.close();
    relays.close();
  }
}
