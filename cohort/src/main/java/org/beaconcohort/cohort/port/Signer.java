package org.beaconcohort.cohort.port;

import org.beaconcohort.cohort.bitcoin.Outpoint;
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
   * BIP-340 signature (64 bytes) by the cohort key alone, over the sighash of leaf A. It needs no
   * nonce, and asking for the same again is harmless; for an outpoint only one context and one
   * sighash are ever signed so (R16).
   *
   * @param outpoint that the transaction spends
   * @param context T_A, 32 bytes
   * @param sighash 32 bytes
   * @throws RuntimeException if another context or sighash was signed for the outpoint, or after
   *     {@link #halt}; a {@link PortFailure} that is temporary is asked again
   */
  Bytes signLeaf(Outpoint outpoint, Bytes context, Bytes sighash);

  /** Erases every open secret nonce of the round (N5). */
  void destroyRound(Bytes roundId);

  /** Erases every open secret nonce and refuses everything from now on; for this process's life. */
  void halt();

  /** Whether an operator or an alarm stopped signing. */
  boolean halted();
}
