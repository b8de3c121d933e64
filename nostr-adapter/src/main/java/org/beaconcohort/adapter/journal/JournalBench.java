package org.beaconcohort.adapter.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.record.NewRecord;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Measures a journal where it will be used: how many appends a second reach the disk, and how long
 * a stream of many rounds takes to replay. Use a journal made for it.
 */
public final class JournalBench {
  /** Appends of a member's round: {@code ParticipantFact} from the opportunity to the anchor. */
  private static final int APPENDS_PER_ROUND = 14;

  private static final int RECORD_BYTES = 1_500;

  private final JournalStore store;

  /** A measurement in an open journal. */
  public JournalBench(JournalStore store) {
    this.store = store;
  }

  /**
   * What was measured.
   *
   * @param appends of one record of 1,500 bytes each, one transaction each
   * @param writing time for all of them
   * @param records replayed and verified
   * @param replaying time for all of them
   */
  public record Result(int appends, Duration writing, int records, Duration replaying) {
    /** Appends a second. */
    public double appendsPerSecond() {
      return appends * 1e9 / Math.max(1, writing.toNanos());
    }
  }

  /**
   * Appends one by one, then fills a stream up to {@code rounds} rounds of 14 records and replays
   * it.
   */
  public Result run(int appends, int rounds) {
    try (IdentityLease lease = store.acquire("bench", Holder.here(Bytes.of(new byte[16])))) {
      JournalStream stream = store.stream(lease, "bench " + lease.fence());
      int before = stream.replay().records().size();
      long start = System.nanoTime();
      for (int i = 0; i < appends; i++) {
        stream.append(Append.of(List.of(record(i))));
      }
      Duration writing = Duration.ofNanos(System.nanoTime() - start);
      List<NewRecord> rest = new ArrayList<>();
      for (int i = before + appends; i < rounds * APPENDS_PER_ROUND; i++) {
        rest.add(record(i));
      }
      if (!rest.isEmpty()) {
        stream.append(Append.of(rest));
      }
      long replay = System.nanoTime();
      int records = stream.replay().records().size();
      return new Result(appends, writing, records, Duration.ofNanos(System.nanoTime() - replay));
    }
  }

  private static NewRecord record(int number) {
    byte[] payload = new byte[RECORD_BYTES];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (number * 31 + i);
    }
    return new NewRecord("bench", 1, Bytes.of(payload), false);
  }
}
