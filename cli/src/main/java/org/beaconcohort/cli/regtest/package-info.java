/** Coins and blocks from the regtest fixture, for whoever asks for them by option. */
@NullMarked
package org.beaconcohort.cli.regtest;

import org.jspecify.annotations.NullMarked;
