package org.beaconcohort.cohort.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Sighash;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.cohort.check.LeafScript;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A chain of P2TR outputs: accepts a key-path spend only with a valid signature and enough value.
 */
public final class SimChain implements ChainBackend {
  private static final Duration MEDIAN_LAG = Duration.ofHours(1);

  private final Supplier<Instant> clock;
  private final Map<Bytes, Transaction> transactions = new LinkedHashMap<>();
  private final Map<Bytes, Integer> heights = new LinkedHashMap<>();
  private final Map<Outpoint, Bytes> spenders = new LinkedHashMap<>();
  private Weather weather = Weather.FAIR;
  private int height = 100;
  private int funded;

  /** What of the chain works now. */
  public interface Weather {
    /** Everything, always. */
    Weather FAIR = new Weather() {};

    /** Whether questions are answered. */
    default boolean answers() {
      return true;
    }

    /** Whether blocks are found. */
    default boolean mines() {
      return true;
    }

    /** Whether transactions are taken; else they are refused for now. */
    default boolean takes() {
      return true;
    }
  }

  /** From now on it works as {@code now} says. */
  public void weather(Weather now) {
    weather = now;
  }

  /** The newest blocks are replaced by empty ones; what was in them waits for the next. */
  public void reorganise(int blocks) {
    heights.values().removeIf(at -> at > height - blocks);
  }

  private void mustAnswer() {
    if (!weather.answers()) {
      throw new PortFailure("the chain source does not answer", true);
    }
  }

  /** A chain whose blocks follow {@code clock}. */
  public SimChain(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /** Puts everything known into a block. */
  public void mine() {
    if (!weather.mines()) {
      return;
    }
    height++;
    for (Bytes txid : transactions.keySet()) {
      heights.putIfAbsent(txid, height);
    }
  }

  /** It stands for any network: the prefix says which ones an address can be of. */
  private static Bytes script(String address) {
    for (Network network : Network.values()) {
      if (address.startsWith(network.addressHrp() + "1")) {
        return SegwitAddress.parse(address, network).script();
      }
    }
    throw new IllegalArgumentException("address must be of a known network, got " + address);
  }

  /** A confirmed output of {@code value} sat. */
  public Outpoint fund(String address, long value) {
    return fund(address, value, 1);
  }

  /** As above, in a transaction with {@code outputs} such outputs; gives the first. */
  public Outpoint fund(String address, long value, int outputs) {
    Bytes script = script(address);
    byte[] source = new byte[32];
    source[0] = (byte) ++funded;
    source[1] = (byte) (funded >> 8);
    Transaction transaction =
        new Transaction(
            2,
            List.of(Transaction.Input.unsigned(new Outpoint(Bytes.of(source), 0), 0xffff_ffffL)),
            Collections.nCopies(outputs, new TxOutput(value, script)),
            0);
    transactions.put(transaction.txid(), transaction);
    mine();
    return new Outpoint(transaction.txid(), 0);
  }

  /** Transactions handed in, without the funding ones. */
  public List<Transaction> spends() {
    return transactions.values().stream().filter(Transaction::hasWitness).toList();
  }

  /** An output, spent or not, whatever the weather is. */
  public Optional<TxOutput> output(Outpoint outpoint) {
    return Optional.ofNullable(transactions.get(outpoint.txid()))
        .map(transaction -> transaction.outputs().get(outpoint.vout()));
  }

  @Override
  public Tip tip() {
    mustAnswer();
    return new Tip(height, clock.get().minus(MEDIAN_LAG));
  }

  @Override
  public List<Utxo> unspent(String address) {
    mustAnswer();
    Bytes script = script(address);
    List<Utxo> found = new ArrayList<>();
    transactions.forEach((txid, transaction) -> {
      for (int vout = 0; vout < transaction.outputs().size(); vout++) {
        Outpoint outpoint = new Outpoint(txid, vout);
        TxOutput output = transaction.outputs().get(vout);
        if (output.script().equals(script) && !spenders.containsKey(outpoint)) {
          found.add(new Utxo(outpoint, output.value(), depth(txid)));
        }
      }
    });
    return found;
  }

  @Override
  public Optional<Known> transaction(Bytes txid) {
    mustAnswer();
    return Optional.ofNullable(transactions.get(txid))
        .map(transaction -> new Known(transaction, depth(txid)));
  }

  @Override
  public Optional<Bytes> spender(Outpoint outpoint) {
    mustAnswer();
    return Optional.ofNullable(spenders.get(outpoint));
  }

  @Override
  public BroadcastResult broadcast(Transaction transaction) {
    if (!weather.takes()) {
      return new BroadcastResult.Rejected(false, "mempool min fee not met");
    }
    if (transactions.containsKey(transaction.txid())) {
      return new BroadcastResult.Accepted();
    }
    List<TxOutput> prevouts = new ArrayList<>();
    for (Transaction.Input input : transaction.inputs()) {
      Transaction source = transactions.get(input.outpoint().txid());
      if (source == null || spenders.containsKey(input.outpoint())) {
        return new BroadcastResult.Rejected(true, "bad-txns-inputs-missingorspent");
      }
      prevouts.add(source.outputs().get(input.outpoint().vout()));
    }
    for (int i = 0; i < prevouts.size(); i++) {
      Bytes sighash = Sighash.keyPath(transaction, i, prevouts, Sighash.DEFAULT);
      Bytes outputKey = prevouts.get(i).script().slice(2, 34);
      List<Bytes> witness = transaction.inputs().get(i).witness();
      boolean keyPath = witness.size() == 1 && Schnorr.verify(outputKey, sighash, witness.get(0));
      if (!keyPath && !LeafScript.spends(transaction, i, prevouts.get(i))) {
        return new BroadcastResult.Rejected(true, "mempool-script-verify-flag-failed");
      }
    }
    if (prevouts.stream().mapToLong(TxOutput::value).sum() < transaction.outputValue()) {
      return new BroadcastResult.Rejected(true, "bad-txns-in-belowout");
    }
    transaction.inputs().forEach(input -> spenders.put(input.outpoint(), transaction.txid()));
    transactions.put(transaction.txid(), transaction);
    return new BroadcastResult.Accepted();
  }

  private int depth(Bytes txid) {
    Integer at = heights.get(txid);
    return at == null ? 0 : height - at + 1;
  }
}
