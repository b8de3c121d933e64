package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.database.Dialect;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.Halt;
import org.beaconcohort.adapter.journal.ledger.LedgerConflictException;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.OutpointLatched;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.UpdateCommitted;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random appends of several streams over a small world, so that uses repeat and clash; commits that
 * break, done or not; restarts. A model in memory must always agree.
 */
abstract class RandomContract extends JournalScene {
  private static final int STEPS = 150;
  private static final List<String> STREAMS = List.of("a", "b", "c");

  private final Map<String, List<String>> records = new TreeMap<>();
  private final Map<String, String> uses = new HashMap<>();
  private final Set<String> halted = new TreeSet<>();
  private final Map<String, JournalStream> writers = new HashMap<>();
  private Random random = new Random(0);
  private AtomicBoolean breaks = new AtomicBoolean();
  private JournalStore store;

  @BeforeEach
  void openForTheFirstTime() {
    store = open();
  }

  private JournalStream writer(String name) {
    return Objects.requireNonNull(writers.get(name));
  }

  private List<String> records(String name) {
    return Objects.requireNonNull(records.get(name));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverHappensTheModelAgrees(long seed) {
    random = new Random(seed);
    STREAMS.forEach(name -> records.put(name, new ArrayList<>()));
    start();
    for (int step = 0; step < STEPS; step++) {
      String when = "seed " + seed + ", step " + step;
      switch (random.nextInt(12)) {
        case 0 -> start();
        case 1 -> crash(when);
        case 2 -> clear();
        default -> append(when);
      }
    }
    breaks = new AtomicBoolean();
    start();
    agrees("seed " + seed);
    store.close();
  }

  private void start() {
    store.close();
    Dialect dialect = Dialect.of(place.url());
    boolean done = random.nextBoolean();
    AtomicBoolean armed = breaks;
    store =
        over(
            Database.open(
                dialect, () -> BrokenCommit.of(dialect.connect(), armed, done, place.lost())));
    IdentityLease lease = take(store);
    for (String name : STREAMS) {
      writers.put(name, replayed(store.stream(lease, name)));
    }
    agrees("after a start");
  }

  /** The next commit breaks; whether it was done is read back. */
  private void crash(String when) {
    String name = STREAMS.get(random.nextInt(STREAMS.size()));
    String text = when + " crash";
    LedgerEntry entry = entry();
    if (clashes(entry) || halted.contains(entry.owner().hex())) {
      return;
    }
    breaks.set(true);
    JournalException failure =
        refused(Fault.OUTCOME_UNKNOWN, () -> writer(name).append(append(text, entry)));
    breaks.set(false);
    List<String> found = texts(writer(name).replay().records());
    if (found.contains(text)) {
      records(name).add(text);
      take(entry);
    }
    assertEquals(records(name), found, () -> when + failure);
    start();
  }

  private void clear() {
    if (!halted.isEmpty()) {
      String owner = halted.iterator().next();
      int unused = store.ledger().halts().clear(owner, "test");
      halted.remove(owner);
    }
  }

  private void append(String when) {
    String name = STREAMS.get(random.nextInt(STREAMS.size()));
    Set<LedgerEntry> entries = new LinkedHashSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      entries.add(entry());
    }
    try {
      writer(name).append(new Append(List.of(record(when)), List.copyOf(entries), List.of()));
    } catch (LedgerConflictException conflict) {
      assertEquals(true, clashTogether(entries), when);
      halted.add(conflict.offered().owner());
      halted.add(conflict.existing().owner());
      return;
    } catch (JournalException refusal) {
      assertEquals(Fault.HALTED, refusal.fault(), when);
      assertEquals(
          true, entries.stream().anyMatch(entry -> halted.contains(entry.owner().hex())), when);
      return;
    }
    assertEquals(false, clashTogether(entries), when);
    records(name).add(when);
    entries.forEach(this::take);
  }

  private LedgerEntry entry() {
    int owner = 1 + random.nextInt(3);
    int subject = random.nextInt(60);
    int value = random.nextInt(4) == 0 ? 1 : 2;
    return random.nextBoolean()
        ? new OutpointLatched(key(owner), new Outpoint(bytes(32, 50), subject), bytes(32, value))
        : new UpdateCommitted(key(owner), "did:btcr2:k1x", subject + 2, bytes(32, value));
  }

  private static String subject(LedgerEntry entry) {
    LedgerEntry.Row row = entry.rows().get(0);
    return row.kind() + " " + row.subject();
  }

  private boolean clashes(LedgerEntry entry) {
    String value = entry.rows().get(0).value();
    return !uses.getOrDefault(subject(entry), value).equals(value);
  }

  /** Also among themselves. */
  private boolean clashTogether(Set<LedgerEntry> entries) {
    Map<String, String> seen = new HashMap<>(uses);
    for (LedgerEntry entry : entries) {
      String value = entry.rows().get(0).value();
      String before = seen.putIfAbsent(subject(entry), value);
      if (before != null && !before.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private void take(LedgerEntry entry) {
    uses.putIfAbsent(subject(entry), entry.rows().get(0).value());
  }

  private void agrees(String when) {
    for (String name : STREAMS) {
      assertEquals(records(name), texts(writer(name).replay().records()), when);
    }
    Set<String> found = new TreeSet<>();
    for (Halt halt : store.ledger().halts().all()) {
      if (halt.cleared().isEmpty()) {
        found.add(halt.owner());
      }
    }
    assertEquals(halted, found, when);
  }
}
