/** Planted: stands for curve arithmetic. */
@NullMarked
package org.beaconcohort.cli.architecture.planted.musig2.engine;

import org.jspecify.annotations.NullMarked;
