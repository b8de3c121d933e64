/** Immutable public byte strings; secrets are never kept here. */
@NullMarked
package org.beaconcohort.musig2.bytes;

import org.jspecify.annotations.NullMarked;
