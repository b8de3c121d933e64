package org.beaconcohort.adapter.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;
import org.beaconcohort.cohort.did.BeaconService;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Cohort;

/**
 * A cohort of a DID and the one that follows it: the next one's address comes into the document in
 * rounds of the present one, and the present one's goes in rounds of the next. A DID that leaves
 * removes it at once.
 *
 * @param next none for a DID that leaves
 */
record Handover(Cohort current, Optional<Cohort> next) {
  /** What a round of {@code in} does about it, with {@code document} as it is; perhaps nothing. */
  ArrayNode operations(DidDocument document, Cohort in) {
    if (adds(in)) {
      Cohort added = next.orElseThrow();
      return lists(document, added)
          ? StrictJson.newArray()
          : UpdateMaker.adding(document, beacon(document, added));
    }
    return lists(document, current)
        ? UpdateMaker.removing(document, current.address())
        : StrictJson.newArray();
  }

  /** Whether a round of {@code in} adds an address, which may follow other operations. */
  boolean adds(Cohort in) {
    return next.isPresent() && !next.get().id().equals(in.id());
  }

  /** The service that lists a cohort. */
  static BeaconService beacon(DidDocument document, Cohort cohort) {
    return new BeaconService(
        document.did().url("cohort-" + cohort.id().slice(0, 8).hex()),
        cohort.terms().beaconType(),
        cohort.address());
  }

  private static boolean lists(DidDocument document, Cohort cohort) {
    return document.lists(cohort.address(), cohort.terms().beaconType());
  }
}
