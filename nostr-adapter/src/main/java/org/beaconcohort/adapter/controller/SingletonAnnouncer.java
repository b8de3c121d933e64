package org.beaconcohort.adapter.controller;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.port.ChainBackend.BroadcastResult;
import org.beaconcohort.musig2.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Announcements of one DID by its singleton beacon: each transaction is in the ledger before it
 * leaves, and an update that is on its way gets no second one. Not thread-safe.
 */
final class SingletonAnnouncer {
  private static final int MOST_REJECTIONS = 3;

  private final Btcr2Did did;
  private final SingletonBeacon singleton;
  private final UpdateLedger ledger;
  private final ChainBackend chain;
  private final ControllerListener listener;
  private @Nullable Transaction announcing;
  private int rejections;

  SingletonAnnouncer(
      Btcr2Did did,
      SingletonBeacon singleton,
      UpdateLedger ledger,
      ChainBackend chain,
      ControllerListener listener) {
    this.did = did;
    this.singleton = singleton;
    this.ledger = ledger;
    this.chain = chain;
    this.listener = listener;
  }

  /** A recorded transaction of the singleton that announces it, in the mempool or deeper. */
  Optional<Bytes> transactionOf(SignedUpdate update) {
    return ledger.transactions().stream()
        .filter(txid ->
            chain
                .transaction(txid)
                .filter(known ->
                    known.transaction().lastOutput().equals(SignalOutput.of(update.hash())))
                .isPresent())
        .findFirst();
  }

  /**
   * Has a transaction on its way that announces {@code update}; the same again makes no other.
   *
   * @throws ControllerFailure temporary, without a confirmed coin or while the network does not
   *     take it; lasting, if it is refused for good each time
   */
  void announce(SignedUpdate update) {
    Transaction transaction = announcing;
    if (transaction == null || !transaction.lastOutput().equals(SignalOutput.of(update.hash()))) {
      // After a restart.
      if (transactionOf(update).isPresent()) {
        return;
      }
      Optional<Transaction> made = singleton.announce(update.hash());
      if (made.isEmpty()) {
        listener.needsCoin(singleton.address(), singleton.leastCoin());
        made = singleton.announce(update.hash());
      }
      transaction =
          made.orElseThrow(() ->
              ControllerFailure.temporary(
                  "fund "
                      + singleton.address()
                      + " with at least "
                      + singleton.leastCoin()
                      + " sat: it is the singleton beacon of "
                      + did
                      + " and has no confirmed coin to announce version "
                      + update.targetVersionId()));
      ledger.mayBeAnnounced(transaction.txid(), List.of());
      announcing = transaction;
      listener.announces(update, transaction.displayTxid());
    } else if (chain.transaction(transaction.txid()).isPresent()) {
      return;
    }
    switch (chain.broadcast(transaction)) {
      case BroadcastResult.Accepted accepted -> rejections = 0;
      case BroadcastResult.Rejected rejected -> rejected(transaction, rejected);
    }
  }

  private void rejected(Transaction transaction, BroadcastResult.Rejected rejected) {
    String what =
        "the network refuses the singleton's transaction "
            + transaction.displayTxid()
            + ": "
            + rejected.reason();
    if (!rejected.lasting()) {
      throw ControllerFailure.temporary(what);
    }
    // Its coin may have been spent elsewhere: the same update may go out with another coin.
    announcing = null;
    rejections++;
    throw rejections < MOST_REJECTIONS
        ? ControllerFailure.temporary(what)
        : ControllerFailure.lasting(what + "; see that the coins of its address are spendable");
  }
}
