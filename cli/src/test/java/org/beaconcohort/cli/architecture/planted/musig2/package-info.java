/** Planted: stands for the lowest module. */
@NullMarked
package org.beaconcohort.cli.architecture.planted.musig2;

import org.jspecify.annotations.NullMarked;
