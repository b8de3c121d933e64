package org.beaconcohort.cohort.runtime;

import java.util.Comparator;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.port.ChainBackend.Known;
import org.beaconcohort.cohort.port.ChainBackend.Utxo;

/** What the chain source says to the questions that every party asks. */
final class ChainWork {
  private ChainWork() {}

  /** The largest confirmed output of the beacon address that is worth enough (N16). */
  static Optional<Input.Funded> funding(ChainBackend chain, Effect.AwaitFunding await) {
    Optional<Utxo> largest =
        chain.unspent(await.cohort().address()).stream()
            .filter(utxo -> utxo.depth() >= await.depth())
            .filter(utxo -> utxo.value() >= await.cohort().terms().minFunding())
            .max(Comparator.comparingLong(Utxo::value).thenComparing(Utxo::outpoint));
    if (largest.isEmpty()) {
      return Optional.empty();
    }
    return chain
        .transaction(largest.get().outpoint().txid())
        .filter(known -> pays(known, largest.get(), await))
        .map(known ->
            new Input.Funded(largest.get().outpoint(), known.transaction(), largest.get().depth()));
  }

  private static boolean pays(Known known, Utxo utxo, Effect.AwaitFunding await) {
    int vout = utxo.outpoint().vout();
    return vout < known.transaction().outputs().size()
        && known
            .transaction()
            .outputs()
            .get(vout)
            .script()
            .equals(await.cohort().output().script());
  }

  static Optional<Input.Confirmed> confirmation(
      ChainBackend chain, Effect.AwaitConfirmation await) {
    return chain
        .transaction(await.txid())
        .filter(known -> known.depth() >= await.depth())
        .map(known -> new Input.Confirmed(await.txid(), known.depth()));
  }
}
