/** One WebSocket to one relay, behind an interface small enough for more than one library. */
@NullMarked
package org.beaconcohort.adapter.nostr.socket;

import org.jspecify.annotations.NullMarked;
