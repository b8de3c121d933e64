package org.beaconcohort.adapter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Journals that earlier versions wrote are read by this one, and lead where they led. */
@Timeout(180)
final class PastJournalsTest {
  /** Bytes of one commit's folder. */
  private static final long MOST = 200_000;

  @TempDir private Path work = Path.of("");

  @Test
  void everyJournalOfThePastLeadsThroughTheStatesItLedThrough() throws Exception {
    URL resource = Objects.requireNonNull(PastJournalsTest.class.getResource("/journals"));
    List<Path> commits;
    try (Stream<Path> folders = Files.list(Path.of(resource.toURI()))) {
      commits = folders.sorted().toList();
    }
    assertFalse(commits.isEmpty());
    for (Path commit : commits) {
      assertTrue(commit.getFileName().toString().matches("[0-9a-f]{12}"), commit.toString());
      requireReplays(commit);
      long size = 0;
      for (Path file : PastJournals.list(commit, "")) {
        size += Files.size(file);
      }
      assertTrue(size < MOST, commit + " must stay small, it has " + size + " bytes");
    }
  }

  /**
   * What keeps the rounds that write such journals from becoming old themselves. With {@code
   * -Djournals.write=FOLDER} it leaves them there.
   */
  @Test
  void whatThisVersionWritesItReadsAgain() throws Exception {
    String wanted = System.getProperty("journals.write", "");
    Path folder = wanted.isEmpty() ? work.resolve("now") : Path.of(wanted);
    int streams = new PastJournals(work).write(folder);
    assertEquals(3 + 2 + 3 + 3 + 3, streams);
    requireReplays(folder);
  }

  private void requireReplays(Path folder) throws Exception {
    List<PastJournals.Compared> all =
        new PastJournals(Files.createTempDirectory(work, "replay")).replay(folder);
    for (PastJournals.Compared one : all) {
      assertEquals(one.expected(), one.found(), folder.getFileName() + ": " + one.stream());
    }
    System.out.println("Journals of " + folder.getFileName() + ": " + all.size() + " streams");
  }
}
