/**
 * Bitcoin's formats as far as a beacon needs them: addresses, transactions, Taproot sighashes, the
 * cohort's output and the transactions that spend it.
 *
 * <p>A txid is kept in the byte order that is hashed and serialized ("internal"); only hexadecimal
 * text is reversed ("display order"). Amounts are {@code long} satoshi.
 */
@NullMarked
package org.beaconcohort.cohort.bitcoin;

import org.jspecify.annotations.NullMarked;
