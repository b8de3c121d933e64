/** The next cohort, as everyone in the present one sees it from signed statements. */
@NullMarked
package org.beaconcohort.cohort.succession;

import org.jspecify.annotations.NullMarked;
