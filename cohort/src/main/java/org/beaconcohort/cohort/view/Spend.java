package org.beaconcohort.cohort.view;

import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.musig2.bytes.Bytes;

/** How the beacon output is spent in the end. The txid is the same either way (F6). */
public sealed interface Spend {
  /**
   * The complete transaction of an attempt.
   *
   * @throws org.beaconcohort.cohort.bitcoin.InvalidSpendException if a signature does not verify
   */
  Transaction of(Attempt attempt);

  /** One signature of all n, 64 bytes. */
  record KeyPath(Bytes signature) implements Spend {
    @Override
    public Transaction of(Attempt attempt) {
      return attempt.signed(signature);
    }
  }

  /** k signatures of 64 bytes by slot. */
  record LeafA(Map<Integer, Bytes> signatures) implements Spend {
    /** Copies in the order of slots. */
    public LeafA {
      signatures = java.util.Collections.unmodifiableMap(new TreeMap<>(signatures));
    }

    @Override
    public Transaction of(Attempt attempt) {
      return attempt.signedByLeaf(signatures);
    }
  }
}
