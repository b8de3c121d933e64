/** The two databases a journal can live in: connections, transactions, schema, their errors. */
@NullMarked
package org.beaconcohort.adapter.journal.database;

import org.jspecify.annotations.NullMarked;
