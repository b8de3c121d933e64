/** Planted: one half of a cycle. */
@NullMarked
package org.beaconcohort.cli.architecture.planted.cohort.left;

import org.jspecify.annotations.NullMarked;
