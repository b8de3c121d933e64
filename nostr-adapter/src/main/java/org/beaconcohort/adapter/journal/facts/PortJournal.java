package org.beaconcohort.adapter.journal.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.beaconcohort.adapter.journal.Append;
import org.beaconcohort.adapter.journal.JournalStream;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.record.NewRecord;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.adapter.journal.record.StreamDamage;
import org.beaconcohort.cohort.journal.JournalRecord;
import org.beaconcohort.cohort.journal.RecordCodec;
import org.beaconcohort.cohort.journal.UnknownRecordException;
import org.beaconcohort.cohort.journal.UnreadableRecordException;
import org.beaconcohort.cohort.port.Journal;
import org.beaconcohort.musig2.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one machine in one stream. A stream that does not read as facts is refused as a
 * whole with a named fault, and never concerns another.
 *
 * @param <F> facts of the machine
 */
public final class PortJournal<F> implements Journal<F> {
  private final JournalStream stream;
  private final RecordCodec<F> codec;
  private final Supplier<FactLedger<F>> ledgers;
  private @Nullable FactLedger<F> ledger;

  /**
   * A journal that must be replayed before it is appended to.
   *
   * @param ledgers a ledger that has been told nothing, for each replay
   */
  public PortJournal(JournalStream stream, RecordCodec<F> codec, Supplier<FactLedger<F>> ledgers) {
    this.stream = stream;
    this.codec = codec;
    this.ledgers = ledgers;
  }

  @Override
  public synchronized void append(List<F> facts) {
    FactLedger<F> told = ledger;
    if (told == null) {
      throw new JournalException(
          Fault.STREAM_MOVED,
          "stream " + stream.name() + " must be replayed before it is appended to");
    }
    List<NewRecord> records = new ArrayList<>();
    for (F fact : facts) {
      JournalRecord encoded = codec.encode(fact);
      records.add(
          new NewRecord(encoded.type(), encoded.version(), encoded.payload(), told.retained(fact)));
    }
    FactLedger.Uses uses = told.uses(facts);
    stream.append(new Append(records, uses.entries(), uses.sightings(), uses.halts()));
    facts.forEach(told::settled);
  }

  /**
   * All facts in the order they were appended.
   *
   * @throws JournalException DAMAGED, UNKNOWN_RECORD, NEWER_VERSION or ARCHIVED, if this stream
   *     cannot be used
   */
  @Override
  public synchronized List<F> replay() {
    ledger = null;
    FactLedger<F> fresh = ledgers.get();
    List<F> facts = new ArrayList<>();
    // Most of it is verifying signatures, and no record needs another for that.
    for (Read<F> read : stream.replay().records().parallelStream().map(this::read).toList()) {
      facts.add(settled(read, fresh));
    }
    ledger = fresh;
    return List.copyOf(facts);
  }

  /** What a record says, or why it cannot be read. */
  private record Read<F>(
      StoredRecord record, @Nullable F fact, @Nullable JournalException broken) {}

  private Read<F> read(StoredRecord record) {
    try {
      return new Read<>(record, fact(record), null);
    } catch (JournalException broken) {
      return new Read<>(record, null, broken);
    }
  }

  /** The first record that cannot be read or cannot follow is the one that is named. */
  private F settled(Read<F> read, FactLedger<F> told) {
    F fact = read.fact();
    if (fact == null) {
      throw Objects.requireNonNull(read.broken());
    }
    try {
      told.settled(fact);
    } catch (RuntimeException impossible) {
      throw broken(
          Fault.DAMAGED, read.record(), "it cannot follow what is before it: " + impossible);
    }
    return fact;
  }

  private F fact(StoredRecord record) {
    Optional<Bytes> payload = record.payload();
    if (payload.isEmpty()) {
      throw broken(Fault.DAMAGED, record, "its payload is missing");
    }
    JournalRecord encoded = new JournalRecord(record.type(), record.version(), payload.get());
    try {
      return codec.decode(encoded);
    } catch (UnknownRecordException unknown) {
      Fault fault = knowsType(encoded) ? Fault.NEWER_VERSION : Fault.UNKNOWN_RECORD;
      throw broken(fault, record, String.valueOf(unknown.getMessage()));
    } catch (UnreadableRecordException malformed) {
      throw broken(Fault.DAMAGED, record, String.valueOf(malformed.getMessage()));
    }
  }

  /** Every type has a version 1: whatever is wrong with a record of it, the type is known. */
  private boolean knowsType(JournalRecord record) {
    try {
      return codec.decode(new JournalRecord(record.type(), 1, record.payload())) != null;
    } catch (UnknownRecordException unknown) {
      return false;
    } catch (UnreadableRecordException malformed) {
      return true;
    }
  }

  private JournalException broken(Fault fault, StoredRecord record, String why) {
    return new StreamDamage(fault, stream.name(), record.seq(), why).exception();
  }
}
