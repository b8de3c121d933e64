/** Repeatable random test data. */
@NullMarked
package org.beaconcohort.musig2.seeded;

import org.jspecify.annotations.NullMarked;
