package org.beaconcohort.cli.bench.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
  @Test
  void numbersEndAndWordsBeginTogether() {
    assertEquals(
        List.of("    n  engine", "    2  a", "  100  longer"),
        Table.of(List.of("n", "engine"), List.of(List.of("2", "a"), List.of("100", "longer")))
            .lines());
  }

  @Test
  void aColumnWithNothingInItIsLeftOut() {
    assertEquals(
        List.of("  n  kB", "  2   7"),
        Table.of(List.of("n", "ratio", "kB"), List.of(List.of("2", "", "7"))).lines());
  }

  @Test
  void aCellMayBeEmptyAmongNumbers() {
    assertEquals(
        List.of("  n  ratio", "  2", "  3   0.50"),
        Table.of(List.of("n", "ratio"), List.of(List.of("2", ""), List.of("3", "0.50"))).lines());
  }

  @Test
  void whatExplainsAColumnGoesWithIt() {
    Table table = Table.of(List.of("n", "ratio"), List.of(List.of("2", "")));
    assertTrue(table.isAboutHidden("  ratio  to something"));
    assertFalse(table.isAboutHidden("  n      how many"));
    assertFalse(table.isAboutHidden("One ratio after another."));
  }
}
