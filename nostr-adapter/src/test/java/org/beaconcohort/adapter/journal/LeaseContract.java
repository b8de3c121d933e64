package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.lease.DuplicateInstanceException;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.lease.LeaseKeeper;
import org.junit.jupiter.api.Test;

/** One writer per identity, and what a journal that went back in time betrays. */
abstract class LeaseContract extends JournalScene {
  @Test
  void aSecondInstanceIsRefusedAndToldWhoHoldsTheIdentity() {
    IdentityLease held = take(open());
    JournalStore second = open();
    DuplicateInstanceException refusal =
        assertThrows(
            DuplicateInstanceException.class,
            () -> second.acquire(IDENTITY, Holder.here(bytes(16, 8))));
    assertEquals(Fault.DUPLICATE_INSTANCE, refusal.fault());
    assertEquals(held.holder(), refusal.holder());
    assertEquals(bytes(16, 7).hex(), refusal.holder().instance());
    assertEquals(ProcessHandle.current().pid(), refusal.holder().pid());
    assertTrue(refusal.getMessage().contains("process " + refusal.holder().pid() + " on "));
  }

  @Test
  void anotherIdentityIsFree() {
    JournalStore first = open();
    IdentityLease held = take(first);
    IdentityLease other = open().acquire("other", Holder.here(bytes(16, 8)));
    held.renew();
    other.renew();
    assertEquals(1, other.fence());
  }

  @Test
  void anIdentityThatWasGivenBackIsFreeAndItsNumberGrows() {
    JournalStore store = open();
    try (IdentityLease first = take(store)) {
      assertEquals(1, first.fence());
    }
    try (IdentityLease second = take(open())) {
      assertEquals(2, second.fence());
    }
  }

  @Test
  void aHolderThatWasReplacedCanWriteNothing() throws SQLException {
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalStream stream = replayed(store.stream(lease, "a"));
    stream.append(append("one"));
    tamper("UPDATE journal_leases SET fence = fence + 1, instance = 'usurper', host = 'elsewhere'");
    String message =
        refused(Fault.FENCED, () -> stream.append(append("two", opened(1, 1, 1, 1)))).getMessage();
    assertTrue(message.contains("usurper") && message.contains("elsewhere"), message);
    refused(Fault.FENCED, () -> stream.append(append("three")));
    refused(Fault.FENCED, lease::renew);
    assertEquals(List.of("one"), texts(stream.replay().records()));
  }

  @Test
  void aLeaseThatWasClosedWritesNothing() {
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalStream stream = replayed(store.stream(lease, "a"));
    lease.close();
    refused(Fault.FENCED, () -> stream.append(append("one")));
  }

  @Test
  void everyRecordCarriesTheNumberOfItsHolder() {
    try (JournalStore store = open()) {
      writer(store, "a").append(append("one"));
    }
    JournalStore store = open();
    JournalStream stream = writer(store, "a");
    stream.append(append("two"));
    assertEquals(
        List.of(1L, 2L), stream.replay().records().stream().map(each -> each.fence()).toList());
  }

  @Test
  void aJournalThatIsOlderThanWhatThisMachineSawIsRefusedUntilAnOperatorAcceptsIt()
      throws SQLException {
    try (JournalStore store = open()) {
      JournalStream stream = writer(store, "a");
      stream.append(append("one"));
      stream.append(append("two"));
    }
    tamper("UPDATE journal_leases SET appends = 1");
    JournalStore store = open();
    String message = refused(Fault.ROLLED_BACK, () -> take(store)).getMessage();
    assertTrue(message.contains("has 1 appends, this machine has seen 2"), message);
    refused(Fault.ROLLED_BACK, () -> take(store));
    assertThrows(IllegalArgumentException.class, () -> store.leases().acceptRollback(IDENTITY, ""));
    store.leases().acceptRollback(IDENTITY, "the operator");
    assertEquals(1, take(store).appends());
    assertTrue(
        store.ledger().halts().evidence().get(0).existing().contains("accepted by the operator"));
  }

