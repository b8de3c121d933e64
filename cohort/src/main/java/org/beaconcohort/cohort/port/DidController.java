package org.beaconcohort.cohort.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The DID controller behind a member: owns the DID keys and documents, resolves them from its own
 * sources. Calls may block.
 */
public interface DidController {
  /** The DIDs to register, canonical strings, in a fixed order. */
  List<String> dids();

  /** Canonical JSON of the DID's genesis document if it is an x1 DID, else the empty string. */
  String genesisDocument(String did);

  /** BIP-340 signature (64 bytes) over {@code message} (32 bytes) by the DID's current key. */
  Bytes prove(String did, Bytes message);

  /** How many updates wait for a round. */
  int pendingUpdates();

  /**
   * Makes every registered document list the cohort's address as a beacon of its type, by an update
   * over the DID's singleton beacon where needed. Repeating it does nothing more. Returns once the
   * update is on its way.
   *
   * @throws PortFailure if it cannot (no funded singleton, say), with what to do
   */
  void list(Cohort cohort);

  /**
   * Another cohort follows {@code current}: what {@link #documents} offers in its rounds adds the
   * next one's address as a beacon of its type from now on, together with what was wanted before or
   * after it. Without a next one (the member leaves) it removes {@code current}'s address, since
   * anyone may fund that again. An update that was handed out stays the only one for its version
   * (R20). Repeating it does nothing more. Returns at once.
   */
  void succeed(Cohort current, Optional<Cohort> next);

  /**
   * Makes sure that updates could be anchored without the cohort: every DID's document lists a
   * singleton beacon that the controller can spend from, with a confirmed coin that pays for its
   * listing and for one more announcement. Asked before the opt-in leaves (SP-5).
   *
   * @throws PortFailure if one has not, with what to do; temporary while a coin that suffices waits
   *     for its block
   */
  void prepareFallback();

  /**
   * The updates that it wants anchored now, without a cohort: at most one per DID, for the version
   * after the one that resolves. From here on these bytes are the only updates for their versions.
   *
   * @throws PortFailure temporary, while an update of the same version that was handed out before
   *     is on its way
   */
  List<OfferedUpdate> offerAlone();

  /**
   * Anchors updates by the singleton beacons of their DIDs: the same bytes (R20, R21). Repeating it
   * makes no other transaction. Returns once they are on their way.
   *
   * @return txids, internal order, 32 bytes each
   * @throws PortFailure if it cannot, with what to do
   */
  List<Bytes> anchorAlone(List<OfferedUpdate> updates);

  /**
   * The registered documents as they resolve now, each with the update to offer in round {@code
   * round}: the same bytes for the same version, for ever (R20).
   */
  List<Survey.Document> documents(Cohort cohort, int round, Instant medianTime);
}
