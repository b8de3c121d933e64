package org.beaconcohort.cohort.journal;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A fact as a journal keeps it. Nothing is checked here; {@link RecordCodec#decode} does.
 *
 * @param type role and fact, say {@code participant.Claimed}; at most 64 ASCII characters
 * @param version of the type's fields, from 1
 * @param payload canonical JSON (RFC 8785) of one object, at most {@link #MAX_SIZE} bytes; may hold
 *     the channel key
 */
public record JournalRecord(String type, int version, Bytes payload) {
  /** Most bytes of a payload, 16 MiB: 100 updates of the largest size. */
  public static final int MAX_SIZE = 16 * 1024 * 1024;

  /** Type, version and size; never the payload, which may spell the channel key. */
  @Override
  public String toString() {
    return "JournalRecord[" + type + " version " + version + ", " + payload.size() + " bytes]";
  }
}
