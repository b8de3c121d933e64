package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.Evidence;
import org.beaconcohort.adapter.journal.ledger.Halt;
import org.beaconcohort.adapter.journal.ledger.Ledger;
import org.beaconcohort.adapter.journal.ledger.LedgerConflictException;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.LeaderEndorsed;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.OutpointLatched;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.UpdateCommitted;
import org.beaconcohort.adapter.journal.ledger.LedgerKind;
import org.beaconcohort.adapter.journal.ledger.NonceSighting;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.junit.jupiter.api.Test;

/** What may be used once is used once, over all cohorts, whatever a process believes. */
abstract class LedgerContract extends JournalScene {
  private static final Outpoint OUTPOINT = new Outpoint(bytes(32, 9), 1);

  private static LedgerEntry latched(int key, int txid) {
    return new OutpointLatched(key(key), OUTPOINT, bytes(32, txid));
  }

  private static LedgerEntry committed(int key, int version, int hash) {
    return new UpdateCommitted(key(key), "did:btcr2:k1test", version, bytes(32, hash));
  }

  private static LedgerEntry endorsed(int key, int epoch, int leader) {
    return new LeaderEndorsed(key(key), bytes(32, 1), epoch, bytes(32, leader));
  }

  private LedgerConflictException conflict(JournalStream stream, LedgerEntry second) {
    return assertThrows(
        LedgerConflictException.class, () -> stream.append(append("refused", second)));
  }

  @Test
  void theSameUseAgainChangesNothing() {
    JournalStore store = open();
    JournalStream stream = writer(store, "a");
    List<LedgerEntry> all =
        List.of(
            opened(1, 1, 1, 1),
            claimed(1, 1, 1, 5),
            latched(1, 6),
            committed(1, 2, 7),
            endorsed(1, 0, 8));
    for (int i = 0; i < 3; i++) {
      stream.append(new Append(List.of(record("again")), all, List.of()));
    }
    assertEquals(3, stream.replay().records().size());
    assertEquals(List.of(), store.ledger().halts().all());
  }

  @Test
  void aPublicNonceHasOneSlotOverAllCohortsAndBothKeysAreHalted() {
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalStream first = replayed(store.stream(lease, "first"));
    JournalStream second = replayed(store.stream(lease, "second"));
    first.append(append("one", opened(1, 1, 1, 44)));
    LedgerConflictException conflict = conflict(second, opened(2, 2, 1, 44));
    assertEquals(LedgerKind.NONCE, conflict.kind());
    assertEquals(slot(1, 1, 1).toString(), conflict.existing().value());
    assertEquals("first", conflict.existing().stream());
    assertEquals(slot(2, 2, 1).toString(), conflict.offered().value());
    assertEquals("second", conflict.offered().stream());
    assertEquals(
        List.of(key(1).hex(), key(2).hex()),
        store.ledger().halts().all().stream().map(Halt::owner).sorted().toList());
  }

  @Test
  void aSlotHasOneNonce() {
    JournalStream stream = writer(open(), "a");
    stream.append(append("one", opened(1, 1, 1, 1)));
    assertEquals(LedgerKind.NONCE_SLOT, conflict(stream, opened(1, 1, 1, 2)).kind());
  }

  @Test
  void aNonceIsClaimedForOneTranscript() {
    JournalStream stream = writer(open(), "a");
    stream.append(append("one", opened(1, 1, 1, 1)));
    stream.append(append("two", claimed(1, 1, 1, 5)));
    LedgerConflictException conflict = conflict(stream, claimed(1, 1, 1, 6));
    assertEquals(LedgerKind.NONCE_CLAIM, conflict.kind());
    assertEquals(bytes(32, 5).hex(), conflict.existing().value());
    assertEquals(bytes(32, 6).hex(), conflict.offered().value());
  }

