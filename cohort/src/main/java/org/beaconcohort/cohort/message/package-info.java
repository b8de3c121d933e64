/** The statements parties make to one another, one record each, decoded once at the edge. */
@NullMarked
package org.beaconcohort.cohort.message;

import org.jspecify.annotations.NullMarked;
