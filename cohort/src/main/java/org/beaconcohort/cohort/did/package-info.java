/**
 * did:btcr2 by the newest rules of its specification: identifiers, documents, updates and their
 * proofs, histories and sidecar data. Updates that an old rule allowed can be read and their
 * signatures checked; only what resolves today is made or applied.
 */
@NullMarked
package org.beaconcohort.cohort.did;

import org.jspecify.annotations.NullMarked;
