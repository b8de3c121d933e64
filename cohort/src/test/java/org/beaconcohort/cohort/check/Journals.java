package org.beaconcohort.cohort.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.check.Evidence.Journal;
import org.beaconcohort.cohort.check.Evidence.Kept;
import org.beaconcohort.musig2.bytes.Bytes;

/** Journals as the checker reads them: whose each is, and the fields of its facts. */
final class Journals {
  /**
   * A fact.
   *
   * @param name without its role
   * @param fields as they were stored
   */
  record Fact(String name, JsonNode fields) {}

  /**
   * A journal.
   *
   * @param author who signs the statements in it; none if it made none
   * @param facts it holds now
   * @param ever all it ever held
   */
  record Read(Journal source, Optional<Bytes> author, List<Fact> facts, List<Fact> ever) {
    boolean isOf(Bytes who) {
      return author.isPresent() && author.get().equals(who);
    }

    String party() {
      return source.party();
    }

    /** The last fact that is named so. */
    Optional<JsonNode> last(String name) {
      return facts.stream()
          .filter(fact -> fact.name().equals(name))
          .map(Fact::fields)
          .reduce((first, second) -> second);
    }
  }

  private Journals() {}

  static List<Read> read(List<Journal> journals) {
    return journals.stream().map(Journals::read).toList();
  }

  private static Read read(Journal journal) {
    List<Fact> ever = facts(journal.ever());
    Optional<Bytes> author =
        ever.stream()
            .filter(fact -> fact.name().equals("Made"))
            .findFirst()
            .map(fact -> Event.read(Event.text(fact.fields(), "statement")).author());
    // A journal that was never put back holds what it ever held.
    boolean whole = journal.records().equals(journal.ever());
    return new Read(journal, author, whole ? ever : facts(journal.records()), ever);
  }

  private static List<Fact> facts(List<Kept> records) {
    List<Fact> facts = new ArrayList<>();
    for (Kept record : records) {
      String name = record.type().substring(record.type().indexOf('.') + 1);
      facts.add(new Fact(name, Event.json(record.payload())));
    }
    return facts;
  }

  /** Every event that a fact keeps. */
  static List<String> events(List<Fact> facts) {
    List<String> events = new ArrayList<>();
    for (Fact fact : facts) {
      for (String field : List.of("statement", "announcement", "welcome")) {
        if (fact.fields().path(field).isTextual()) {
          events.add(fact.fields().path(field).textValue());
        }
      }
    }
    return events;
  }
}
