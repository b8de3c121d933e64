/** Planted: an adapter that imports its neighbour. */
@NullMarked
package org.beaconcohort.cli.architecture.planted.adapter.chain;

import org.jspecify.annotations.NullMarked;
