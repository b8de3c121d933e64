package org.beaconcohort.adapter.controller;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.simulation.SimChain;
import org.beaconcohort.musig2.bytes.Bytes;

/** A simulated chain, and transactions beside it that nobody had to sign. */
final class OverlayChain implements ChainBackend {
  private final SimChain chain;
  private final Map<Bytes, Known> beside = new LinkedHashMap<>();
  private boolean refusing;

  OverlayChain(SimChain chain) {
    this.chain = chain;
  }

  /** The transaction is there, so deep. */
  Bytes put(Transaction transaction, int depth) {
    beside.put(transaction.txid(), new Known(transaction, depth));
    return transaction.txid();
  }

  /** From now on no transaction is taken. */
  void refuse() {
    refusing = true;
  }

  @Override
  public Tip tip() {
    return chain.tip();
  }

  @Override
  public List<Utxo> unspent(String address) {
    return chain.unspent(address);
  }

  @Override
  public Optional<Known> transaction(Bytes txid) {
    return Optional.ofNullable(beside.get(txid)).or(() -> chain.transaction(txid));
  }

  @Override
  public Optional<Bytes> spender(Outpoint outpoint) {
    return chain.spender(outpoint);
  }

  @Override
  public BroadcastResult broadcast(Transaction transaction) {
    return refusing
        ? new BroadcastResult.Rejected(true, "min relay fee not met")
        : chain.broadcast(transaction);
  }
}
