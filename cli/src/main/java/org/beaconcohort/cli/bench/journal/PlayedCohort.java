package org.beaconcohort.cli.bench.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.api.DurableJournals;
import org.beaconcohort.adapter.api.MemberKeys;
import org.beaconcohort.adapter.api.MemberRun;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.adapter.controller.ControllerListener;
import org.beaconcohort.adapter.controller.InMemoryLedger;
import org.beaconcohort.adapter.controller.LocalDidController;
import org.beaconcohort.adapter.controller.SingletonCosts;
import org.beaconcohort.adapter.controller.WantedUpdate;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.adapter.progress.ProgressListener;
import org.beaconcohort.cli.bench.journal.WatchedJournals.Timed;
import org.beaconcohort.cli.command.Await;
import org.beaconcohort.cli.command.Ending;
import org.beaconcohort.cli.regtest.Stage;
import org.beaconcohort.cli.wiring.Wiring;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.key.KeyAddress;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * What the members of a real cohort appended, all its rounds long: formed, funded, listed and
 * signed over a relay and a chain of this process.
 *
 * @param rounds that were anchored
 * @param members appends in order, by plan
 */
record PlayedCohort(int rounds, Map<ParticipantPlan, List<Timed>> members) {
  private static final Duration PAUSE = Duration.ofMillis(25);
  private static final Duration PHASE = Duration.ofMinutes(2);
  private static final long COIN = 10_000;
  private static final long FEE_RATE = 2_000;
  private static final long FEE_MOST = 2_000;
  private static final FeeCorridor FEES = new FeeCorridor(1_000, 50_000, FEE_MOST);
  private static final int MEMBERS = 2;

  /** Plays one whose parties keep their facts in {@code store}. */
  static PlayedCohort in(JournalStore store, int rounds, SecureRandom random) {
    WatchedJournals journals = new WatchedJournals(DurableJournals.of(store, random));
    List<MemberRun> members = new ArrayList<>();
    List<EsploraChain> chains = new ArrayList<>();
    SecretKey identity = SecretKey.generate(random);
    try (Stage stage = Stage.open(List.of(), Optional.empty(), PAUSE)) {
      CompletableFuture<Cohort> formed = new CompletableFuture<>();
      ProgressListener listener =
          progress -> {
            if (progress instanceof Progress.CohortFormed done) {
              formed.complete(done.cohort());
            }
          };
      CohortTerms terms = terms(stage, rounds);
      try (CoordinatorRun coordinator =
          CoordinatorRun.start(
              outside(stage, chains, journals, random),
              identity,
              "bench",
              terms,
              FEE_RATE,
              listener)) {
        for (int i = 0; i < MEMBERS; i++) {
          members.add(member(stage, outside(stage, chains, journals, random)));
        }
        Cohort cohort = Await.either(formed, coordinator.outcome());
        stage.fixture().fund(cohort.address(), terms.minFunding());
        Ending.requireAnchored(Await.outcome(coordinator.outcome()));
        for (MemberRun member : members) {
          Ending.requireAnchored(Await.outcome(member.outcome()));
        }
      } finally {
        members.forEach(MemberRun::close);
        chains.forEach(EsploraChain::close);
        identity.destroy();
      }
    }
    return new PlayedCohort(rounds, journals.members());
  }

  private static MemberRun member(Stage stage, Outside outside) {
    SecretKey key = SecretKey.generate(outside.random());
    Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
    stage.fixture().fund(KeyAddress.p2tr(Network.REGTEST, key.publicKey()), COIN);
    LocalDidController controller =
        new LocalDidController(
            key,
            DidHistory.ofKey(did),
            new WantedUpdate.Patch(homepage(did)),
            new InMemoryLedger(),
            outside.chain(),
            SingletonCosts.DEFAULT,
            1,
            outside.random(),
            ControllerListener.none());
    JoinPolicy policy = new JoinPolicy(Network.REGTEST, Bytes.EMPTY, 1, FEE_MOST, Instant.MAX);
    return MemberRun.start(
        outside, controller, policy, MemberKeys.fresh(key, outside.random()), unused -> {});
  }

  private static ArrayNode homepage(Btcr2Did did) {
    ArrayNode patch = StrictJson.newArray();
    patch
        .addObject()
        .put("op", "add")
        .put("path", "/service/-")
        .putObject("value")
        .put("id", did.url("homepage"))
        .put("type", "LinkedDomains")
        .put("serviceEndpoint", "https://member.example");
    return patch;
  }

  private static Outside outside(
      Stage stage, List<EsploraChain> chains, WatchedJournals journals, SecureRandom random) {
    EsploraChain chain = Wiring.chain(stage.chain(), Network.REGTEST);
    chains.add(chain);
    return new Outside(Wiring.relays(stage.relays()), chain, PAUSE, random).keeping(journals);
  }

  private static CohortTerms terms(Stage stage, int rounds) {
    return new CohortTerms(
        Network.REGTEST,
        BeaconType.CAS,
        MEMBERS,
        MEMBERS,
        1,
        0,
        CohortTerms.LeafA.ABSENT,
        CohortTerms.ResponseOrder.NONCES_FIRST,
        CohortTerms.SignerClass.LIVE,
        CohortTerms.NonceCustody.MEMORY,
        new Deadlines(PHASE, PHASE, PHASE, PHASE, PHASE, PHASE, PHASE, PHASE),
        FEES,
        CohortTerms.Funder.COORDINATOR,
        rounds * FEE_MOST + COIN,
        1,
        rounds,
        stage.relays(),
        List.of());
  }

  /** Nanoseconds from before the claim is appended until the signature may leave, of each. */
  List<Long> claimsToReleases() {
    List<Long> found = new ArrayList<>();
    for (List<Timed> appends : members.values()) {
      long claimed = 0;
      for (Timed each : appends) {
        if (each.facts().stream().anyMatch(ParticipantFact.Claimed.class::isInstance)) {
          claimed = each.begun();
        }
        if (claimed != 0 && each.facts().stream().anyMatch(PlayedCohort::isSignature)) {
          found.add(each.ended() - claimed);
          claimed = 0;
        }
      }
    }
    return found;
  }

  private static boolean isSignature(ParticipantFact fact) {
    return fact instanceof ParticipantFact.Made made
        && made.statement().body() instanceof PartialSignature;
  }
}
