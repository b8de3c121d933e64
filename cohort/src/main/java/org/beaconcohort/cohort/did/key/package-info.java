/** Public keys as DID documents write them: Base58, Multikey and the addresses of a single key. */
@NullMarked
package org.beaconcohort.cohort.did.key;

import org.jspecify.annotations.NullMarked;
