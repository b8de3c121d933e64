package org.beaconcohort.adapter.journal.record;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * H("journal-record", hash before, stream, seq, type, version, retained, SHA-256 of the payload).
 * The payload counts by its hash, so that the chain can be checked when payloads are in an archive.
 */
public final class RecordChain {
  /** What the first record follows: 32 zero bytes. */
  public static final Bytes BEGINNING = Bytes.of(new byte[32]);

  private RecordChain() {}

  /** The hash of a record that follows {@code before}. */
  public static Bytes next(
      Bytes before, String stream, long seq, NewRecord record, Bytes payloadHash) {
    return next(
        before, stream, seq, record.type(), record.version(), record.retained(), payloadHash);
  }

  private static Bytes next(
      Bytes before,
      String stream,
      long seq,
      String type,
      int version,
      boolean retained,
      Bytes payloadHash) {
    return FieldHash.of("journal-record")
        .bytes(before)
        .text(stream)
        .number(seq)
        .text(type)
        .number(version)
        .number(retained ? 1 : 0)
        .bytes(payloadHash)
        .hash();
  }

  /** SHA-256 of a payload. */
  public static Bytes payloadHash(Bytes payload) {
    return TaggedHash.sha256(payload);
  }

  /** What is wrong with a whole stream, if anything is. */
  public static Optional<StreamDamage> damage(StreamHead head, List<StoredRecord> records) {
    Bytes before = BEGINNING;
    long seq = 0;
    for (StoredRecord record : records) {
      seq++;
      Optional<String> wrong = wrong(head.stream(), before, seq, record);
      if (wrong.isPresent()) {
        return Optional.of(new StreamDamage(Fault.DAMAGED, head.stream(), seq, wrong.get()));
      }
      before = record.hash();
    }
    if (seq != head.records() || !before.equals(head.hash())) {
      return Optional.of(
          new StreamDamage(
              Fault.DAMAGED,
              head.stream(),
              seq + 1,
              "the chain must end with record " + head.records() + ", it ends with " + seq));
    }
    return Optional.empty();
  }

  private static Optional<String> wrong(
      String stream, Bytes before, long seq, StoredRecord record) {
    if (record.seq() != seq) {
      return Optional.of("record " + seq + " must come next, it is missing");
    }
    if (record.payload().isPresent()
        && !payloadHash(record.payload().get()).equals(record.payloadHash())) {
      return Optional.of("the payload is not the one that was written");
    }
    Bytes hash =
        next(
            before,
            stream,
            seq,
            record.type(),
            record.version(),
            record.retained(),
            record.payloadHash());
    return hash.equals(record.hash())
        ? Optional.empty()
        : Optional.of("its hash must be " + hash + ", it is " + record.hash());
  }
}
