/**
 * Facts as records that a journal can keep: a type name, a version, and canonical JSON. What is
 * read is what was written, or one of two typed errors.
 */
@NullMarked
package org.beaconcohort.cohort.journal;

import org.jspecify.annotations.NullMarked;
