package org.beaconcohort.cohort.model;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a member's own sources say at one moment: chain, DID documents, halt flag. Nothing in it
 * comes from a coordinator or a peer.
 *
 * @param prevoutScript script of the outpoint, empty if the chain source does not know it
 * @param prevoutValue value of the outpoint, sat
 * @param depth confirmations of the outpoint's transaction, 0 if unconfirmed or unknown
 * @param unspent whether nothing spends the outpoint, mempool included
 * @param medianTime median time of the chain's tip
 * @param halted whether an operator or an alarm stopped signing
 * @param documents state of every registered DID
 */
public record Survey(
    Bytes prevoutScript,
    long prevoutValue,
    int depth,
    boolean unspent,
    Instant medianTime,
    boolean halted,
    List<Document> documents) {
  /** Copies the list. */
  public Survey {
    documents = List.copyOf(documents);
  }

  /**
   * A registered DID now.
   *
   * @param did canonical string
   * @param listedDepth confirmations of the update that lists the beacon address, 0 if not listed;
   *     a genesis document that lists it counts as {@link Integer#MAX_VALUE}
   * @param versionId of the current document, from 1
   * @param update the update the controller wants in this round, checked against the current
   *     document by the controller's own library call
   * @param refusal why the offered update is unsafe, empty if it is not
   * @param latestUpdate hash of the update that made the current version, 32 bytes, or empty for
   *     version 1
   */
  public record Document(
      String did,
      int listedDepth,
      int versionId,
      List<OfferedUpdate> update,
      String refusal,
      Bytes latestUpdate) {
    /** Copies; at most one update per round. */
    public Document {
      update = List.copyOf(update);
      if (update.size() > 1) {
        throw new IllegalArgumentException(
            "a round carries at most 1 update per DID, got " + update.size());
      }
    }
  }
}
