/** One cohort as separate processes: files in, files out. */
@NullMarked
package org.beaconcohort.cli.cohort;

import org.jspecify.annotations.NullMarked;