  @Test
  void aRestoreUsesUpEveryOpenNonceOfItsIdentityOnceAndNoOther() {
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalStream first = replayed(store.stream(lease, "a"));
    JournalStream second = replayed(store.stream(lease, "b"));
    IdentityLease others = store.acquire("other", Holder.here(bytes(16, 8)));
    JournalStream other = replayed(store.stream(others, "c"));
    first.append(append("open", opened(1, 1, 1, 1), opened(1, 1, 2, 2)));
    first.append(append("claimed", claimed(1, 1, 1, 5)));
    second.append(append("open", opened(2, 2, 1, 3)));
    other.append(append("open", opened(3, 3, 1, 4)));

    assertEquals(2, store.tombstone(lease, bytes(16, 9)));
    assertEquals(-1, store.tombstone(lease, bytes(16, 9)));

    second.append(append("after the restore", opened(2, 2, 2, 6)));
    first.append(append("the same claim again", claimed(1, 1, 1, 5)));
    other.append(append("another identity's", claimed(3, 3, 1, 5)));
    assertEquals(-1, store.tombstone(lease, bytes(16, 9)));
    second.append(append("opened after it", claimed(2, 2, 2, 5)));
    LedgerConflictException conflict = conflict(first, claimed(1, 1, 2, 7));
    assertEquals(LedgerKind.NONCE_CLAIM, conflict.kind());
    assertEquals("restore " + bytes(16, 9).hex(), conflict.existing().value());
    // Another restore is another time.
    assertEquals(0, store.tombstone(lease, bytes(16, 10)));
    // The rows are sealed like those of an append.
    assertTrue(store.check().clean(), () -> store.check().toString());
  }

  @Test
  void tombstonesAreSetByTheHolderAlone() {
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalStream stream = replayed(store.stream(lease, "a"));
    stream.append(append("open", opened(1, 1, 1, 1)));
    long before = lease.appends();
    lease.close();
    refused(Fault.FENCED, () -> store.tombstone(lease, bytes(16, 9)));
    IdentityLease next = take(store);
    assertEquals(before, next.appends());
    assertEquals(1, store.tombstone(next, bytes(16, 9)));
    assertEquals(before + 1, next.appends());
  }

  @Test
  void aNonceThatWasNeverOpenedCannotBeClaimed() {
    LedgerConflictException conflict = conflict(writer(open(), "a"), claimed(1, 1, 1, 5));
    assertTrue(conflict.getMessage().contains("never opened"), conflict::getMessage);
  }

  @Test
  void anOutpointHasOneTransaction() {
    JournalStream stream = writer(open(), "a");
    stream.append(append("one", latched(1, 6)));
    LedgerConflictException conflict = conflict(stream, latched(1, 7));
    assertEquals(LedgerKind.OUTPOINT, conflict.kind());
    assertEquals(OUTPOINT.toString(), conflict.subject());
  }

  @Test
  void aVersionHasOneUpdateInEveryCohort() {
    JournalStore store = open();
    IdentityLease lease = take(store);
    replayed(store.stream(lease, "a")).append(append("one", committed(1, 2, 7)));
    JournalStream other = replayed(store.stream(lease, "b"));
    other.append(append("same update, other cohort", committed(2, 2, 7)));
    other.append(append("next version", committed(2, 3, 8)));
    assertEquals(LedgerKind.UPDATE, conflict(other, committed(2, 2, 9)).kind());
  }

  @Test
  void anEpochHasOneLeader() {
    JournalStream stream = writer(open(), "a");
    stream.append(append("one", endorsed(1, 0, 8), endorsed(1, 1, 9)));
    assertEquals(LedgerKind.ENDORSEMENT, conflict(stream, endorsed(1, 1, 8)).kind());
  }

  @Test
  void aRefusedAppendLeavesNoRecordAndNoEntryButEvidence() {
    JournalStore store = open();
    JournalStream stream = writer(store, "a");
    stream.append(append("one", latched(1, 6)));
    assertThrows(
        LedgerConflictException.class,
        () -> stream.append(append("two", committed(1, 2, 7), latched(1, 7))));
    assertEquals(List.of("one"), texts(stream.replay().records()));
    assertEquals(Optional.empty(), store.ledger().use(committed(1, 2, 7).rows().get(0)));
    List<Evidence> evidence = store.ledger().halts().evidence();
    assertEquals(1, evidence.size());
    assertTrue(evidence.get(0).existing().contains(new Outpoint(bytes(32, 6), 0).displayTxid()));
    assertTrue(evidence.get(0).offered().contains(new Outpoint(bytes(32, 7), 0).displayTxid()));
  }

  @Test
  void aHaltedKeyUsesNothingUpUntilAnOperatorClearsIt() {
    try (JournalStore store = open()) {
      JournalStream stream = writer(store, "a");
      stream.append(append("one", latched(1, 6)));
      conflict(stream, latched(1, 7));
      refused(Fault.HALTED, () -> stream.append(append("two", committed(1, 2, 7))));
      refused(Fault.HALTED, () -> stream.append(append("even the same", latched(1, 6))));
      stream.append(append("the end may be recorded"));
    }
    JournalStore store = open();
    JournalStream stream = writer(store, "a");
    refused(Fault.HALTED, () -> stream.append(append("after a restart", committed(1, 2, 7))));
    stream.append(append("another key", committed(2, 2, 7)));
    assertThrows(
        IllegalArgumentException.class, () -> store.ledger().halts().clear(key(1).hex(), " "));
    assertEquals(1, store.ledger().halts().clear(key(1).hex(), "the operator"));
    stream.append(append("cleared", committed(1, 2, 7)));
    assertEquals(Optional.of("the operator"), store.ledger().halts().all().get(0).cleared());
  }

