/** The cases of docs/peer-faults.md that are faults of messages or of parties. */
@NullMarked
package org.beaconcohort.cohort.peer;

import org.jspecify.annotations.NullMarked;
