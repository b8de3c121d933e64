package org.beaconcohort.cohort.message;

import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.musig2.bytes.Bytes;

/** Between F2 and F3: who is still there before the keys are fixed. */
public sealed interface ReadinessStatement extends Statement.OnReadiness {
  /**
   * F2b, to the candidates' inboxes: answer now to be in the first key set.
   *
   * @param candidates how many are asked, 1 to 1,000
   */
  record Probe(int candidates) implements ReadinessStatement {
    /** Checks the number. */
    public Probe {
      if (candidates < 1 || candidates > CohortTerms.MAX_MEMBERS) {
        throw new IllegalArgumentException(
            "candidates must be 1.." + CohortTerms.MAX_MEMBERS + ", got " + candidates);
      }
    }

    @Override
    public StatementKind kind() {
      return StatementKind.PROBE;
    }
  }

  /**
   * The answer, to the inbox of whoever asked.
   *
   * @param probeId 32 bytes
   */
  record Alive(Bytes probeId) implements ReadinessStatement {
    /** Checks the length. */
    public Alive {
      if (probeId.size() != 32) {
        throw new IllegalArgumentException("probe id must be 32 bytes, got " + probeId.size());
      }
    }

    @Override
    public StatementKind kind() {
      return StatementKind.ALIVE;
    }
  }
}
