package org.beaconcohort.adapter.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.simulation.SimChain;
import org.beaconcohort.musig2.bytes.Bytes;

/** A simulated chain for several threads, which mines whatever it accepts. */
final class SharedChain implements ChainBackend {
  private final SimChain chain = new SimChain(Instant::now);

  synchronized void fund(String address, long satoshi) {
    var unused = chain.fund(address, satoshi);
  }

  /** Everything it took from outside, serialized. */
  synchronized List<Bytes> spends() {
    return chain.spends().stream().map(Transaction::serialize).toList();
  }

  @Override
  public synchronized Tip tip() {
    return chain.tip();
  }

  @Override
  public synchronized List<Utxo> unspent(String address) {
    return chain.unspent(address);
  }

  @Override
  public synchronized Optional<Known> transaction(Bytes txid) {
    return chain.transaction(txid);
  }

  @Override
  public synchronized Optional<Bytes> spender(Outpoint outpoint) {
    return chain.spender(outpoint);
  }

  @Override
  public synchronized BroadcastResult broadcast(Transaction transaction) {
    BroadcastResult result = chain.broadcast(transaction);
    chain.mine();
    return result;
  }
}
