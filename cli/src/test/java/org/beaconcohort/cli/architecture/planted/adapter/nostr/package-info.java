/** Planted: an adapter that imports its neighbour. */
@NullMarked
package org.beaconcohort.cli.architecture.planted.adapter.nostr;

import org.jspecify.annotations.NullMarked;
