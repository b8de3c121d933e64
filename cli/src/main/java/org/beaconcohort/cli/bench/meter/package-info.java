/** CPU time of one thread, taken in slices that take turns. */
@NullMarked
package org.beaconcohort.cli.bench.meter;

import org.jspecify.annotations.NullMarked;
