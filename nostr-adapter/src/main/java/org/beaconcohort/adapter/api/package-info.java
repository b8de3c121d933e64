/**
 * What a registrar or resolver calls: lead a cohort, or join one with a DID controller, over Nostr
 * relays and one's own chain source. See docs/library.md.
 */
@NullMarked
package org.beaconcohort.adapter.api;

import org.jspecify.annotations.NullMarked;
