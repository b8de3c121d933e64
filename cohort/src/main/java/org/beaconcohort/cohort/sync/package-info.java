/** Who has heard what, and who says again what another lacks (N14). */
@NullMarked
package org.beaconcohort.cohort.sync;

import org.jspecify.annotations.NullMarked;
