/**
 * Whether operations on secrets take a time that shows them: a smoke test that finds gross leaks of
 * the mean, and neither cache nor branch predictor leaks.
 */
@NullMarked
package org.beaconcohort.musig2.timing;

import org.jspecify.annotations.NullMarked;
