package org.beaconcohort.cohort.simulation;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.port.Journal;

/**
 * Facts in memory.
 *
 * @param <F> facts of a machine
 */
public final class SimJournal<F> implements Journal<F> {
  private final List<F> facts = new ArrayList<>();

  @Override
  public void append(List<F> more) {
    facts.addAll(more);
  }

  @Override
  public List<F> replay() {
    return List.copyOf(facts);
  }
}
