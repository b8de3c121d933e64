package org.beaconcohort.adapter.nostr.profile;

import java.util.List;
import org.beaconcohort.adapter.nostr.relay.RelayStatus;

/**
 * How a transport stands.
 *
 * @param relays one row each
 * @param quorum how many relays must have an event
 * @param received statements handed over
 * @param dropped events that were not believed
 * @param underWay events that have not reached their quorum yet
 */
public record TransportStatus(
    List<RelayStatus> relays, int quorum, long received, long dropped, int underWay) {
  public TransportStatus {
    relays = List.copyOf(relays);
  }

  /** Whether losing one relay would lose the quorum's redundancy (rule N21). */
  public boolean hasNoRedundancy() {
    return quorum == 1;
  }
}
