/** Two controllers in a cohort of their own, without a coordinator beside them (BC-1). */
@org.jspecify.annotations.NullMarked
package org.beaconcohort.cohort.pair;
