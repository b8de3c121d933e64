/** SHA-256 with BIP-340 tags, fit for secret input. */
@NullMarked
package org.beaconcohort.musig2.hash;

import org.jspecify.annotations.NullMarked;
