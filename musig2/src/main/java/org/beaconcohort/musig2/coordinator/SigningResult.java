package org.beaconcohort.musig2.coordinator;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/** What the partial signatures of a session come to. Indexes are in the order of the keys. */
public sealed interface SigningResult {
  /** A valid BIP-340 signature, 64 bytes. */
  record Complete(Bytes signature) implements SigningResult {}

  /** Some are missing. */
  record Incomplete(List<Integer> holdouts) implements SigningResult {
    /** Copies the list. */
    public Incomplete {
      holdouts = List.copyOf(holdouts);
    }
  }

  /** All are here and the signature is not valid: these signers' are wrong. */
  record Faulty(List<Integer> culprits) implements SigningResult {
    /** Copies the list. */
    public Faulty {
      culprits = List.copyOf(culprits);
    }
  }
}