  @Test
  void aWitnessThatLagsOrIsGarbageRefusesNothing() throws IOException {
    try (JournalStore store = open()) {
      JournalStream stream = writer(store, "a");
      stream.append(append("one"));
      stream.append(append("two"));
    }
    for (String content :
        List.of("000000000000000001\n", "", "\0\0\0\0", "999999999999999999999")) {
      Files.writeString(witness(), content);
      try (JournalStore store = open()) {
        writer(store, "a").append(append("more"));
      }
      assertEquals("000000000000000", Files.readString(witness()).substring(0, 15));
    }
  }

  /** Beats when the test says so. */
  private static final class Beat implements LeaseKeeper.Beats {
    private final List<Duration> pauses = new ArrayList<>();
    private Runnable beat = () -> {};

    @Override
    public Runnable every(Duration pause, Runnable again) {
      pauses.add(pause);
      beat = again;
      return () -> beat = () -> {};
    }
  }

  private long left() {
    return open().leases().all().get(0).left().toMillis();
  }

  @Test
  void aKeptLeaseIsRenewedThreeTimesInItsTimeAndTakenAgainWhenItHadRunOut() throws SQLException {
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalStream stream = replayed(store.stream(lease, "a"));
    Beat beat = new Beat();
    try (LeaseKeeper keeper = new LeaseKeeper(Duration.ofSeconds(30), beat)) {
      assertEquals(List.of(Duration.ofSeconds(10)), beat.pauses);
      keeper.keep(lease);
      tamper("UPDATE journal_leases SET until = 1000");
      assertTrue(left() < 0);
      beat.beat.run();
      assertTrue(left() > 0);
      stream.append(append("one"));
    }
    tamper("UPDATE journal_leases SET until = 1000");
    beat.beat.run();
    assertTrue(left() < 0, "nobody beats any more");
  }

  @Test
  void aLeaseThatAnotherTookIsNoticedWithoutAnAppendAndSaysWhoHasIt() throws SQLException {
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalStream stream = replayed(store.stream(lease, "a"));
    List<String> told = new ArrayList<>();
    lease.whenLost(why -> told.add(why.getMessage()));
    Beat beat = new Beat();
    try (LeaseKeeper keeper = new LeaseKeeper(Duration.ofSeconds(30), beat)) {
      keeper.keep(lease);
      beat.beat.run();
      assertEquals(List.of(), told);
      tamper(
          "UPDATE journal_leases SET fence = fence + 1, instance = 'usurper', host = 'elsewhere'");
      beat.beat.run();
      beat.beat.run();
    }
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).startsWith("FENCED: ") && told.get(0).contains("usurper"), told.get(0));
    String refusal =
        refused(Fault.FENCED, () -> stream.append(append("two", opened(1, 1, 1, 1)))).getMessage();
    assertTrue(refusal.contains("usurper") && refusal.contains("elsewhere"), refusal);
    List<String> late = new ArrayList<>();
    lease.whenLost(why -> late.add(why.getMessage()));
    assertEquals(told, late, "who asks later is told as well");
  }

  @Test
  void aLeaseThatWasGivenBackIsKeptNoLonger() throws SQLException {
    IdentityLease lease = take(open());
    Beat beat = new Beat();
    try (LeaseKeeper keeper = new LeaseKeeper(Duration.ofSeconds(30), beat)) {
      keeper.keep(lease);
      lease.close();
      tamper("UPDATE journal_leases SET until = 1000");
      beat.beat.run();
      assertTrue(left() < 0);
    }
  }

  private Path witness() throws IOException {
    try (Stream<Path> files = Files.list(place.folder())) {
      return files.filter(file -> file.toString().endsWith(".head")).findFirst().orElseThrow();
    }
  }
}
