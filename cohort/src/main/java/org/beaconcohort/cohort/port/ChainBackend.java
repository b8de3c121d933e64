package org.beaconcohort.cohort.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A party's own chain source (N16). Calls block; txids are 32 bytes in internal order; amounts are
 * sat. A transaction handed out hashes to the txid asked for.
 *
 * <p>Every call throws {@link PortFailure} when the source does not answer or answers nonsense.
 */
public interface ChainBackend {
  /** The best block. */
  Tip tip();

  /** Unspent outputs of an address, mempool ones at depth 0, spent-in-mempool ones left out. */
  List<Utxo> unspent(String address);

  /** A transaction the source knows. */
  Optional<Known> transaction(Bytes txid);

  /** The txid of the transaction that spends the outpoint, mempool included. */
  Optional<Bytes> spender(Outpoint outpoint);

  /** Hands a transaction to the network; the same bytes may be handed over again. */
  BroadcastResult broadcast(Transaction transaction);

  /**
   * The best block.
   *
   * @param medianTime median time past of the block
   */
  record Tip(int height, Instant medianTime) {}

  /**
   * An unspent output.
   *
   * @param value sat
   * @param depth confirmations, 0 in the mempool
   */
  record Utxo(Outpoint outpoint, long value, int depth) {}

  /**
   * A known transaction.
   *
   * @param depth confirmations, 0 in the mempool
   */
  record Known(Transaction transaction, int depth) {}

  /** What the network said. */
  sealed interface BroadcastResult {
    /** In the mempool or in a block, now or before. */
    record Accepted() implements BroadcastResult {}

    /**
     * Refused.
     *
     * @param lasting whether the same bytes cannot succeed later
     */
    record Rejected(boolean lasting, String reason) implements BroadcastResult {}
  }
}
