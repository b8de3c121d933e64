package org.beaconcohort.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.beaconcohort.cohort.tables.RunTable;
import org.junit.jupiter.api.Test;

/** docs/peer-faults.md has a row for each test of a case, and a test for each row. */
final class PeerFaultsTest {
  private static final int CASES = 60;

  @Test
  void everyCaseHasOneTestAndOneRowThatATestHasWritten() {
    List<List<String>> rows = RunTable.in("docs/peer-faults.md").rows();
    TreeSet<String> cases = new TreeSet<>();
    rows.forEach(row -> assertTrue(cases.add(row.getFirst().replace("`", "")), row.toString()));
    assertEquals(CASES, cases.size());
    var tests = TaggedTests.with("peer-");
    assertEquals(cases, tests.keySet());
    tests.forEach((name, methods) -> assertEquals(1, methods.size(), name));
  }
}
