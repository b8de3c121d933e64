/** Planted: the other half of a cycle. */
@NullMarked
package org.beaconcohort.cli.architecture.planted.cohort.right;

import org.jspecify.annotations.NullMarked;
