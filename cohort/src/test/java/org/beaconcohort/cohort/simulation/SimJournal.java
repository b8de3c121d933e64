package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.journal.JournalRecord;
import org.beaconcohort.cohort.journal.RecordCodec;
import org.beaconcohort.cohort.port.Journal;

/**
 * Records in memory: what is read again has been bytes in between. It may take the process down
 * with it.
 *
 * @param <F> facts of a machine
 */
public final class SimJournal<F> implements Journal<F> {
  /** Where an append ends the process. */
  public enum Moment {
    /** It does not. */
    NEVER,
    /** Nothing was kept yet. */
    BEFORE,
    /** Everything was kept, nothing was performed yet. */
    AFTER
  }

  /** Ends some appends by what they hold. */
  @FunctionalInterface
  public interface CrashesOn<F> {
    /** What happens at an append of these facts. */
    Moment at(List<F> facts);
  }

  /** Ends some appends. */
  @FunctionalInterface
  public interface Crashes {
    /** What happens at an append, counted from 1. */
    Moment at(int append);
  }

  /** The process died in an append. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final RecordCodec<F> codec;
  private final List<JournalRecord> records = new ArrayList<>();
  private final List<F> facts = new ArrayList<>();
  private final List<JournalRecord> ever = new ArrayList<>();
  private final List<F> everFacts = new ArrayList<>();
  private Crashes crashes = append -> Moment.NEVER;
  private CrashesOn<F> crashesOn = facts -> Moment.NEVER;
  private UnaryOperator<F> damage = fact -> fact;
  private int lostInCrash;
  private final List<Integer> ends = new ArrayList<>();
  private int appends;

  /** An empty journal. */
  public SimJournal(RecordCodec<F> codec) {
    this.codec = codec;
  }

  /** From now on some appends end the process. */
  public void crash(Crashes some) {
    crashes = some;
  }

  /** From now on some appends end the process, by what they hold. */
  public void crashOn(CrashesOn<F> some) {
    crashesOn = some;
  }

  /** A bad journal, for tests of what finds it: it keeps something else than what it is given. */
  public void damage(UnaryOperator<F> other) {
    damage = other;
  }

  /** A bad journal, for tests of what finds it: its last facts were not durable in a crash. */
  public void loseInCrash(int some) {
    lostInCrash = some;
  }

  /** The process died. */
  void died() {
    if (lostInCrash > 0) {
      neverKept(Math.max(0, records.size() - lostInCrash));
    }
  }

  /** Everything that was ever kept, as it was decoded. */
  public List<F> everKept() {
    return List.copyOf(everFacts);
  }

  /** Puts the journal back to its first facts, as a restored backup does. */
  void putBack(int count) {
    ends.removeIf(end -> end > count);
    records.subList(count, records.size()).clear();
    facts.subList(count, facts.size()).clear();
  }

  /** How many facts there were after the last append that had at most {@code most}. */
  public int wholeAppends(int most) {
    return ends.stream().filter(end -> end <= most).mapToInt(end -> end).max().orElse(0);
  }

  /** Puts it back as if what comes after {@code count} facts had never been durable. */
  void neverKept(int count) {
    int lost = records.size() - count;
    ever.subList(ever.size() - lost, ever.size()).clear();
    everFacts.subList(everFacts.size() - lost, everFacts.size()).clear();
    putBack(count);
  }

  /** What another journal held first, as a copied disk does. */
  void copy(List<F> first) {
    first.forEach(fact -> {
      JournalRecord record = codec.encode(fact);
      records.add(record);
      ever.add(record);
      everFacts.add(fact);
      facts.add(fact);
    });
    ends.add(records.size());
  }

  @Override
  public void append(List<F> more) {
    Moment moment = crashes.at(++appends);
    if (moment == Moment.NEVER) {
      moment = crashesOn.at(more);
    }
    if (moment == Moment.BEFORE) {
      throw new Crash();
    }
    for (F fact : more) {
      F given = damage.apply(fact);
      JournalRecord record = codec.encode(given);
      F decoded = codec.decode(record);
      assertEquals(given, decoded, "the fact that a record gives back");
      records.add(record);
      ever.add(record);
      everFacts.add(decoded);
      facts.add(decoded);
    }
    ends.add(records.size());
    if (moment == Moment.AFTER) {
      throw new Crash();
    }
  }

  /** The facts as they were decoded. */
  @Override
  public List<F> replay() {
    return List.copyOf(facts);
  }

  /** The bytes. */
  public List<JournalRecord> records() {
    return List.copyOf(records);
  }

  /** The bytes of everything that was ever kept, what was put back among them. */
  public List<JournalRecord> ever() {
    return List.copyOf(ever);
  }

  /** Appends so far, those that ended the process too. */
  public int appends() {
    return appends;
  }
}
