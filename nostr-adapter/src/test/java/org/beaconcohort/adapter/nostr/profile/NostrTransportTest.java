package org.beaconcohort.adapter.nostr.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.beaconcohort.adapter.nostr.relay.RelayStatus;
import org.beaconcohort.adapter.nostr.socket.RawServer;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.ReceivedFrame;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real sockets: two good relays, one that talks nonsense, one where nobody listens. */
final class NostrTransportTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ChannelKey CHANNEL = new ChannelKey(Bytes.ofHex("5a".repeat(32)));

  private final FixtureRelay one = FixtureRelay.start(0, RelayLimits.defaults());
  private final FixtureRelay two = FixtureRelay.start(0, RelayLimits.defaults());
  private final List<NostrTransport> transports = new ArrayList<>();
  private final BlockingQueue<String> faults = new LinkedBlockingQueue<>();
  private final Speaker speaker = new Speaker();
  private final SecretKey inbox = SecretKey.generate(RANDOM);
  private List<RelayUrl> relays = List.of();
  private RawServer garbage = nonsense();

  private static RawServer nonsense() {
    try {
      return new RawServer(
          "",
          (in, out) -> {
            for (int i = 0; i < 200 && in.read() >= 0; i++) {
              RawServer.text(out, "[\"EVENT\",\"s1.1\",{\"id\":\"00\"}]");
              RawServer.text(out, "\u0000");
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void nameTheRelays() throws IOException {
    int dead;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = free.getLocalPort();
    }
    relays =
        List.of(
            new RelayUrl(one.url()),
            new RelayUrl(two.url()),
            garbage.url(),
            new RelayUrl("ws://127.0.0.1:" + dead));
  }

  @AfterEach
  void closeEverything() throws Exception {
    transports.forEach(NostrTransport::close);
    one.close();
    two.close();
    garbage.close();
    assertTrue(faults.isEmpty(), faults.toString());
  }

  private NostrTransport transport(SecretKey inboxKey, List<RelayUrl> some) {
    NostrTransport transport =
        NostrTransport.connect(
            some,
            inboxKey,
            RANDOM,
            TransportSettings.defaults(),
            TransportListener.NONE,
            fault -> faults.add(fault.toString()));
    transports.add(transport);
    return transport;
  }

  private NostrTransport transport() {
    return transport(SecretKey.generate(RANDOM), relays.subList(0, 2));
  }

  /** With one relay everything published is there when it has been flushed. */
  private NostrTransport overOneRelay() {
    return transport(SecretKey.generate(RANDOM), relays.subList(0, 1));
  }

  /** Collects what a receiver gets. */
  private static final class Inbox implements Consumer<SignedStatement> {
    private final BlockingQueue<SignedStatement> got = new LinkedBlockingQueue<>();

    @Override
    public void accept(SignedStatement statement) {
      got.add(statement);
    }

    SignedStatement next() throws InterruptedException {
      SignedStatement statement = got.poll(30, TimeUnit.SECONDS);
      if (statement == null) {
        throw new AssertionError("a statement must arrive, got none in 30 s");
      }
      return statement;
    }

    boolean isEmpty() {
      return got.isEmpty();
    }
  }

  @Test
  void aStatementReachesTheChannelOfItsRoundOnceAndItsAuthorToo() throws Exception {
    NostrTransport sender = transport();
    Inbox own = new Inbox();
    Inbox others = new Inbox();
    Inbox otherRound = new Inbox();
    sender.listenToChannel(CHANNEL, 1, own);
    NostrTransport receiver = transport();
    receiver.listenToChannel(CHANNEL, 1, others);
    receiver.listenToChannel(CHANNEL, 2, otherRound);
    SignedStatement first = speaker.ack(1);
    SignedStatement second = speaker.ack(2);

    sender.publish(first, new Recipient.Channel(CHANNEL, 1));
    assertEquals(first, others.next());
    assertEquals(first, own.next());
    sender.publish(first, new Recipient.Channel(CHANNEL, 1));
    sender.publish(second, new Recipient.Channel(CHANNEL, 1));
    assertEquals(second, others.next());
    assertTrue(sender.flush(PATIENCE));
    assertTrue(otherRound.isEmpty());
    assertTrue(others.isEmpty());
  }

  @Test
  void whatWasStoredBeforeIsReceivedToo() throws Exception {
    NostrTransport sender = overOneRelay();
    SignedStatement said = speaker.ack(1);
    sender.publish(said, new Recipient.Channel(CHANNEL, 0));
    assertTrue(sender.flush(PATIENCE));

    Inbox late = new Inbox();
    NostrTransport receiver = overOneRelay();
    receiver.listenToChannel(CHANNEL, 0, late);
    assertEquals(said, late.next());

    Inbox later = new Inbox();
    receiver.listenToChannel(CHANNEL, 0, later);
    assertEquals(said, later.next());
  }

  @Test
  void aDirectedStatementReachesEachInboxAndNobodyElse() throws Exception {
    SecretKey second = SecretKey.generate(RANDOM);
    Inbox a = new Inbox();
    Inbox b = new Inbox();
    Inbox stranger = new Inbox();
    transport(inbox, relays.subList(0, 2)).listenToInbox(a);
    transport(second, relays.subList(0, 2)).listenToInbox(b);
    transport().listenToInbox(stranger);
    SignedStatement said = speaker.ack(7);

    NostrTransport sender = transport();
    sender.publish(
        said, new Recipient.Inboxes(List.of(inbox.xOnlyPublicKey(), second.xOnlyPublicKey())));

    assertEquals(said, a.next());
    assertEquals(said, b.next());
    assertTrue(sender.flush(PATIENCE));
    assertTrue(stranger.isEmpty());
  }

  @Test
  void announcementsAreFoundByAuthorAndIdentifierOrAtAll() throws Exception {
    Speaker other = new Speaker();
    NostrTransport sender = overOneRelay();
    SignedStatement mine = speaker.announcement("friday", List.of());
    SignedStatement theirs = other.announcement("monday", List.of());
    SignedStatement expired = other.announcement("past", List.of(List.of("expiration", "5")));
    for (SignedStatement each : List.of(mine, theirs)) {
      sender.publish(each, new Recipient.Everyone());
    }
    assertTrue(sender.flush(PATIENCE));
    sender.publish(expired, new Recipient.Everyone());

    NostrTransport receiver = overOneRelay();
    Inbox byAuthor = new Inbox();
    receiver.listenToAnnouncements(speaker.author(), "friday", byAuthor);
    assertEquals(mine, byAuthor.next());
    Inbox byName = new Inbox();
    receiver.listenToAnnouncements(Bytes.EMPTY, "monday", byName);
    assertEquals(theirs, byName.next());
    Inbox all = new Inbox();
    receiver.listenToAnnouncements(Bytes.EMPTY, "", all);
    List<SignedStatement> both = List.of(all.next(), all.next());
    assertTrue(both.contains(mine) && both.contains(theirs), both.toString());
    assertTrue(all.isEmpty());
    assertTrue(byAuthor.isEmpty());
  }

  @Test
  void aLargeStatementTravelsInParts() throws Exception {
    NostrTransport sender = overOneRelay();
    Inbox others = new Inbox();
    overOneRelay().listenToChannel(CHANNEL, 0, others);
    SignedStatement large = speaker.proposal(300_000);

    sender.publish(large, new Recipient.Channel(CHANNEL, 0));

    assertEquals(large, others.next());
    assertTrue(sender.flush(PATIENCE));
    assertEquals(11, one.storedEvents().size());
  }

  @Test
  void aRelayOfNonsenseAndADeadOneChangeNothing() throws Exception {
    NostrTransport sender = transport(inbox, relays);
    assertEquals(3, sender.status().quorum());
    Inbox others = new Inbox();
    NostrTransport receiver = transport(SecretKey.generate(RANDOM), relays);
    receiver.listenToChannel(CHANNEL, 3, others);
    for (int i = 0; i < 5; i++) {
      SignedStatement said = speaker.ack(i);
      sender.publish(said, new Recipient.Channel(CHANNEL, 3));
      assertEquals(said, others.next());
    }
    assertFalse(sender.flush(Duration.ofMillis(50)), "two of four relays are no quorum of three");
    assertEquals(5, receiver.status().received());
    List<RelayStatus> rows = receiver.status().relays();
    assertEquals(0, rows.stream().filter(NostrTransportTest::isBadAndHeard).count());
  }

  private static boolean isBadAndHeard(RelayStatus row) {
    return row.counts().delivered() > 0 && row.counts().malformed() > 0;
  }

  @Test
  void whatRelaysSeeTellsNoAuthorAndNoContent() throws Exception {
    NostrTransport sender = overOneRelay();
    Inbox others = new Inbox();
    NostrTransport receiver = overOneRelay();
    receiver.listenToChannel(CHANNEL, 1, others);
    SignedStatement said = speaker.ack(0xabcdef);
    sender.publish(said, new Recipient.Channel(CHANNEL, 1));
    sender.publish(said, new Recipient.Inboxes(List.of(inbox.xOnlyPublicKey())));
    assertEquals(said, others.next());
    assertTrue(sender.flush(PATIENCE));

    List<String> authors = new ArrayList<>();
    for (ReceivedFrame frame : one.receivedFrames()) {
      String text = frame.toString();
      assertFalse(text.contains(said.author().hex()), text);
      assertFalse(text.contains("abcdef"), text);
      assertFalse(text.contains(CHANNEL.secret().hex()), text);
    }
    for (String stored : one.storedEvents()) {
      assertTrue(stored.contains("\"kind\":4640"), stored);
      authors.add(stored.replaceAll(".*\"pubkey\":\"([0-9a-f]+)\".*", "$1"));
    }
    assertEquals(2, authors.stream().distinct().count());
  }

  @Test
  void anEventThatIsNoStatementIsDroppedAndCounted() throws Exception {
    NostrTransport sender = overOneRelay();
    NostrTransport receiver = overOneRelay();
    Inbox others = new Inbox();
    receiver.listenToChannel(CHANNEL, 1, others);
    SignedStatement good = speaker.ack(1);
    List<SignedStatement> bad =
        List.of(
            disguised(good, speaker.event(1, List.of(), "hello").toJson()),
            disguised(good, speaker.event(4645, List.of(), "{}").toJson()),
            disguised(good, speaker.event(4645, List.of(), content(good) + " ").toJson()),
            disguised(good, speaker.event(4645, List.of(List.of("x")), content(good)).toJson()),
            speaker.announcement("public", List.of()));
    for (SignedStatement each : bad) {
      sender.publish(each, new Recipient.Channel(CHANNEL, 1));
    }
    assertTrue(sender.flush(PATIENCE));
    sender.publish(good, new Recipient.Channel(CHANNEL, 1));

    assertEquals(good, others.next());
    assertEquals(bad.size(), receiver.status().dropped());
    assertTrue(others.isEmpty());
  }

  private static SignedStatement disguised(SignedStatement as, String event) {
    return new SignedStatement(as.id(), as.author(), as.createdAt(), event, as.header(), as.body());
  }

  private static String content(SignedStatement statement) {
    return StatementCodec.encode(statement.header(), statement.body());
  }

  @Test
  void aStatementThatIsNoEventIsReportedAsNotSent() throws Exception {
    BlockingQueue<String> reported = new LinkedBlockingQueue<>();
    NostrTransport sender =
        NostrTransport.connect(
            relays.subList(0, 1),
            inbox,
            RANDOM,
            TransportSettings.defaults(),
            new TransportListener() {
              @Override
              public void notSent(SignedStatement statement, RuntimeException why) {
                reported.add(why.toString());
              }
            },
            fault -> faults.add(fault.toString()));
    transports.add(sender);

    sender.publish(disguised(speaker.ack(1), "no event"), new Recipient.Everyone());
    sender.publish(speaker.ack(1), new Recipient.Inboxes(List.of(Bytes.of(new byte[32]))));

    assertTrue(String.valueOf(reported.poll(20, TimeUnit.SECONDS)).contains("must be JSON"));
    assertTrue(String.valueOf(reported.poll(20, TimeUnit.SECONDS)).contains("Point"));
    assertTrue(sender.flush(PATIENCE));
  }

  @Test
  void aClosedTransportIsSilent() throws Exception {
    NostrTransport sender = overOneRelay();
    NostrTransport receiver = overOneRelay();
    Inbox others = new Inbox();
    receiver.listenToChannel(CHANNEL, 1, others);
    sender.publish(speaker.ack(1), new Recipient.Channel(CHANNEL, 1));
    others.next();
    assertTrue(sender.flush(PATIENCE));
    receiver.close();
    receiver.close();
    receiver.publish(speaker.ack(3), new Recipient.Channel(CHANNEL, 1));
    sender.publish(speaker.ack(2), new Recipient.Channel(CHANNEL, 1));
    assertTrue(sender.flush(PATIENCE));

    assertTrue(others.isEmpty());
    assertEquals(2, one.storedEvents().size());
  }
}
