package org.beaconcohort.cohort.signer;

import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SigningSession;

/** Where a vault's open nonces lie: each is put there once and taken once. */
sealed interface NonceShelf permits MemoryShelf, SealedShelf {
  /**
   * Makes a nonce and keeps its secret half.
   *
   * @param extraInput that differs for every nonce of a key, 32 bytes
   * @return the public half, 66 bytes; the secret one is kept when this returns
   */
  Bytes open(SealedNonces.Id id, KeyAggContext context, Bytes extraInput);

  /**
   * Takes a nonce off the shelf, for good, and gives the only session that can use it.
   *
   * @throws NonceLostException if it is not there
   */
  SigningSession take(SealedNonces.Id id, KeyAggContext context);

  /** Destroys a nonce, if it is there. */
  void erase(SealedNonces.Id id);

  /** The process ends: what must not outlive it is destroyed. */
  void close();
}
