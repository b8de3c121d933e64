package org.beaconcohort.cli.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of cells in columns of one width; columns of numbers end together, others begin so. Columns
 * with nothing in them are left out.
 */
final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows;
  private final List<Integer> shown;

  private Table(List<String> headings, List<List<String>> rows) {
    this.headings = headings;
    this.rows = rows;
    this.shown =
        IntStream.range(0, headings.size())
            .filter(column -> rows.stream().anyMatch(row -> !row.get(column).isEmpty()))
            .boxed()
            .toList();
  }

  /** A table of rows as long as the headings. */
  static Table of(List<String> headings, List<List<String>> rows) {
    return new Table(List.copyOf(headings), List.copyOf(rows));
  }

  /** The headings and the rows. */
  List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(headings);
    all.addAll(rows);
    List<StringBuilder> lines = new ArrayList<>();
    all.forEach(row -> lines.add(new StringBuilder()));
    for (int column : shown) {
      int width = all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      boolean numbers = rows.stream().allMatch(row -> isNumber(row.get(column)));
      for (int i = 0; i < all.size(); i++) {
        String cell = all.get(i).get(column);
        String space = " ".repeat(width - cell.length());
        lines.get(i).append(GAP).append(numbers ? space + cell : cell + space);
      }
    }
    return lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  /** Whether a line, after two spaces, begins with the name of a column that is left out. */
  boolean isAboutHidden(String line) {
    return IntStream.range(0, headings.size())
        .filter(column -> !shown.contains(column))
        .anyMatch(column -> line.startsWith(GAP + headings.get(column) + " "));
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty() || Character.isDigit(cell.charAt(0));
  }
}
