/** What the protocol needs from the outside world: journal, transport, chain, keys, time. */
@NullMarked
package org.beaconcohort.cohort.port;

import org.jspecify.annotations.NullMarked;
