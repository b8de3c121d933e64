/**
 * The independent checker: proves the invariants of signing-safety 2.10 from what relays carried,
 * what journals hold and what the chain took, and from nothing else. It uses no view, machine or
 * vault; it reads JSON by itself.
 */
@NullMarked
package org.beaconcohort.cohort.check;

import org.jspecify.annotations.NullMarked;
