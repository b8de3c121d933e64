/** One writer for an identity: leases, fencing numbers, and what a rolled-back journal betrays. */
@NullMarked
package org.beaconcohort.adapter.journal.lease;

import org.jspecify.annotations.NullMarked;
