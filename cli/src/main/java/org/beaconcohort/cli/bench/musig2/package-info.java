/** What a coordinator computes, on both engines, beside libsecp256k1's own calls. */
@NullMarked
package org.beaconcohort.cli.bench.musig2;

import org.jspecify.annotations.NullMarked;
