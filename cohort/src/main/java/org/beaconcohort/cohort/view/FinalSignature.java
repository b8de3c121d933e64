package org.beaconcohort.cohort.view;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What n partial signatures over one T come to: one verification if all are good, the culprits'
 * slots if not. Every member computes it for itself, so all name the same culprit (BC-13, BC-14).
 */
public sealed interface FinalSignature {
  /** Not all partials are in. */
  record Incomplete(List<Integer> missing) implements FinalSignature {
    /** Copies the list. */
    public Incomplete {
      missing = List.copyOf(missing);
    }
  }

  /** A valid BIP-340 signature (64 bytes) of the output key. */
  record Complete(Bytes signature) implements FinalSignature {}

  /** Slots whose partial signature does not verify. */
  record Faulty(List<Integer> slots) implements FinalSignature {
    /** Copies the list. */
    public Faulty {
      slots = List.copyOf(slots);
    }
  }

  /** Computes it for {@code attempt} from everything said. */
  static FinalSignature of(Attempt attempt, StatementSet said) {
    return PartialsView.of(attempt, said).finalSignature();
  }
}
