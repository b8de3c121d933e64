/** Proofs of faults as files: leaving them behind, and verifying those of others. */
@NullMarked
package org.beaconcohort.cli.evidence;

import org.jspecify.annotations.NullMarked;
