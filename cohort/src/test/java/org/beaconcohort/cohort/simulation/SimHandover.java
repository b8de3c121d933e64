package org.beaconcohort.cohort.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.did.BeaconService;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidHistory;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A DID whose cohort is followed by another: its versions by what the chain shows, and the update
 * that adds the next address or removes the present one.
 *
 * @param add the cohort to list
 * @param remove the cohort to list no longer
 */
record SimHandover(Btcr2Did did, SimChain chain, Optional<Cohort> add, Optional<Cohort> remove) {

  DidHistory resolve(
      List<SignedUpdate> made,
      Optional<Bytes> listing,
      Map<Bytes, Bytes> alone,
      List<CasAnnouncement> bundles) {
    DidHistory history = DidHistory.ofKey(did);
    for (int i = 0; i < made.size(); i++) {
      if (depth(made.get(i), i == 0 ? listing : Optional.empty(), alone, bundles) == 0) {
        break;
      }
      history = history.with(made.get(i));
    }
    return history;
  }

  /** Confirmations of the update since which the document lists the cohort. */
  int listedDepth(
      DidHistory history,
      List<SignedUpdate> made,
      Optional<Bytes> listing,
      Map<Bytes, Bytes> alone,
      List<CasAnnouncement> bundles,
      Cohort cohort) {
    DidHistory version = DidHistory.ofKey(did);
    int listed = 0;
    for (int i = 0; i < history.versionId() - 1; i++) {
      version = version.with(made.get(i));
      boolean lists = version.current().lists(cohort.address(), BeaconType.CAS);
      if (!lists) {
        listed = 0;
      } else if (listed == 0) {
        listed = depth(made.get(i), i == 0 ? listing : Optional.empty(), alone, bundles);
      }
    }
    return listed;
  }

  private int depth(
      SignedUpdate update,
      Optional<Bytes> listing,
      Map<Bytes, Bytes> alone,
      List<CasAnnouncement> bundles) {
    Optional<Bytes> own = listing.or(() -> Optional.ofNullable(alone.get(update.hash())));
    if (own.isPresent()) {
      return own.flatMap(chain::transaction).map(ChainBackend.Known::depth).orElse(0);
    }
    for (CasAnnouncement bundle : bundles) {
      if (bundle.updateHash(did).filter(update.hash()::equals).isPresent()) {
        for (Transaction spend : chain.spends()) {
          if (spend.lastOutput().equals(SignalOutput.of(bundle.signalBytes().value()))) {
            return chain.transaction(spend.txid()).orElseThrow().depth();
          }
        }
      }
    }
    return 0;
  }

  /** Nothing once it is done. */
  Optional<ArrayNode> patch(DidHistory history) {
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    if (add.isPresent() && !history.current().lists(add.get().address(), BeaconType.CAS)) {
      ObjectNode operation = patch.addObject();
      operation.put("op", "add").put("path", "/service/-");
      operation.set(
          "value",
          new BeaconService(
                  did.url("next-" + add.get().id().slice(0, 4).hex()),
                  BeaconType.CAS,
                  add.get().address())
              .json());
    }
    if (remove.isPresent() && history.current().lists(remove.get().address(), BeaconType.CAS)) {
      JsonNode services = history.current().json().path("service");
      for (int i = 0; i < services.size(); i++) {
        if (services.path(i).path("serviceEndpoint").asText().endsWith(remove.get().address())) {
          patch.addObject().put("op", "remove").put("path", "/service/" + i);
        }
      }
    }
    return patch.isEmpty() ? Optional.empty() : Optional.of(patch);
  }
}
