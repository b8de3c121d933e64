package org.beaconcohort.cli.bench.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.beaconcohort.cohort.json.StrictJson;

/** One result: fields of an object for machines, cells of a row for people, grown together. */
public final class Line {
  private static final MathContext DIGITS = new MathContext(4);

  private final Subject subject;
  private final ObjectNode fields = StrictJson.newObject();
  private final List<String> cells = new ArrayList<>();

  /** One that says nothing yet. */
  public Line(Subject subject) {
    this.subject = subject;
  }

  /** A word. */
  public Line text(String field, String value) {
    fields.put(field, value);
    return cell(value);
  }

  /** A whole number. */
  public Line count(String field, long value) {
    fields.put(field, value);
    return cell(Long.toString(value));
  }

  /** A measured number, in as many digits as it is worth. */
  public Line number(String field, double value) {
    forMachines(field, value);
    return cell(written(value));
  }

  /** A yes or no, as a word for people. */
  public Line yes(String field, boolean value, String yes, String no) {
    fields.put(field, value);
    return cell(value ? yes : no);
  }

  /** Bytes, for people in kB. */
  public Line bytes(String field, double value) {
    fields.put(field, Math.round(value));
    return cell(written(value / 1000));
  }

  /** A measured number that people are spared. */
  public Line forMachines(String field, double value) {
    fields.put(field, new BigDecimal(value).round(DIGITS).doubleValue());
    return this;
  }

  /** A whole number that people are spared. */
  public Line forMachines(String field, long value) {
    fields.put(field, value);
    return this;
  }

  /** A word that people are spared. */
  public Line forMachines(String field, String value) {
    fields.put(field, value);
    return this;
  }

  /** A cell for people only. */
  public Line cell(String text) {
    cells.add(text);
    return this;
  }

  /** What it is about. */
  Subject subject() {
    return subject;
  }

  /** For machines. */
  public ObjectNode fields() {
    return fields.deepCopy();
  }

  /** For people, one per heading of the section. */
  public List<String> cells() {
    return List.copyOf(cells);
  }

  private static String written(double value) {
    String format = value < 1 ? "%.3f" : value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
