/**
 * Nostr events (NIP-01) and their names (NIP-19): strict decoding, canonical form, id, signature.
 */
@NullMarked
package org.beaconcohort.adapter.nostr.event;

import org.jspecify.annotations.NullMarked;
