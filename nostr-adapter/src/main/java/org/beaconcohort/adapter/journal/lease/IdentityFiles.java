package org.beaconcohort.adapter.journal.lease;

import org.jspecify.annotations.Nullable;

/**
 * What an identity has beside its database.
 *
 * @param lock of this machine's processes, if the database is a file
 * @param witness of this machine, if there is a place for one
 */
record IdentityFiles(@Nullable ProcessLock lock, @Nullable Witness witness) {}
