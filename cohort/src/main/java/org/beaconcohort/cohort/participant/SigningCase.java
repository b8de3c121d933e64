package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Everything a member looks at before it signs. Each component is either its own knowledge or a
 * statement it holds; nothing is taken on anybody's word.
 *
 * @param plan own keys, DIDs and policy
 * @param leader the pinned key that may propose now, 32 bytes
 * @param endorsedEpoch the highest epoch this member endorsed
 * @param cohort as acknowledged
 * @param slot own slot
 * @param acknowledgedAddress the address this member acknowledged
 * @param termsHash of the terms this member opted in to, 32 bytes
 * @param proposal the statement that asks for a signature
 * @param attempt what that proposal names
 * @param transaction what would be signed
 * @param updates own committed updates of this round
 * @param bundle stored bundle
 * @param nonce own open nonce of this round
 * @param claimed T the nonce is claimed for, empty if it is open
 * @param latched txid this member signed for the outpoint before, empty if none
 * @param lostAttempts ids and counters of the round's proposed attempts that a lost nonce ended
 * @param downgrade why another path than the key path must not be signed, empty if it may (R18,
 *     R19)
 * @param survey own sources, asked for this proposal
 * @param deadline of the phase
 */
public record SigningCase(
    ParticipantPlan plan,
    Bytes leader,
    int endorsedEpoch,
    Cohort cohort,
    int slot,
    String acknowledgedAddress,
    Bytes termsHash,
    SignedStatement proposal,
    Attempt attempt,
    Transaction transaction,
    List<OfferedUpdate> updates,
    List<CasAnnouncement> bundle,
    NonceOffer nonce,
    Optional<Bytes> claimed,
    Optional<Bytes> latched,
    Map<Bytes, Integer> lostAttempts,
    Optional<Violation> downgrade,
    Survey survey,
    Instant deadline) {
  /** Copies the lists. */
  public SigningCase {
    updates = List.copyOf(updates);
    bundle = List.copyOf(bundle);
    lostAttempts = Map.copyOf(lostAttempts);
  }
}
