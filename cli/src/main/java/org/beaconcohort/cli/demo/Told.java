package org.beaconcohort.cli.demo;

import org.beaconcohort.adapter.progress.Progress;

/**
 * Progress that one party of a demo has made.
 *
 * @param who the coordinator or a DID
 * @param victim the DID of the member that a fault may befall
 */
record Told(String who, Progress progress, String victim) {
  boolean byCoordinator() {
    return who.equals(DemoParties.COORDINATOR);
  }

  boolean byVictim() {
    return who.equals(victim);
  }
}
