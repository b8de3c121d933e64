/**
 * Random plans of faults, played on the simulation from a seed and judged; what is found is shrunk
 * to a minimal plan that one command replays.
 */
@NullMarked
package org.beaconcohort.cohort.exploration;

import org.jspecify.annotations.NullMarked;
