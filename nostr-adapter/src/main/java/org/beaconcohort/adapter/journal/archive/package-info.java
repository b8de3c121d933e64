/** Journals as files of JSON lines: export, import, and archives of finished streams. */
@NullMarked
package org.beaconcohort.adapter.journal.archive;

import org.jspecify.annotations.NullMarked;
