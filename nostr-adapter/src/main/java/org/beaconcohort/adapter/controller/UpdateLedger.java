package org.beaconcohort.adapter.controller;

import java.util.List;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a controller must never forget about one DID (R20): the updates that have left the process,
 * and the transactions that may announce them. Everything recorded is durable when the call
 * returns, as far as the ledger is.
 */
public interface UpdateLedger {
  /** Whether what is recorded outlives the process; if not, it is for regtest only. */
  boolean durable();

  /** Every update handed out, at most one per version, in the order of versions. */
  List<SignedUpdate> handedOut();

  /** Announcements of cohorts that may carry one of the updates. */
  List<CasAnnouncement> announcements();

  /** Transactions that may announce one of the updates, txids in internal order, 32 bytes each. */
  List<Bytes> transactions();

  /**
   * Records an update that is about to leave the process; the same again changes nothing.
   *
   * @throws IllegalArgumentException if another update is recorded for its version
   * @throws org.beaconcohort.cohort.port.PortFailure if it cannot be kept; it must not leave then
   */
  void handOut(SignedUpdate update);

  /**
   * Records a transaction that may announce an update.
   *
   * @param announcement what a cohort's transaction announces; none for a singleton's
   * @throws org.beaconcohort.cohort.port.PortFailure if it cannot be kept
   */
  void mayBeAnnounced(Bytes txid, List<CasAnnouncement> announcement);
}
