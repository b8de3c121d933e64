package org.beaconcohort.adapter.journal.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.beaconcohort.adapter.journal.Append;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.JournalStream;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.LedgerConflictException;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.OutpointLatched;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.Row;
import org.beaconcohort.adapter.journal.ledger.LedgerKind;
import org.beaconcohort.adapter.journal.record.NewRecord;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.journal.CoordinatorRecords;
import org.beaconcohort.cohort.journal.JournalRecord;
import org.beaconcohort.cohort.journal.ParticipantRecords;
import org.beaconcohort.cohort.journal.RecordCodec;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantMachine;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.runtime.CohortDriver;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facts of a simulated round in a real journal. */
final class PortJournalTest {
  @TempDir private Path folder;
  private Simulation simulation;
  private JournalStore store;
  private IdentityLease lease;
  private final RecordCodec<ParticipantFact> codec = ParticipantRecords.codec(SimNotary::read);

  @BeforeEach
  void playARound() {
    simulation = new Simulation(3, Simulation.terms(2, 2));
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    simulation.run(Duration.ofDays(1));
    store = JournalStore.open(folder.resolve("journal.db").toString(), JournalSettings.defaults());
    lease = store.acquire("identity", Holder.here(Bytes.of(new byte[16])));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<ParticipantFact> facts(int member) {
    return simulation.members().get(member).facts();
  }

  private ParticipantState.Anchored end(int member) {
    ParticipantState.Closed closed =
        assertInstanceOf(ParticipantState.Closed.class, simulation.members().get(member).state());
    return assertInstanceOf(ParticipantState.Anchored.class, closed.last());
  }

  private ParticipantPlan plan(int member) {
    return end(member).joined().plan();
  }

  private PortJournal<ParticipantFact> journal(int member) {
    return new PortJournal<>(
        store.stream(lease, "member " + member), codec, () -> new ParticipantLedger(plan(member)));
  }

  private PortJournal<ParticipantFact> written(int member) {
    PortJournal<ParticipantFact> journal = journal(member);
    assertEquals(List.of(), journal.replay());
    facts(member).forEach(fact -> journal.append(List.of(fact)));
    return journal;
  }

  @Test
  void aDriverOverTheJournalIsWhereTheMachineWas() {
    var unused = written(0);
    PortJournal<ParticipantFact> again = journal(0);
    assertEquals(facts(0), again.replay());
    CohortDriver<ParticipantState, ParticipantFact> driver =
        new CohortDriver<>(
            new ParticipantMachine(plan(0)),
            again,
            effect -> {},
            (input, verdict, before, after) -> {});
    assertEquals(simulation.members().get(0).state(), driver.state());
  }

  @Test
  void aMemberThatWasRolledBackIsHaltedInTheSameAppendAndItsKeySignsNowhere() {
    List<ParticipantFact> facts = facts(0);
    int claim = 0;
    while (!(facts.get(claim) instanceof ParticipantFact.UpdatesCommitted)) {
      claim++;
    }
    PortJournal<ParticipantFact> journal = journal(0);
    assertEquals(List.of(), journal.replay());
    journal.append(facts.subList(0, claim));
    ParticipantFact.Made lacking =
        facts.subList(claim, facts.size()).stream()
            .filter(ParticipantFact.Made.class::isInstance)
            .map(ParticipantFact.Made.class::cast)
            .findFirst()
            .orElseThrow();
    journal.append(List.of(new ParticipantFact.RolledBack(lacking.statement(), Code.ROLLED_BACK)));
    String key = plan(0).cohortKey().hex();
    assertTrue(store.ledger().halts().reason(key).orElseThrow().startsWith("ROLLED_BACK"));
    PortJournal<ParticipantFact> another =
        new PortJournal<>(
            store.stream(lease, "another cohort"), codec, () -> new ParticipantLedger(plan(0)));
    assertEquals(List.of(), another.replay());
    another.append(facts.subList(0, claim));
    List<ParticipantFact> uses = facts.subList(claim, claim + 2);
    JournalException halted = assertThrows(JournalException.class, () -> another.append(uses));
    assertEquals(Fault.HALTED, halted.fault());
  }

  @Test
  void aRoundUsesUpItsNoncesItsOutpointAndItsUpdates() {
    var unused = written(0);
    var claim = end(0).last().claim();
    assertEquals(
        claim.attempt().transcript().hex(),
        store
            .ledger()
            .use(
                new Row(
                    LedgerKind.NONCE_CLAIM,
                    claim.attempt().round().id()
                        + "/"
                        + plan(0).cohortKey()
                        + "/"
                        + plan(0).instance()
                        + "/"
                        + claim.number(),
                    ""))
            .orElseThrow()
            .value());
    OutpointLatched rival =
        new OutpointLatched(
            plan(0).cohortKey(),
            claim.attempt().round().opportunity().outpoint(),
            Bytes.of(new byte[32]));
    assertTrue(store.ledger().use(rival.rows().get(0)).isPresent());
    assertEquals(1, claim.updates().size());
  }

  @Test
  void aNonceOfBeforeARestoreIsNeverClaimedSoNothingIsSignedWithIt() {
    List<ParticipantFact> facts = facts(0);
    int claim = 0;
    while (!(facts.get(claim) instanceof ParticipantFact.Claimed)) {
      claim++;
    }
    PortJournal<ParticipantFact> journal = journal(0);
    assertEquals(List.of(), journal.replay());
    journal.append(facts.subList(0, claim));

    assertEquals(1, store.tombstone(lease, Bytes.of(new byte[16])));

    assertEquals(facts.subList(0, claim), journal.replay());
    List<ParticipantFact> claimed = facts.subList(claim, claim + 1);
    LedgerConflictException refused =
        assertThrows(LedgerConflictException.class, () -> journal.append(claimed));
    assertEquals(LedgerKind.NONCE_CLAIM, refused.kind());
    assertTrue(refused.existing().value().startsWith("restore "), refused::getMessage);
  }

  @Test
  void everyNonceThatWasHeardIsRemembered() {
    var unused = written(0);
    var carriers = end(0).last().claim().attempt().nonceCarriers();
    assertEquals(2, carriers.size());
    carriers.forEach(carrier ->
        assertEquals(
            carrier.id(),
            store
                .ledger()
                .sightings(Attempt.nonce(carrier.body()).orElseThrow().publicNonce())
                .get(0)
                .statement()));
  }

  @Test
  void bothMembersOnOneJournalAgree() {
    var first = journal(0);
    var second = journal(1);
    assertEquals(List.of(), first.replay());
    assertEquals(List.of(), second.replay());
    Deque<ParticipantFact> ofFirst = new ArrayDeque<>(facts(0));
    Deque<ParticipantFact> ofSecond = new ArrayDeque<>(facts(1));
    while (!ofFirst.isEmpty() || !ofSecond.isEmpty()) {
      int before = ofFirst.size() + ofSecond.size();
      while (!ofFirst.isEmpty() && !isToBeMade(ofFirst.element(), ofSecond)) {
        first.append(List.of(ofFirst.remove()));
      }
      while (!ofSecond.isEmpty() && !isToBeMade(ofSecond.element(), ofFirst)) {
        second.append(List.of(ofSecond.remove()));
      }
      assertTrue(ofFirst.size() + ofSecond.size() < before, "no statement is heard before made");
    }
    assertEquals(facts(0), first.replay());
    assertEquals(facts(1), second.replay());
    assertEquals(List.of(), store.ledger().halts().all());
  }

  /** Whether a fact hears what the other member has not said yet. */
  private static boolean isToBeMade(ParticipantFact fact, Deque<ParticipantFact> other) {
    return fact instanceof ParticipantFact.Noted noted
        && other.stream()
            .anyMatch(later ->
                later instanceof ParticipantFact.Made made
                    && made.statement().id().equals(noted.statement().id()));
  }

  @Test
  void aFactThatUsesAnOutpointForAnotherTransactionIsRefused() {
    PortJournal<ParticipantFact> journal = journal(0);
    assertEquals(List.of(), journal.replay());
    for (ParticipantFact fact : facts(0)) {
      if (fact instanceof ParticipantFact.Claimed claimed) {
        ParticipantFact lie =
            new ParticipantFact.Claimed(
                claimed.proposalId(),
                claimed.number(),
                claimed.transcript(),
                Bytes.of(new byte[32]),
                claimed.until());
        latch(claimed.txid());
        assertThrows(LedgerConflictException.class, () -> journal.append(List.of(lie)));
        return;
      }
      journal.append(List.of(fact));
    }
  }

  private void latch(Bytes txid) {
    JournalStream other = store.stream(lease, "other");
    assertEquals(List.of(), other.replay().records());
    other.append(
        new Append(
            List.of(),
            List.of(
                new OutpointLatched(
                    plan(1).cohortKey(),
                    end(0).last().claim().attempt().round().opportunity().outpoint(),
                    txid)),
            List.of()));
  }

  @Test
  void bundlesAndUpdatesAreRetained() {
    var unused = written(0);
    Set<String> retained = new TreeSet<>();
    for (StoredRecord record : store.look("member 0").orElseThrow().records()) {
      if (record.retained()) {
        retained.add(record.type());
      }
    }
    assertEquals(Set.of("participant.ProposalTaken", "participant.UpdatesCommitted"), retained);
  }

  private Fault fault(JournalRecord record) {
    String name = "odd " + record.version() + record.type() + record.payload().size();
    JournalStream raw = store.stream(lease, name);
    assertEquals(List.of(), raw.replay().records());
    raw.append(
        Append.of(
            List.of(new NewRecord(record.type(), record.version(), record.payload(), false))));
    PortJournal<ParticipantFact> journal =
        new PortJournal<>(store.stream(lease, name), codec, () -> new ParticipantLedger(plan(0)));
    JournalException refusal = assertThrows(JournalException.class, journal::replay);
    assertTrue(refusal.getMessage().contains(name), refusal::getMessage);
    assertEquals(
        Fault.STREAM_MOVED,
        assertThrows(JournalException.class, () -> journal.append(facts(0))).fault());
    return refusal.fault();
  }

  @Test
  void aRecordThatCannotBeReadStopsItsMembershipAndNoOther() {
    PortJournal<ParticipantFact> other = written(1);
    JournalRecord good = codec.encode(facts(0).get(0));
    assertEquals(
        Fault.UNKNOWN_RECORD, fault(new JournalRecord("participant.Dreamt", 1, good.payload())));
    assertEquals(Fault.NEWER_VERSION, fault(new JournalRecord(good.type(), 99, good.payload())));
    assertEquals(
        Fault.NEWER_VERSION, fault(new JournalRecord("participant.Claimed", 2, Bytes.EMPTY)));
    assertEquals(Fault.DAMAGED, fault(new JournalRecord(good.type(), good.version(), Bytes.EMPTY)));
    assertEquals(facts(1), other.replay());
  }

  @Test
  void factsThatCannotFollowOneAnotherAreDamage() {
    ParticipantFact last = facts(0).get(facts(0).size() - 2);
    assertEquals(Fault.DAMAGED, fault(codec.encode(last)));
  }

  @Test
  void aCoordinatorSeesNoncesAndUsesNothing() {
    List<CoordinatorFact> facts = simulation.coordinator().facts();
    PortJournal<CoordinatorFact> journal =
        new PortJournal<>(
            store.stream(lease, "coordination"),
            CoordinatorRecords.codec(SimNotary::read),
            () -> new CoordinatorLedger(Bytes.of(new byte[32])));
    assertEquals(List.of(), journal.replay());
    journal.append(facts);
    assertEquals(facts, journal.replay());
    var carrier = end(0).last().claim().attempt().nonceCarriers().get(1);
    assertEquals(
        1,
        store.ledger().sightings(Attempt.nonce(carrier.body()).orElseThrow().publicNonce()).size());
  }
}
