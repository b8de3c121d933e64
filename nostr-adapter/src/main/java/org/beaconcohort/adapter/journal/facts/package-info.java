/** The journal port of a machine over a stream, and what its facts enter in the ledger. */
@NullMarked
package org.beaconcohort.adapter.journal.facts;

import org.jspecify.annotations.NullMarked;
