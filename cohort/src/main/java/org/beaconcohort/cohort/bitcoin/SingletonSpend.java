package org.beaconcohort.cohort.bitcoin;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.taproot.TaprootTweak;

/**
 * One member's own signal from its singleton P2TR beacon ({@code #initialP2TR}): spends coins of
 * one key, tweaked without scripts (BIP-86), gives the change back and ends in the signal.
 *
 * <p>{@code fee} is in satoshi. Refuses no coins, coins of different scripts and change below 330
 * sat.
 */
public record SingletonSpend(List<Coin> coins, long fee, Bytes signal) {
  /** An unspent output of the singleton address. */
  public record Coin(Outpoint outpoint, TxOutput output) {}

  private static final Bytes BLANK_SIGNATURE = Bytes.of(new byte[64]);

  public SingletonSpend {
    coins = List.copyOf(coins);
    if (coins.isEmpty()) {
      throw new InvalidSpendException(
          "singleton spend must have a coin, got none: fund the singleton address first");
    }
    Bytes script = coins.get(0).output.script();
    for (Coin coin : coins) {
      if (!coin.output.isP2tr() || !coin.output.script().equals(script)) {
        throw new InvalidSpendException(
            "coins must all be of one P2TR script, got "
                + coin.output.script()
                + " beside "
                + script);
      }
    }
    BeaconTransaction.change(script, total(coins), fee, List.of());
    if (signal.size() != 32) {
      throw new InvalidSpendException("signal must be 32 bytes, got " + signal.size());
    }
  }

  /** The P2TR script of the singleton beacon of a 32-byte x-only key. */
  public static Bytes script(Bytes xOnlyKey) {
    Bytes outputKey = TaprootTweak.outputKey(xOnlyKey, Optional.empty()).xOnly();
    return SegwitAddress.p2tr(Network.REGTEST, outputKey).script();
  }

  /** Virtual bytes of the signed transaction; 154 for one coin. */
  public static int vsize(int coinCount) {
    if (coinCount < 1) {
      throw new IllegalArgumentException("coin count must be at least 1, got " + coinCount);
    }
    Bytes script = SegwitAddress.p2tr(Network.REGTEST, Bytes.of(new byte[32])).script();
    List<Transaction.Input> inputs = new ArrayList<>();
    for (int i = 0; i < coinCount; i++) {
      Outpoint outpoint = new Outpoint(Bytes.of(new byte[32]), i);
      inputs.add(
          Transaction.Input.unsigned(outpoint, BeaconTransaction.SEQUENCE)
              .withWitness(List.of(BLANK_SIGNATURE)));
    }
    List<TxOutput> outputs =
        List.of(new TxOutput(0, script), SignalOutput.of(Bytes.of(new byte[32])));
    return new Transaction(BeaconTransaction.VERSION, inputs, outputs, 0).vsize();
  }

  /** The transaction without witnesses; its txid is already the final one. */
  public Transaction unsigned() {
    List<Transaction.Input> inputs =
        coins.stream()
            .map(coin -> Transaction.Input.unsigned(coin.outpoint, BeaconTransaction.SEQUENCE))
            .toList();
    TxOutput change =
        BeaconTransaction.change(coins.get(0).output.script(), total(coins), fee, List.of());
    return new Transaction(
        BeaconTransaction.VERSION, inputs, List.of(change, SignalOutput.of(signal)), 0);
  }

  /**
   * The signed transaction, each input with a 64-byte signature.
   *
   * @param key the singleton's internal key
   * @param random for the auxiliary randomness of BIP-340
   * @throws InvalidSpendException if the coins are not this key's
   */
  public Transaction sign(SecretKey key, SecureRandom random) {
    Bytes owned = script(key.xOnlyPublicKey());
    if (!owned.equals(coins.get(0).output.script())) {
      throw new InvalidSpendException(
          "coins must be of this key's script " + owned + ", got " + coins.get(0).output.script());
    }
    Transaction unsigned = unsigned();
    List<TxOutput> prevouts = coins.stream().map(Coin::output).toList();
    List<Transaction.Input> signed = new ArrayList<>();
    SecretKey outputKey = key.tweakedForTaproot(Optional.empty());
    try {
      for (int i = 0; i < coins.size(); i++) {
        Bytes sighash = Sighash.keyPath(unsigned, i, prevouts, Sighash.DEFAULT);
        byte[] auxiliary = new byte[32];
        random.nextBytes(auxiliary);
        Bytes signature = Schnorr.sign(outputKey, sighash, Bytes.of(auxiliary));
        signed.add(unsigned.inputs().get(i).withWitness(List.of(signature)));
      }
    } finally {
      outputKey.destroy();
    }
    return new Transaction(unsigned.version(), signed, unsigned.outputs(), unsigned.lockTime());
  }

  private static long total(List<Coin> coins) {
    return BeaconTransaction.total(coins.stream().map(Coin::output).toList());
  }
}
