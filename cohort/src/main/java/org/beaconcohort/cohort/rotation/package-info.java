/** Who leads a round when whoever led it is silent (R11 to R15, N15). */
@org.jspecify.annotations.NullMarked
package org.beaconcohort.cohort.rotation;
