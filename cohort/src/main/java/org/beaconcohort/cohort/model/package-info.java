/** What a cohort is: terms, members, key set, ids, outcomes and the named violations. */
@NullMarked
package org.beaconcohort.cohort.model;

import org.jspecify.annotations.NullMarked;
