package org.beaconcohort.cohort.port;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.cohort.model.Cohort;
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
   * The registered documents as they resolve now, each with the update to offer in round {@code
   * round}: the same bytes for the same version, for ever (R20).
   */
  List<Survey.Document> documents(Cohort cohort, int round, Instant medianTime);
}
