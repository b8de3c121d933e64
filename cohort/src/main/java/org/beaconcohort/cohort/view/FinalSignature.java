package org.beaconcohort.cohort.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.InvalidContributionException;
import org.beaconcohort.musig2.protocol.PartialSigAgg;
import org.beaconcohort.musig2.protocol.PartialSignature;
import org.beaconcohort.musig2.protocol.SessionContext;

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
    List<Optional<Bytes>> partials =
        Responses.partials(attempt.round().cohort(), said, attempt.transcript());
    List<Integer> missing = new ArrayList<>();
    List<Bytes> present = new ArrayList<>();
    for (int slot = 0; slot < partials.size(); slot++) {
      if (partials.get(slot).isPresent()) {
        present.add(partials.get(slot).get());
      } else {
        missing.add(slot);
      }
    }
    if (!missing.isEmpty()) {
      return new Incomplete(missing);
    }
    SessionContext session = attempt.session();
    try {
      Bytes signature = PartialSigAgg.aggregate(session, present);
      if (Schnorr.verify(
          attempt.round().cohort().output().outputKey(), attempt.sighash(), signature)) {
        return new Complete(signature);
      }
    } catch (InvalidContributionException outOfRange) {
      // Named below like every other bad partial.
    }
    List<Integer> faulty = new ArrayList<>();
    List<Bytes> nonces = attempt.publicNonces();
    for (int slot = 0; slot < present.size(); slot++) {
      if (!PartialSignature.verify(session, slot, present.get(slot), nonces.get(slot))) {
        faulty.add(slot);
      }
    }
    return new Faulty(faulty);
  }
}
