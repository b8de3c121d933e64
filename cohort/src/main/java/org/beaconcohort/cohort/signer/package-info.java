/** The nonce vault: the one owner of secret nonces, from open to released. */
@NullMarked
package org.beaconcohort.cohort.signer;

import org.jspecify.annotations.NullMarked;
