package org.beaconcohort.adapter.host;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.port.Journal;

/**
 * Facts in memory: they end with the process, and with them whatever protects a signature that is
 * already out. Hence regtest only. Thread-safe.
 *
 * @param <F> facts of the machine
 */
public final class InMemoryJournal<F> implements Journal<F> {
  private final List<F> facts = new ArrayList<>();

  /**
   * An empty journal.
   *
   * @throws NotDurableException for any network but regtest
   */
  public InMemoryJournal(Network network) {
    if (network != Network.REGTEST) {
      throw new NotDurableException(
          "network must be regtest while the journal is in memory, got " + network.specName());
    }
  }

  @Override
  public synchronized void append(List<F> more) {
    facts.addAll(more);
  }

  @Override
  public synchronized List<F> replay() {
    return List.copyOf(facts);
  }
}
