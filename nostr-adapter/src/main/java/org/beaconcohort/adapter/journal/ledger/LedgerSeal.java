package org.beaconcohort.adapter.journal.ledger;

import java.math.BigInteger;
import org.beaconcohort.cohort.model.FieldHash;

/**
 * What a stream has entered in the ledger: how many rows, and the sum mod 2^256 of their hashes, in
 * hexadecimal. The order of rows does not matter, so a database may hand them out in any.
 *
 * @param digest empty for rows of a journal from before there were seals
 */
record LedgerSeal(long entries, String digest) {
  private static final int HEX_DIGITS = 64;
  private static final int HEX = 16;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  /** Of a stream without rows. */
  static final LedgerSeal NOTHING = new LedgerSeal(0, "0".repeat(HEX_DIGITS));

  /** This and one more row, all its columns but the time. */
  LedgerSeal with(String kind, String subject, String value, String owner, String stream) {
    String hash =
        FieldHash.of("journal-ledger-row")
            .text(kind)
            .text(subject)
            .text(value)
            .text(owner)
            .text(stream)
            .hash()
            .hex();
    BigInteger sum = new BigInteger(digest, HEX).add(new BigInteger(hash, HEX)).mod(MODULUS);
    String written = sum.toString(HEX);
    return new LedgerSeal(entries + 1, "0".repeat(HEX_DIGITS - written.length()) + written);
  }

  /** Whether it is of a journal from before there were seals, and only counts. */
  boolean onlyCounts() {
    return digest.isEmpty();
  }
}
