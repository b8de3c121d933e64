/** What goes into a state machine, what comes out, and the shape of the machine itself. */
@NullMarked
package org.beaconcohort.cohort.machine;

import org.jspecify.annotations.NullMarked;
