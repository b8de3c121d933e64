/** Measurements of this program on this machine, against what else there is. */
@NullMarked
package org.beaconcohort.cli.bench;

import org.jspecify.annotations.NullMarked;
