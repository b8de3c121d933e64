/**
 * The composition root: the command line, and the only place that wires adapters to the protocol.
 */
@NullMarked
package org.beaconcohort.cli;

import org.jspecify.annotations.NullMarked;
