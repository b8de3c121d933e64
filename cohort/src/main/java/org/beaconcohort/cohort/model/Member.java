package org.beaconcohort.cohort.model;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * One slot of a key set, as its opt-in described it.
 *
 * @param cohortKey compressed MuSig2 key, 33 bytes, made for this cohort only
 * @param statementKey x-only key that signs the member's statements, 32 bytes
 * @param inboxKey x-only one-time key that directed statements are encrypted to, 32 bytes
 * @param dids registered DIDs
 * @param optInId id of the opt-in statement, 32 bytes
 * @param mayCoordinate whether the member offers to lead
 */
public record Member(
    Bytes cohortKey,
    Bytes statementKey,
    Bytes inboxKey,
    List<String> dids,
    Bytes optInId,
    boolean mayCoordinate) {
  /** Copies the list. */
  public Member {
    dids = List.copyOf(dids);
  }
}
