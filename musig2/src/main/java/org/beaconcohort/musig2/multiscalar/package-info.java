/**
 * Sums of many products of public numbers and points of secp256k1, over Bouncy Castle's field.
 *
 * <p>Everything here takes a time, and touches memory, that shows every number it is given; a
 * secret never comes in.
 */
@NullMarked
package org.beaconcohort.musig2.multiscalar;

import org.jspecify.annotations.NullMarked;
