/** Where tests find the official vector files, which are not part of this project. */
@NullMarked
package org.beaconcohort.musig2.vectors;

import org.jspecify.annotations.NullMarked;
