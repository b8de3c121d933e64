package org.beaconcohort.cohort.runtime;

import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.port.DidController;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a member needs beside the ports every party has.
 *
 * @param controller of the member's DIDs
 * @param signer of its cohort key
 * @param custody where that signer keeps its nonces
 * @param inboxKey x-only key that the transport reads directed statements with, 32 bytes
 */
public record MemberPorts(
    DidController controller, Signer signer, NonceCustody custody, Bytes inboxKey) {}
