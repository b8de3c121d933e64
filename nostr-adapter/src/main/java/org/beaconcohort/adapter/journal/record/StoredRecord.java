package org.beaconcohort.adapter.journal.record;

import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A record as it is in the journal.
 *
 * @param seq 1, 2, 3… within its stream
 * @param payload nothing if it was moved to an archive
 * @param payloadHash SHA-256, 32 bytes
 * @param hash of the chain up to here, 32 bytes
 * @param retained whether no archive takes the payload away
 * @param fence number of the holder that appended it
 * @param appendedAt by the database's clock, in milliseconds since 1970
 */
public record StoredRecord(
    long seq,
    String type,
    int version,
    Optional<Bytes> payload,
    Bytes payloadHash,
    Bytes hash,
    boolean retained,
    long fence,
    long appendedAt) {
  /** Everything but the payload, which may hold a channel key. */
  @Override
  public String toString() {
    return "StoredRecord[" + seq + ", " + type + " version " + version + ", " + hash + "]";
  }
}
