/** What a leader or a member does next: one pure function over the ladder of retries (2.1, 2.9). */
@NullMarked
package org.beaconcohort.cohort.policy;

import org.jspecify.annotations.NullMarked;
