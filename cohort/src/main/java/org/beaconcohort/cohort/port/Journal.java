package org.beaconcohort.cohort.port;

import java.util.List;

/**
 * Append-only facts of one machine.
 *
 * @param <F> facts of that machine
 */
public interface Journal<F> {
  /**
   * Appends all facts or none; they are durable when this returns.
   *
   * @throws PortFailure if durability cannot be promised; nothing may then be performed
   */
  void append(List<F> facts);

  /** All facts in the order they were appended. */
  List<F> replay();
}
