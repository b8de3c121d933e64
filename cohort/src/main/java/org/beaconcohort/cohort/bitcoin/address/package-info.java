/** Networks, Bech32m and segwit addresses: one canonical text each, anything else refused. */
@NullMarked
package org.beaconcohort.cohort.bitcoin.address;

import org.jspecify.annotations.NullMarked;
