/** Pure folds of statements, the same for everyone: formation, rounds, attempts and transcripts. */
@NullMarked
package org.beaconcohort.cohort.view;

import org.jspecify.annotations.NullMarked;
