/**
 * Aggregating one signature of many: nonces, then partial signatures, each checked and folded in as
 * it comes, in any order; one verification at the end; and who is to blame if that fails.
 *
 * <p>Nothing here holds a secret, so whoever sees the contributions can do it: the coordinator, and
 * every member for itself.
 */
@NullMarked
package org.beaconcohort.musig2.coordinator;

import org.jspecify.annotations.NullMarked;
