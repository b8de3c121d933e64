package org.beaconcohort.cli.demo;

import java.util.Optional;
import org.beaconcohort.cohort.did.Btcr2Did;

/**
 * What became of one member's update, by the chain.
 *
 * @param vanished whether the member was gone before the end
 * @param txid of the transaction that anchors it, display order; empty if none does
 * @param way how
 */
record Anchor(Btcr2Did did, boolean vanished, Optional<String> txid, Way way) {
  /** How an update is anchored. */
  enum Way {
    /** By the transaction that the whole cohort signed. */
    COHORT("cohort", "the cohort's transaction"),
    /** By the beacon of the member's own key. */
    SINGLETON("singleton", "its own singleton beacon"),
    /** Not at all. */
    NONE("none", "nothing");

    private final String word;
    private final String words;

    Way(String word, String words) {
      this.word = word;
      this.words = words;
    }

    /** For machines. */
    String word() {
      return word;
    }

    /** For people. */
    String words() {
      return words;
    }
  }
}
