/** Planted: stands for what holds secrets. */
@NullMarked
package org.beaconcohort.cli.architecture.planted.musig2.curve;

import org.jspecify.annotations.NullMarked;
