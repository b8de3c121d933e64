/**
 * Random runs against libsecp256k1, which nobody here wrote: what it computes and what we compute
 * must be the same bytes.
 */
@NullMarked
package org.beaconcohort.musig2.oracle;

import org.jspecify.annotations.NullMarked;
