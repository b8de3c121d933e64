/** Programs, not tests, that print what operations cost here. */
@NullMarked
package org.beaconcohort.musig2.measure;

import org.jspecify.annotations.NullMarked;
