/** The driver without threads and the performer that turns effects into calls on ports. */
@NullMarked
package org.beaconcohort.cohort.runtime;

import org.jspecify.annotations.NullMarked;
