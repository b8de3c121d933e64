/** The decision policy: no dearer layer while a cheaper one can finish, and every way ends. */
@NullMarked
package org.beaconcohort.cohort.policy;

import org.jspecify.annotations.NullMarked;
