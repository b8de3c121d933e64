/** Updates of DID documents as files: made and signed, never announced. */
@NullMarked
package org.beaconcohort.cli.update;

import org.jspecify.annotations.NullMarked;
