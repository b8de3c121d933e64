package org.beaconcohort.cohort.port;

import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SessionContext;

/**
 * Holds one cohort key and its secret nonces; nothing secret ever comes out. Nonces are numbered
 * within (round, process instance) (N3).
 */
public interface Signer {
  /** The compressed cohort key, 33 bytes. */
  Bytes publicKey();

  /** BIP-340 signature (64 bytes) over {@code message} (32 bytes), for the opt-in. */
  Bytes provePossession(Bytes message);

  /**
   * Opens nonce {@code number} of a round.
   *
   * @throws RuntimeException if that number was opened before
   */
  NonceOffer open(Bytes roundId, int number, KeyAggContext context);

  /**
   * The partial signature (32 bytes) with an open nonce, claimed for {@code transcript} from now
   * on. The same request gives the same bytes; another transcript is refused.
   *
   * @throws RuntimeException if the nonce is claimed for another transcript or is gone
   */
  Bytes sign(Bytes roundId, int number, Bytes transcript, SessionContext session);

  /**
   * BIP-340 signature (64 bytes) by the cohort key alone, over the sighash of leaf A. Of one round
   * only one transaction is signed so; it needs no nonce, and asking again is harmless.
   *
   * @param context T_A, 32 bytes
   * @param sighash 32 bytes
   * @throws RuntimeException if another transaction of the round was signed so, or after {@link
   *     #halt}
   */
  Bytes signLeaf(Bytes roundId, Bytes context, Bytes sighash);

  /** Erases every open secret nonce of the round (N5). */
  void destroyRound(Bytes roundId);

  /** Erases every open secret nonce and refuses everything from now on; for this process's life. */
  void halt();

  /** Whether an operator or an alarm stopped signing. */
  boolean halted();
}
