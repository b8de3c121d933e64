/** Encrypted payloads of NIP-44 version 2, and the HKDF of RFC 5869 that they stand on. */
@NullMarked
package org.beaconcohort.adapter.nostr.nip44;

import org.jspecify.annotations.NullMarked;
