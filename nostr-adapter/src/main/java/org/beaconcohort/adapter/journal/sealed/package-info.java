/** Sealed nonces as files: what lets a signer leave between its nonce and its signature. */
@NullMarked
package org.beaconcohort.adapter.journal.sealed;

import org.jspecify.annotations.NullMarked;
