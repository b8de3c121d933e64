package org.beaconcohort.cohort.participant;

import java.util.List;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a participant brings. The three keys are made for one cohort and differ from each other and
 * from every DID and Nostr key (N11).
 *
 * @param statementKey x-only, signs its statements, 32 bytes
 * @param cohortKey compressed MuSig2 key, 33 bytes
 * @param inboxKey x-only, directed statements are encrypted to it, 32 bytes
 * @param instance random id of this process, 16 bytes; never that of one before it (R10)
 * @param dids to register
 * @param policy what it accepts
 * @param nonces where its secret nonces live
 */
public record ParticipantPlan(
    Bytes statementKey,
    Bytes cohortKey,
    Bytes inboxKey,
    Bytes instance,
    List<String> dids,
    JoinPolicy policy,
    OwnNonces nonces) {
  /** Copies the list. */
  public ParticipantPlan {
    dids = List.copyOf(dids);
  }

  /**
   * Whether the secret half of the nonce that an own statement carries can be in this process: it
   * was made here, or was found sealed (R10).
   */
  boolean holds(SignedStatement carrier) {
    return carrier.header().instance().equals(instance)
        || Attempt.nonce(carrier.body())
            .map(nonce -> new SealedNonces.Id(carrier.header().roundId(), nonce.number()))
            .filter(nonces.sealed()::contains)
            .isPresent();
  }
}
