package org.beaconcohort.adapter.journal.record;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A record to append.
 *
 * @param type what the payload is, 1 to 100 characters
 * @param version of that type's format, 1 or more
 * @param payload opaque here
 * @param retained whether no archive may ever take the payload away: the bundle of a round that may
 *     be anchored
 */
public record NewRecord(String type, int version, Bytes payload, boolean retained) {
  /** Checks type and version. */
  public NewRecord {
    if (type.isEmpty() || type.length() > 100) {
      throw new IllegalArgumentException(
          "record type must be 1..100 characters, got " + type.length());
    }
    if (version < 1) {
      throw new IllegalArgumentException("record version must be 1 or more, got " + version);
    }
  }

  /** Type, version and size; never the payload, which may hold a channel key. */
  @Override
  public String toString() {
    return "NewRecord[" + type + " version " + version + ", " + payload.size() + " bytes]";
  }
}
