package org.beaconcohort.adapter.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.beaconcohort.adapter.controller.ControllerListener;
import org.beaconcohort.adapter.controller.LocalDidController;
import org.beaconcohort.adapter.controller.SingletonCosts;
import org.beaconcohort.adapter.controller.UpdateLedger;
import org.beaconcohort.adapter.controller.WantedUpdate;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.adapter.progress.ProgressListener;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.Sidecar;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.pair.Pair;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** The examples of docs/library.md, word for word; {@link LibraryExampleTest} runs them. */
final class LibraryExample {
  private LibraryExample() {}

  // docs: coordinator
  /** Leads one cohort of two and gives what its one round anchored. */
  static CompletedRound lead(
      Outside outside, SecretKey identity, List<String> relays, Consumer<Cohort> payer)
      throws Exception {
    CohortTerms terms =
        new CohortTerms(
            Network.REGTEST,
            BeaconType.CAS,
            2, // fewest members
            2, // most members
            1, // DIDs per member
            0, // pending updates that close enrolment early; 0 for never
            CohortTerms.LeafA.ABSENT,
            CohortTerms.ResponseOrder.NONCES_FIRST,
            CohortTerms.SignerClass.LIVE,
            CohortTerms.NonceCustody.MEMORY,
            Deadlines.live(),
            new FeeCorridor(1_000, 50_000, 20_000), // sat/kvB, sat/kvB, sat
            CohortTerms.Funder.COORDINATOR,
            20_000, // least funding, sat
            1, // confirmations
            1, // rounds
            relays,
            List.of());
    ProgressListener listener =
        progress -> {
          if (progress instanceof Progress.CohortFormed formed) {
            payer.accept(formed.cohort()); // pay formed.cohort().address()
          }
        };
    try (CoordinatorRun run =
        CoordinatorRun.start(outside, identity, "weekly-17", terms, 2_000, listener)) {
      return switch (run.outcome().get()) {
        case Outcome.Anchored anchored -> run.lastRound().orElseThrow();
        case Outcome.SucceededBy next -> run.lastRound().orElseThrow();
        case Outcome.AnchoredAlone members -> throw new AssertionError("only members do that");
        case Outcome.Failed failed ->
            throw new IllegalStateException(failed.code() + ": " + failed.detail());
        case Outcome.MayStillConfirm open ->
            throw new IllegalStateException(open.txid() + " may still confirm: " + open.detail());
        case Outcome.Halted halted ->
            throw new IllegalStateException(halted.code() + ": " + halted.detail());
      };
    }
  }

  // docs: end

  // docs: member
  /** Has a cohort anchor {@code patch} of the DID of {@code key}; gives what resolvers need. */
  static Sidecar anchor(Outside outside, SecretKey key, ArrayNode patch, UpdateLedger ledger)
      throws Exception {
    Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
    LocalDidController controller =
        new LocalDidController(
            key,
            DidHistory.ofKey(did),
            new WantedUpdate.Patch(patch),
            ledger, // durable: it is what keeps the DID alive
            outside.chain(),
            SingletonCosts.DEFAULT,
            1, // confirmations
            outside.random(),
            ControllerListener.none());
    controller.checkWanted();
    JoinPolicy policy =
        new JoinPolicy(Network.REGTEST, Bytes.EMPTY /* any coordinator */, 1, 20_000, Instant.MAX);
    MemberKeys keys = MemberKeys.fresh(key, outside.random());
    try (MemberRun run = MemberRun.start(outside, controller, policy, keys, progress -> {})) {
      return switch (run.outcome().get()) {
        case Outcome.Anchored anchored -> controller.sidecar();
        case Outcome.SucceededBy next -> controller.sidecar();
        case Outcome.AnchoredAlone alone ->
            controller.sidecar(); // the cohort failed, the update did not
        case Outcome.Failed failed ->
            throw new IllegalStateException(failed.code() + ": " + failed.detail());
        case Outcome.MayStillConfirm open ->
            throw new IllegalStateException(open.txid() + " may still confirm: " + open.detail());
        case Outcome.Halted halted ->
            throw new IllegalStateException(halted.code() + ": " + halted.detail());
      };
    }
  }

  // docs: end

  // docs: pair
  /**
   * Has a cohort of two anchor {@code patch}: this DID and {@code other}, whose side does the same.
   */
  static Sidecar anchorWith(
      Outside outside,
      SecretKey key,
      Btcr2Did other,
      CohortTerms terms, // members and successors in them do not matter
      ArrayNode patch,
      UpdateLedger ledger,
      Consumer<Cohort> payer)
      throws Exception {
    Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
    Pair pair = Pair.of(did, other);
    LocalDidController controller =
        new LocalDidController(
            key,
            DidHistory.ofKey(did),
            new WantedUpdate.Patch(patch),
            ledger,
            outside.chain(),
            SingletonCosts.DEFAULT,
            1, // confirmations
            outside.random(),
            ControllerListener.none());
    ProgressListener formed =
        progress -> {
          if (pair.announces() && progress instanceof Progress.CohortFormed now) {
            payer.accept(now.cohort()); // one of the two pays
          }
        };
    try (LeadingMember both =
        LeadingMember.pair(
            outside,
            pair,
            key,
            new LeadingMember.Announces("with-bob", terms, 2_000, progress -> {}),
            new JoinPolicy(Network.REGTEST, Bytes.EMPTY, 1, 20_000, Instant.MAX),
            (policy, listener) ->
                MemberRun.start(
                    outside,
                    controller,
                    policy,
                    MemberKeys.fresh(key, outside.random()),
                    formed.and(listener)))) {
      return switch (both.outcome().get()) {
        case Outcome.Anchored anchored -> controller.sidecar();
        case Outcome.SucceededBy next -> controller.sidecar();
        case Outcome.AnchoredAlone alone -> controller.sidecar();
        case Outcome ended -> throw new IllegalStateException(ended.toString());
      };
    }
  }
  // docs: end
}
