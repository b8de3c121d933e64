/** Mutated valid inputs for every decoder: only its typed error, bounded memory and time. */
@NullMarked
package org.beaconcohort.fuzz;

import org.jspecify.annotations.NullMarked;
