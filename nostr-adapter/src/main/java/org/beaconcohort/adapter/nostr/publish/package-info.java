/** When an event counts as published (rule N21), and what is known of it relay by relay. */
@NullMarked
package org.beaconcohort.adapter.nostr.publish;

import org.jspecify.annotations.NullMarked;
