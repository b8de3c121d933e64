/** What can go wrong with a journal, each with what is safe and what to do. */
@NullMarked
package org.beaconcohort.adapter.journal.fault;

import org.jspecify.annotations.NullMarked;
