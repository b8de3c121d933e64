/** What client and relay say to each other (NIP-01): filters, and the frames of both directions. */
@NullMarked
package org.beaconcohort.adapter.nostr.frame;

import org.jspecify.annotations.NullMarked;
