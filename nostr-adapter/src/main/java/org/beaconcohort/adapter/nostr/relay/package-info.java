/**
 * Several relays at once: connections that come back, subscriptions that outlive them, events
 * believed only after verification, and publishing that reports relay by relay (rules N14, N21).
 */
@NullMarked
package org.beaconcohort.adapter.nostr.relay;

import org.jspecify.annotations.NullMarked;
