package org.beaconcohort.adapter.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.beaconcohort.adapter.host.InMemoryJournal;
import org.beaconcohort.adapter.nostr.profile.NostrNotary;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.CoordinatorNews;
import org.beaconcohort.adapter.progress.ProgressListener;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorMachine;
import org.beaconcohort.cohort.coordinator.CoordinatorPlan;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.port.Journal;
import org.beaconcohort.cohort.runtime.CohortDriver;
import org.beaconcohort.cohort.runtime.Performer;
import org.beaconcohort.cohort.runtime.Ports;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * One cohort, led from announcement to its last anchored round, on a thread of its own. The journal
 * is in memory: if the process ends, so does its part in the cohort.
 */
public final class CoordinatorRun implements AutoCloseable {
  private final Party party;
  private final Performer performer;
  private final Bytes identity;

  private CoordinatorRun(Party party, Performer performer, Bytes identity) {
    this.party = party;
    this.performer = performer;
    this.identity = identity;
  }

  /**
   * Announces a cohort and leads it.
   *
   * @param identity signs the announcement and all statements; stays the caller's to destroy
   * @param identifier the announcement's {@code d} tag, 1 to 64 printable characters
   * @param feeRate wanted for the rounds, sat/kvB; kept within the terms' corridor
   * @throws UnsupportedTermsException if this version cannot run such a cohort
   */
  public static CoordinatorRun start(
      Outside outside,
      SecretKey identity,
      String identifier,
      CohortTerms terms,
      long feeRate,
      ProgressListener listener) {
    Optional<Violation> unsupported = JoinPolicy.supported(terms);
    if (unsupported.isPresent()) {
      throw new UnsupportedTermsException(unsupported.get());
    }
    Journal<CoordinatorFact> journal = new InMemoryJournal<>(terms.network());
    Party party = new Party("coordinator " + identifier, outside, identity, listener);
    Ports ports =
        new Ports(
            party.transport(),
            new NostrNotary(identity, party.host()::now, outside.random()),
            outside.chain(),
            party.host(),
            instance(outside),
            outside.random(),
            outside.pollEvery());
    Performer performer = Performer.forCoordinator(ports, party.host()::deliver, party);
    Bytes publicKey = identity.xOnlyPublicKey();
    CoordinatorMachine machine =
        new CoordinatorMachine(new CoordinatorPlan(publicKey, identifier, terms, feeRate));
    performer.listenToInbox();
    party.start(
        new CohortDriver<>(machine, journal, performer, new CoordinatorNews(party)),
        List.of(new Input.Begin()));
    return new CoordinatorRun(party, performer, publicKey);
  }

  /** The x-only key that members follow, 32 bytes. */
  public Bytes identity() {
    return identity;
  }

  /** How it ended; {@code CohortStoppedException} if it was stopped before. */
  public CompletableFuture<Outcome> outcome() {
    return party.outcome();
  }

  /** The newest round with a final signature. */
  public Optional<CompletedRound> lastRound() {
    return party.lastRound();
  }

  /** Leaves; after the outcome this only ends answers to those who come too late. */
  @Override
  public void close() {
    party.close(performer);
  }

  private static Bytes instance(Outside outside) {
    byte[] instance = new byte[Header.INSTANCE_SIZE];
    outside.random().nextBytes(instance);
    return Bytes.of(instance);
  }
}
