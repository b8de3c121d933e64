/**
 * The whole system in one deterministic process: parties, transport and chain on virtual time, from
 * a seed. Published as cohort's test-jar.
 */
@NullMarked
package org.beaconcohort.cohort.simulation;

import org.jspecify.annotations.NullMarked;
