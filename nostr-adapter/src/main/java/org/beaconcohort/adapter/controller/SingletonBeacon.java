package org.beaconcohort.adapter.controller;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.SingletonSpend;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.key.KeyAddress;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.port.ChainBackend.Utxo;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * The P2TR address of one key, {@code #initialP2TR} in a k1 document, as a beacon: spends its
 * confirmed coins back to itself with a signal in the last output.
 */
final class SingletonBeacon {
  private final SecretKey key;
  private final Network network;
  private final ChainBackend chain;
  private final FeeCorridor fees;
  private final long feeRate;
  private final SecureRandom random;

  /**
   * A beacon that pays {@code feeRate} sat/kvB, kept within {@code fees}.
   *
   * @param random for the signatures' auxiliary randomness
   */
  SingletonBeacon(
      SecretKey key,
      Network network,
      ChainBackend chain,
      FeeCorridor fees,
      long feeRate,
      SecureRandom random) {
    this.key = key;
    this.network = network;
    this.chain = chain;
    this.fees = fees;
    this.feeRate = feeRate;
    this.random = random;
  }

  String address() {
    return KeyAddress.p2tr(network, key.publicKey());
  }

  /** What the address must hold at least for one signal, sat. */
  long leastCoin() {
    return fee(1) + new TxOutput(0, script()).dustLimit();
  }

  /** What the address must hold at least for two signals, one after the other, sat. */
  long leastCoinForTwo() {
    return leastCoin() + fee(1);
  }

  /** Whether its coins of that depth pay for two signals; 0 counts those in the mempool too. */
  boolean affordsTwo(int depth) {
    long total = 0;
    int coins = 0;
    for (Utxo utxo : chain.unspent(address())) {
      if (utxo.depth() >= depth) {
        total += utxo.value();
        coins++;
      }
    }
    return total >= fee(Math.max(1, coins)) + leastCoin();
  }

  /** A signed transaction that ends in {@code signal} (32 bytes), if the coins suffice. */
  Optional<Transaction> announce(Bytes signal) {
    List<Utxo> largestFirst =
        chain.unspent(address()).stream()
            .filter(utxo -> utxo.depth() >= 1)
            .sorted(Comparator.comparingLong(Utxo::value).reversed().thenComparing(Utxo::outpoint))
            .toList();
    List<SingletonSpend.Coin> coins = new ArrayList<>();
    long total = 0;
    for (Utxo utxo : largestFirst) {
      coins.add(new SingletonSpend.Coin(utxo.outpoint(), new TxOutput(utxo.value(), script())));
      total += utxo.value();
      long fee = fee(coins.size());
      if (total >= fee + new TxOutput(0, script()).dustLimit()) {
        return Optional.of(new SingletonSpend(coins, fee, signal).sign(key, random));
      }
    }
    return Optional.empty();
  }

  private Bytes script() {
    return SingletonSpend.script(key.xOnlyPublicKey());
  }

  private long fee(int coins) {
    return fees.feeFor(SingletonSpend.vsize(coins), feeRate);
  }
}
