/** Typed, versioned records of opaque bytes in streams, each chained to the one before by hash. */
@NullMarked
package org.beaconcohort.adapter.journal.record;

import org.jspecify.annotations.NullMarked;
