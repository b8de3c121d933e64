/** Tests of byte strings. */
@NullMarked
package org.beaconcohort.musig2.bytes;

import org.jspecify.annotations.NullMarked;
