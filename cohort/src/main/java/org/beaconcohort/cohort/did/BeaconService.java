package org.beaconcohort.cohort.did;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.json.StrictJson;

/**
 * A beacon in a DID document: spends from its address announce updates of the document.
 *
 * @param id DID URL, absolute even where the document writes only its fragment
 * @param address Bitcoin address, as the document writes it
 */
public record BeaconService(String id, BeaconType type, String address) {
  /** The scheme of BIP-321 before the address. */
  static final String SCHEME = "bitcoin:";

  /** The service as a DID document lists it, for a patch that adds it. */
  public ObjectNode json() {
    return StrictJson.newObject()
        .put("id", id)
        .put("type", type.serviceType())
        .put("serviceEndpoint", SCHEME + address);
  }
}
