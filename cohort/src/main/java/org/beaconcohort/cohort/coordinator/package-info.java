/** The coordinator's machine: announces, forms a cohort, leads rounds. It holds no cohort key. */
@NullMarked
package org.beaconcohort.cohort.coordinator;

import org.jspecify.annotations.NullMarked;
