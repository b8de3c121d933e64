/**
 * What an operator remembers of members, by DID: who answered, who was silent, who was proved to
 * break the rules, and what that makes of the next cohort (R17). {@code RollCall} sees how a
 * coordinator's rounds end, {@code Reliability} is the fold of what is remembered, {@code
 * ReliabilityLog} its text.
 */
@NullMarked
package org.beaconcohort.cohort.reliability;

import org.jspecify.annotations.NullMarked;
