package org.beaconcohort.adapter.nostr.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.port.Transport.StoredStatements;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Own words read back over real sockets (N19). */
@Timeout(60)
final class ReadBackTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ChannelKey CHANNEL = new ChannelKey(Bytes.ofHex("5a".repeat(32)));

  private final FixtureRelay one = FixtureRelay.start(0, RelayLimits.defaults());
  private final FixtureRelay two = FixtureRelay.start(0, RelayLimits.defaults());
  private final FixtureRelay three = FixtureRelay.start(0, RelayLimits.defaults());
  private final List<NostrTransport> transports = new ArrayList<>();
  private final Speaker speaker = new Speaker();

  @AfterEach
  void close() throws Exception {
    transports.forEach(NostrTransport::close);
    one.close();
    two.close();
    three.close();
  }

  private NostrTransport over(String... urls) {
    List<RelayUrl> relays = new ArrayList<>();
    for (String url : urls) {
      relays.add(new RelayUrl(url));
    }
    NostrTransport transport =
        NostrTransport.connect(
            relays,
            SecretKey.generate(RANDOM),
            RANDOM,
            TransportSettings.defaults(),
            TransportListener.NONE,
            fault -> {
              throw new AssertionError(fault);
            });
    transports.add(transport);
    return transport;
  }

  private void say(NostrTransport transport, SignedStatement statement, int round)
      throws InterruptedException {
    transport.publish(statement, new Recipient.Channel(CHANNEL, round));
    assertTrue(transport.flush(PATIENCE));
  }

  /** Asked until a quorum answers: a fresh transport is not connected at once. */
  private StoredStatements ask(NostrTransport transport, Bytes author) throws Exception {
    while (true) {
      StoredStatements answer = askOnce(transport, author);
      if (answer.quorum()) {
        return answer;
      }
    }
  }

  private static StoredStatements askOnce(NostrTransport transport, Bytes author) throws Exception {
    CompletableFuture<StoredStatements> answer = new CompletableFuture<>();
    transport.readBack(CHANNEL, List.of(0, 3), author, answer::complete);
    return answer.get(30, TimeUnit.SECONDS);
  }

  @Test
  void anotherProcessFindsEverythingTheAuthorSaidInTheseRoundsAndNothingElse() throws Exception {
    NostrTransport before = over(one.url(), two.url());
    Speaker other = new Speaker();
    SignedStatement ack = speaker.ack(1);
    SignedStatement large = speaker.proposal(50_000);
    say(before, ack, 0);
    say(before, large, 3);
    say(before, speaker.ack(2), 4);
    say(before, other.ack(3), 3);
    StoredStatements found = ask(over(one.url(), two.url()), speaker.author());
    assertEquals(Set.of(ack.id(), large.id()), ids(found));
    assertTrue(found.shows(large.id()));
    assertTrue(found.shows(Bytes.EMPTY));
  }

  @Test
  void whatOneRelayOfThreeHasIsFoundAndIsOnNoQuorum() throws Exception {
    SignedStatement ack = speaker.ack(1);
    say(over(one.url()), ack, 0);
    StoredStatements found = ask(over(one.url(), two.url(), three.url()), speaker.author());
    assertEquals(Set.of(ack.id()), ids(found));
    assertFalse(found.shows(ack.id()));
  }

  @Test
  void anAnswerOfMoreThanAPageIsReadToItsEnd() throws Exception {
    NostrTransport transport = over(one.url());
    Set<Bytes> said = new HashSet<>();
    for (int i = 0; i < 150; i++) {
      SignedStatement ack = speaker.ack(i);
      said.add(ack.id());
      transport.publish(ack, new Recipient.Channel(CHANNEL, 3));
    }
    assertTrue(transport.flush(PATIENCE));
    assertEquals(said, ids(ask(over(one.url()), speaker.author())));
  }

  @Test
  void relaysThatAreNotThereAreNoQuorum() throws Exception {
    int dead;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = free.getLocalPort();
    } catch (IOException unexpected) {
      throw new AssertionError(unexpected);
    }
    StoredStatements found = askOnce(over("ws://127.0.0.1:" + dead), speaker.author());
    assertFalse(found.quorum());
    assertFalse(found.shows(Bytes.EMPTY));
    assertEquals(List.of(), found.statements());
  }

  private static Set<Bytes> ids(StoredStatements found) {
    Set<Bytes> ids = new HashSet<>();
    found.statements().forEach(said -> ids.add(said.id()));
    return ids;
  }
}
