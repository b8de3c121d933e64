package org.beaconcohort.adapter.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.beaconcohort.cohort.did.SignedUpdate;

/** What a controller wants its DID's cohort to anchor. */
public sealed interface WantedUpdate {
  /** Nothing: the member signs for the others. */
  record Nothing() implements WantedUpdate {}

  /**
   * A patch of whatever version is current in the round; made into an update and signed once.
   *
   * @param operations RFC 6902
   */
  record Patch(ArrayNode operations) implements WantedUpdate {
    /** Copies the operations. */
    public Patch {
      operations = operations.deepCopy();
    }

    @Override
    public ArrayNode operations() {
      return operations.deepCopy();
    }
  }

  /** Exactly these bytes, if they apply to the document that lists the cohort. */
  record Signed(SignedUpdate update) implements WantedUpdate {}
}
