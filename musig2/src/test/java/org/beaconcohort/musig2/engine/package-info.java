/** Engines: each by itself, and each against the other. */
@NullMarked
package org.beaconcohort.musig2.engine;

import org.jspecify.annotations.NullMarked;
