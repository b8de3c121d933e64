/**
 * What relays see of a cohort (rule N13): outer events of kind 4640 by throw-away keys, with the
 * signed inner event encrypted inside, to the channel of a round or to a one-time inbox key; and
 * numbered parts for what outgrows one outer event.
 */
@NullMarked
package org.beaconcohort.adapter.nostr.wrap;

import org.jspecify.annotations.NullMarked;
