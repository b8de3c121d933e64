/** Tables of docs whose cells are what tests saw. */
@NullMarked
package org.beaconcohort.cohort.tables;

import org.jspecify.annotations.NullMarked;
