package org.beaconcohort.cohort.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.port.ChainBackend.Known;
import org.beaconcohort.cohort.port.ChainBackend.Utxo;
import org.beaconcohort.cohort.port.PortFailure;

/** What the chain source says to the questions that every party asks. */
final class ChainWork {
  private ChainWork() {}

  /** The largest confirmed output of the beacon address that is worth enough (N16). */
  static Optional<Input.Funded> funding(ChainBackend chain, Effect.AwaitFunding await) {
    List<Utxo> largestFirst =
        chain.unspent(await.cohort().address()).stream()
            .filter(utxo -> utxo.depth() >= await.depth())
            .filter(utxo -> utxo.value() >= await.cohort().terms().minFunding())
            .sorted(Comparator.comparingLong(Utxo::value).thenComparing(Utxo::outpoint).reversed())
            .toList();
    for (Utxo utxo : largestFirst) {
      Optional<Known> known =
          chain.transaction(utxo.outpoint().txid()).filter(each -> pays(each, utxo, await));
      if (known.isPresent()) {
        return Optional.of(
            new Input.Funded(utxo.outpoint(), known.get().transaction(), utxo.depth()));
      }
    }
    return Optional.empty();
  }

  /** Anyone may pay the address with a transaction that no opportunity can carry: passed over. */
  private static boolean fits(Known known) {
    return known.transaction().serializeWithoutWitness().size() <= Opportunity.MAX_FUNDING_SIZE;
  }

  private static boolean pays(Known known, Utxo utxo, Effect.AwaitFunding await) {
    int vout = utxo.outpoint().vout();
    return fits(known)
        && vout < known.transaction().outputs().size()
        && known
            .transaction()
            .outputs()
            .get(vout)
            .script()
            .equals(await.cohort().output().script());
  }

  /** Whatever goes wrong is a failure for now: nothing depends on this answer alone. */
  static Optional<Input.Seen> seen(ChainBackend chain, Effect.LookFor look) {
    try {
      return chain.transaction(look.txid()).map(known -> new Input.Seen(known.transaction()));
    } catch (RuntimeException failure) {
      throw new PortFailure("the chain source did not say: " + failure.getMessage(), true, failure);
    }
  }

  static Optional<Input.Confirmed> confirmation(
      ChainBackend chain, Effect.AwaitConfirmation await) {
    return chain
        .transaction(await.txid())
        .filter(known -> known.depth() >= await.depth())
        .map(known -> new Input.Confirmed(await.txid(), known.depth()));
  }
}
