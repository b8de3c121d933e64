/** What may be used once: nonces, claims, outpoints, update versions, epochs; and their halts. */
@NullMarked
package org.beaconcohort.adapter.journal.ledger;

import org.jspecify.annotations.NullMarked;
