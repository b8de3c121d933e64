/** Planted: records of facts. */
@NullMarked
package org.beaconcohort.cli.architecture.planted.cohort.journal;

import org.jspecify.annotations.NullMarked;
