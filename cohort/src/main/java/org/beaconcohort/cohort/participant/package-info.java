/** The member's machine: joins, verifies, answers, claims, signs. It believes nothing unchecked. */
@NullMarked
package org.beaconcohort.cohort.participant;

import org.jspecify.annotations.NullMarked;
