package org.beaconcohort.cohort.model;

import org.beaconcohort.cohort.did.SignedUpdate;

/**
 * A signed update and the DID it updates.
 *
 * @param did canonical string
 * @param update whose hash enters the announcement
 */
public record OfferedUpdate(String did, SignedUpdate update) {}
