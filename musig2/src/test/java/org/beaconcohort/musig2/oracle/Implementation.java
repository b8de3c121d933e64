package org.beaconcohort.musig2.oracle;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * One way to compute BIP-327, holding a {@link RandomCohort} and one session of it. Seats are
 * counted from 0 in the order of the keys.
 */
interface Implementation {
  /** The aggregate key with the cohort's tweaks, 32 bytes. */
  Bytes xOnlyAggregateKey();

  /** A seat's public nonce, made from the 32 bytes that the seed gives. */
  Bytes startNonce(int seat, long seed, Bytes extraInput);

  Bytes aggregateNonces(List<Bytes> publicNonces);

  /** Goes on with this aggregate nonce. */
  void openSession(Bytes aggregateNonce);

  /** The partial signature with the nonce that was started for the seat here. */
  Bytes sign(int seat);

  /** Whether the partial signature is this seat's. */
  boolean verifies(int seat, Bytes partial, Bytes publicNonce);

  Bytes aggregate(List<Bytes> partials);

  /** Whether the final signature is valid for the aggregate key. */
  boolean verifies(Bytes signature);
}
