package org.beaconcohort.cli.demo;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.api.Relays;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.command.Await;
import org.beaconcohort.cli.command.Ending;
import org.beaconcohort.cli.regtest.Stage;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.result.ResultCheck;
import org.beaconcohort.cli.result.ResultFiles;
import org.beaconcohort.cli.wiring.Wiring;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** One coordinator and its participants, each with keys, connections and a thread of its own. */
final class DemoRound {
  private static final Duration POLL = Duration.ofMillis(150);
  private static final Duration PHASE = Duration.ofMinutes(2);
  private static final long SINGLETON_COIN = 10_000;
  private static final long LEAST_FUNDING = 20_000;
  private static final long FUNDING = 50_000;
  private static final long FEE_RATE = 2_000;
  private static final int CONFIRMATIONS = 1;
  private static final FeeCorridor FEES = new FeeCorridor(1_000, 50_000, 20_000);

  private final Stage stage;
  private final Report report;
  private final int participants;
  private final SecureRandom random = new SecureRandom();
  private final List<EsploraChain> chains = new ArrayList<>();
  private final Relays relays;

  DemoRound(Stage stage, Report report, int participants) {
    this.stage = stage;
    this.report = report;
    this.participants = participants;
    this.relays = Wiring.relays(stage.relays());
  }

  /** Runs it all and leaves checked files in {@code out}. */
  CompletedRound run(Path out) {
    SecretKey identity = SecretKey.generate(random);
    List<DemoMember> members = new ArrayList<>();
    AtomicReference<String> coordinate = new AtomicReference<>("");
    CompletableFuture<Cohort> formed = new CompletableFuture<>();
    try (CoordinatorRun coordinator =
        CoordinatorRun.start(
            outside(),
            identity,
            "demo-" + Bytes.of(randomBytes(4)).hex(),
            terms(),
            FEE_RATE,
            progress -> {
              report.progress("coordinator", progress);
              if (progress instanceof Progress.Announced announced) {
                coordinate.set(announced.coordinate());
              } else if (progress instanceof Progress.CohortFormed done) {
                formed.complete(done.cohort());
              }
            })) {
      for (int number = 1; number <= participants; number++) {
        members.add(member(number, coordinator.identity()));
      }
      Cohort cohort = Await.either(formed, coordinator.outcome());
      stage.fixture().fund(cohort.address(), FUNDING);
      Ending.requireAnchored(Await.outcome(coordinator.outcome()));
      for (DemoMember member : members) {
        Ending.requireAnchored(Await.outcome(member.outcome()));
      }
      CompletedRound round = coordinator.lastRound().orElseThrow();
      files(out, coordinate.get(), round, members);
      return round;
    } finally {
      members.forEach(DemoMember::close);
      chains.forEach(EsploraChain::close);
      identity.destroy();
    }
  }

  private DemoMember member(int number, Bytes coordinator) {
    SecretKey key = SecretKey.generate(random);
    stage.fixture().fund(DemoMember.singletonAddress(key), SINGLETON_COIN);
    JoinPolicy policy =
        new JoinPolicy(Network.REGTEST, coordinator, CONFIRMATIONS, FEES.maxFee(), Instant.MAX);
    return new DemoMember(number, key, outside(), policy, report);
  }

  /** Own connections for everybody. */
  private Outside outside() {
    EsploraChain chain = Wiring.chain(stage.chain(), Network.REGTEST);
    chains.add(chain);
    return new Outside(relays, chain, POLL, random);
  }

  private void files(Path out, String coordinate, CompletedRound round, List<DemoMember> members) {
    ResultFiles files = new ResultFiles(out);
    files.write(coordinate, round);
    ResultCheck check = new ResultCheck(out, outside().chain(), CONFIRMATIONS);
    check.transaction(round.prevout());
    for (DemoMember member : members) {
      files.write(member.history(), member.sidecar());
      check.member(member.did(), member.transactions());
    }
  }

  private CohortTerms terms() {
    return new CohortTerms(
        Network.REGTEST,
        BeaconType.CAS,
        participants,
        participants,
        1,
        0,
        CohortTerms.LeafA.ABSENT,
        CohortTerms.ResponseOrder.NONCES_FIRST,
        CohortTerms.SignerClass.LIVE,
        CohortTerms.NonceCustody.MEMORY,
        new Deadlines(PHASE, PHASE, PHASE, PHASE, PHASE, PHASE, PHASE, PHASE),
        FEES,
        CohortTerms.Funder.COORDINATOR,
        LEAST_FUNDING,
        CONFIRMATIONS,
        1,
        stage.relays(),
        List.of());
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
