package org.beaconcohort.adapter.nostr.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The transport over a relay that others made, named by {@code -Dforeign.relay=ws://…}; one from
 * npm is in {@code .ci/foreign-relay}.
 */
final class ForeignRelayTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<String> faults = new LinkedBlockingQueue<>();

  private NostrTransport transport(RelayUrl relay, SecretKey inbox) {
    return NostrTransport.connect(
        List.of(relay),
        inbox,
        RANDOM,
        TransportSettings.defaults(),
        TransportListener.NONE,
        fault -> faults.add(fault.toString()));
  }

  private static Set<Bytes> ids(BlockingQueue<SignedStatement> from, int count)
      throws InterruptedException {
    Set<Bytes> ids = new HashSet<>();
    for (int i = 0; i < count; i++) {
      SignedStatement statement = from.poll(30, TimeUnit.SECONDS);
      if (statement == null) {
        throw new AssertionError(count + " statements must arrive, got " + i);
      }
      ids.add(statement.id());
    }
    return ids;
  }

  @Test
  void everyKindOfTrafficPasses() throws Exception {
    String url = System.getProperty("foreign.relay", "");
    Assumptions.assumeTrue(!url.isEmpty(), "no foreign relay; set -Dforeign.relay=ws://…");
    RelayUrl relay = new RelayUrl(url);
    byte[] secret = new byte[32];
    RANDOM.nextBytes(secret);
    ChannelKey channel = new ChannelKey(Bytes.of(secret));
    SecretKey inbox = SecretKey.generate(RANDOM);
    Speaker speaker = new Speaker();
    BlockingQueue<SignedStatement> heard = new LinkedBlockingQueue<>();
    BlockingQueue<SignedStatement> directed = new LinkedBlockingQueue<>();
    BlockingQueue<SignedStatement> announced = new LinkedBlockingQueue<>();
    NostrTransport sender = transport(relay, SecretKey.generate(RANDOM));
    NostrTransport receiver = transport(relay, inbox);
    receiver.listenToInbox(directed::add);
    receiver.listenToAnnouncements(speaker.author(), "", announced::add);
    Set<Bytes> said = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      if (i == 20) {
        receiver.listenToChannel(channel, 1, heard::add);
      }
      SignedStatement each = i == 30 ? speaker.proposal(100_000) : speaker.ack(i);
      said.add(each.id());
      sender.publish(each, new Recipient.Channel(channel, 1));
    }
    SignedStatement toInbox = speaker.ack(99);
    SignedStatement announcement = speaker.announcement("foreign", List.of());
    sender.publish(toInbox, new Recipient.Inboxes(List.of(inbox.xOnlyPublicKey())));
    sender.publish(announcement, new Recipient.Everyone());

    assertEquals(said, ids(heard, 40));
    assertEquals(Set.of(toInbox.id()), ids(directed, 1));
    assertEquals(Set.of(announcement.id()), ids(announced, 1));
    assertTrue(sender.flush(PATIENCE), sender.status().toString());
    BlockingQueue<SignedStatement> late = new LinkedBlockingQueue<>();
    NostrTransport latecomer = transport(relay, SecretKey.generate(RANDOM));
    latecomer.listenToChannel(channel, 1, late::add);
    assertEquals(said, ids(late, 40));
    for (NostrTransport each : List.of(sender, receiver, latecomer)) {
      each.close();
    }
    assertTrue(faults.isEmpty(), faults.toString());
  }
}
