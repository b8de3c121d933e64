package org.beaconcohort.cohort.peer;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.simulation.OtherDid;
import org.beaconcohort.cohort.simulation.OtherVault;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.SimDid;
import org.beaconcohort.cohort.simulation.SimDoubles;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;

/** Parts of a member that do it wrong. */
final class FaultyParts {
  private static final long SEED = 7;

  private FaultyParts() {}

  /** An operator stops its signer as soon as its nonce is out. */
  static SimDoubles refusingToSign() {
    return SimDoubles.NONE.signing(Stopped::new);
  }

  /** Its controller takes its update back when it sees what it is to be anchored with. */
  static SimDoubles rejecting() {
    return SimDoubles.ofControllers(Rejecting::new);
  }

  private static final class Stopped extends OtherVault {
    private boolean stopped;

    Stopped(SecretKey key) {
      super(key, new SeededRandom(SEED));
    }

    @Override
    public NonceOffer open(Bytes roundId, int number, KeyAggContext context) {
      stopped = true;
      return super.open(roundId, number, context);
    }

    @Override
    public boolean halted() {
      return stopped || super.halted();
    }
  }

  private static final class Rejecting extends OtherDid {
    private int asked;

    Rejecting(SimDid did) {
      super(did);
    }

    @Override
    public List<Survey.Document> documents(Cohort cohort, int round, Instant medianTime) {
      List<Survey.Document> now = did().documents(cohort, round, medianTime);
      // First for the listing, then for the response.
      if (now.getFirst().update().isEmpty() || ++asked <= 2) {
        return now;
      }
      return now.stream()
          .map(document ->
              new Survey.Document(
                  document.did(),
                  document.listedDepth(),
                  document.versionId(),
                  document.update(),
                  "its controller rejects what it is anchored with",
                  document.latestUpdate()))
          .toList();
    }
  }
}
