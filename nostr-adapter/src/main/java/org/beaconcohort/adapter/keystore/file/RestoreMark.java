package org.beaconcohort.adapter.keystore.file;

import java.time.Instant;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A key came from a backup: every journal tombstones, once, the nonces that were open in it when
 * the key is first used with it afterwards.
 *
 * @param id random, 16 bytes; one for each restore
 * @param at when, by the clock of the restoring machine
 */
public record RestoreMark(Bytes id, Instant at) {
  /** Bytes of an id. */
  public static final int ID_SIZE = 16;

  public RestoreMark {
    if (id.size() != ID_SIZE) {
      throw new IllegalArgumentException(
          "id of a restore must be " + ID_SIZE + " bytes, got " + id.size());
    }
  }
}
