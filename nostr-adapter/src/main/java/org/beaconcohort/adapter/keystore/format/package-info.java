/** Texts that others write secret keys as: hexadecimal, WIF, NIP-49, BIP-39 with BIP-86 paths. */
@NullMarked
package org.beaconcohort.adapter.keystore.format;

import org.jspecify.annotations.NullMarked;
