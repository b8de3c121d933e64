package org.beaconcohort.adapter.nostr.publish;

import java.util.List;
import java.util.Map;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.musig2.bytes.Bytes;

/** How publishing an event went, relay by relay. */
public record PublishResult(Bytes eventId, PublishTerms terms, Map<RelayUrl, Delivery> deliveries) {
  public PublishResult {
    deliveries = Map.copyOf(deliveries);
  }

  /** The relays that have the event by the standard of the terms, in order. */
  public List<RelayUrl> accepted() {
    return deliveries.entrySet().stream()
        .filter(entry -> counts(entry.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  public boolean reachedQuorum() {
    return accepted().size() >= terms.quorum();
  }

  private boolean counts(Delivery delivery) {
    return delivery instanceof Delivery.Accepted accepted
        && (accepted.readBack() || !terms.readBack());
  }
}