  @Test
  void anybodyMayHaltAKey() {
    JournalStore store = open();
    store.ledger().halts().raise(key(3).hex(), "a statement of ours that we do not know");
    JournalStream stream = writer(store, "a");
    assertTrue(
        refused(Fault.HALTED, () -> stream.append(append("one", latched(3, 1))))
            .getMessage()
            .contains("a statement of ours"));
  }

  @Test
  void aNonceSeenTwiceIsFoundOverAllCohortsAndHaltsNobody() {
    JournalStore store = open();
    IdentityLease lease = take(store);
    for (int i = 1; i <= 2; i++) {
      NonceSighting seen =
          new NonceSighting(bytes(66, 4), bytes(32, i), bytes(32, 10 + i), bytes(32, 20 + i));
      JournalStream stream = replayed(store.stream(lease, "cohort " + i));
      stream.append(new Append(List.of(record("heard")), List.of(), List.of(seen, seen)));
    }
    assertEquals(2, store.ledger().sightings(bytes(66, 4)).size());
    assertEquals(List.of(), store.ledger().sightings(bytes(66, 5)));
    assertEquals(List.of(), store.ledger().halts().all());
    List<Evidence> evidence = store.ledger().halts().evidence();
    assertEquals(1, evidence.size());
    assertEquals(Ledger.REPEATED, evidence.getFirst().kind());
    assertEquals(bytes(66, 4).hex(), evidence.getFirst().subject());
    assertTrue(evidence.getFirst().existing().contains(bytes(32, 11).hex()), evidence::toString);
    assertTrue(evidence.getFirst().offered().contains(bytes(32, 12).hex()), evidence::toString);
  }

  @Test
  void aFreshNonceThatSomebodyPublishedBeforeIsRefusedAndHaltsItsKey() {
    JournalStore store = open();
    JournalStream stream = writer(store, "a");
    NonceSighting seen = new NonceSighting(bytes(66, 4), bytes(32, 1), bytes(32, 2), bytes(32, 3));
    stream.append(new Append(List.of(record("heard")), List.of(), List.of(seen)));
    LedgerConflictException conflict = conflict(stream, opened(1, 1, 1, 4));
    assertEquals(LedgerKind.NONCE, conflict.kind());
    assertTrue(conflict.existing().value().contains(bytes(32, 2).hex()), conflict::toString);
    assertEquals(
        List.of(key(1).hex()), store.ledger().halts().all().stream().map(Halt::owner).toList());
  }

  @Test
  void aNonceThatWasOpenedBeforeItWasSeenMayBeEnteredAgain() {
    JournalStore store = open();
    JournalStream stream = writer(store, "a");
    stream.append(append("one", opened(1, 1, 1, 4)));
    NonceSighting own = new NonceSighting(bytes(66, 4), bytes(32, 1), bytes(32, 2), bytes(32, 3));
    stream.append(new Append(List.of(record("said")), List.of(), List.of(own)));
    stream.append(append("again", opened(1, 1, 1, 4)));
    assertEquals(List.of(), store.ledger().halts().all());
  }

  @Test
  void ofManyRivalsForOneOutpointOneWins() throws Exception {
    int rivals = 4;
    List<Callable<Boolean>> all = IntStream.range(0, rivals).mapToObj(this::rival).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(rivals)) {
      int won = 0;
      for (Future<Boolean> each : threads.invokeAll(all)) {
        won += each.get() ? 1 : 0;
      }
      assertEquals(1, won);
    }
    assertEquals(rivals - 1, open().ledger().halts().evidence().size());
  }

  private Callable<Boolean> rival(int number) {
    JournalStore store = open();
    IdentityLease lease = store.acquire("rival " + number, Holder.here(bytes(16, number)));
    JournalStream stream = replayed(store.stream(lease, "rival " + number));
    return () -> {
      try {
        stream.append(append("mine", latched(number, 100 + number)));
        return true;
      } catch (LedgerConflictException lost) {
        return false;
      }
    };
  }
}
