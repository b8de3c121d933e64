/** Sums of products against multiples of G that are known. */
@NullMarked
package org.beaconcohort.musig2.multiscalar;

import org.jspecify.annotations.NullMarked;
