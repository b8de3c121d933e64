/** Planted: a package whose name says nothing. */
@NullMarked
package org.beaconcohort.cli.architecture.planted.cohort.util;

import org.jspecify.annotations.NullMarked;
