/** Journals and processes that die. */
@NullMarked
package org.beaconcohort.adapter.journal.process;

import org.jspecify.annotations.NullMarked;
