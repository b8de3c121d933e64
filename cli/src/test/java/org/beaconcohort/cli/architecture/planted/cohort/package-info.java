/** Planted: stands for the protocol module and breaks its rules. */
@NullMarked
package org.beaconcohort.cli.architecture.planted.cohort;

import org.jspecify.annotations.NullMarked;
