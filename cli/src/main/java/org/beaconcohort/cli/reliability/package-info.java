/**
 * What a coordinator's operator remembers of members: looking at it, and the few ways to change it.
 */
@NullMarked
package org.beaconcohort.cli.reliability;

import org.jspecify.annotations.NullMarked;
