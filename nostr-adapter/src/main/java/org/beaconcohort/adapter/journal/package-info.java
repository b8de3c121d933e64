/**
 * The durable journal: streams of records, a ledger of what is used once, one writer per identity;
 * in a SQLite file or in PostgreSQL.
 */
@NullMarked
package org.beaconcohort.adapter.journal;

import org.jspecify.annotations.NullMarked;
