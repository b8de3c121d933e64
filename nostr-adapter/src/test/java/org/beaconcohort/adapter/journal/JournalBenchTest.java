package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement measures what it says. */
final class JournalBenchTest {
  @TempDir private Path folder;

  @Test
  void itCountsWhatItWroteAndReplayed() {
    try (JournalStore store =
        JournalStore.open(folder.resolve("bench.db").toString(), JournalSettings.defaults())) {
      JournalBench.Result result = new JournalBench(store).run(20, 10);
      assertEquals(20, result.appends());
      assertEquals(140, result.records());
      assertTrue(result.appendsPerSecond() > 0);
      assertEquals(140, new JournalBench(store).run(0, 10).records());
    }
  }
}
