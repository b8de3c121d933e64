package org.beaconcohort.adapter.api;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.beaconcohort.adapter.nostr.profile.NostrTransport;
import org.beaconcohort.adapter.nostr.profile.TransportListener;
import org.beaconcohort.adapter.nostr.profile.TransportSettings;
import org.beaconcohort.adapter.nostr.publish.PublishResult;
import org.beaconcohort.adapter.nostr.relay.RelayStatus;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.musig2.curve.SecretKey;

/** Connections to Nostr relays. */
final class NostrConnection implements RelayConnection {
  private final NostrTransport transport;

  private NostrConnection(NostrTransport transport) {
    this.transport = transport;
  }

  static RelayConnection open(
      Collection<RelayUrl> relays,
      SecretKey inboxKey,
      SecureRandom random,
      TransportSettings settings,
      Events events) {
    TransportListener listener =
        new TransportListener() {
          @Override
          public void published(SignedStatement statement, PublishResult result) {
            if (!result.reachedQuorum()) {
              events.notPublished(
                  statement.body().kind()
                      + " must reach "
                      + result.terms().quorum()
                      + " relays, got "
                      + result.deliveries());
            }
          }

          @Override
          public void notSent(SignedStatement statement, RuntimeException why) {
            events.notPublished(statement.body().kind() + " was not sent: " + why.getMessage());
          }
        };
    return new NostrConnection(
        NostrTransport.connect(relays, inboxKey, random, settings, listener, events::fault));
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public List<String> outage() {
    List<RelayStatus> relays = transport.status().relays();
    boolean connected = relays.stream().anyMatch(relay -> relay.state() == RelayStatus.State.OPEN);
    return connected
        ? List.of()
        : relays.stream()
            .map(relay -> relay.relay() + " " + relay.state() + " " + relay.reason())
            .toList();
  }

  @Override
  public void flush(Duration patience) throws InterruptedException {
    var unused = transport.flush(patience);
  }

  @Override
  public void close() {
    transport.close();
  }
}
