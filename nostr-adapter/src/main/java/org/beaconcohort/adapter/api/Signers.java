package org.beaconcohort.adapter.api;

import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Where cohort keys and their secret nonces live, if not in this process: another process, a device.
 * This process then never has them. What a signer refuses or loses is a lost nonce to the round
 * (N4).
 */
@FunctionalInterface
public interface Signers {
  /**
   * The signer of one membership. It makes the cohort key for that membership alone (N11), gives
   * the same key for the same id in every process, and keeps nonces by the rules of {@link Signer}.
   *
   * @param membership id, 16 bytes
   */
  Signer of(Bytes membership);
}
