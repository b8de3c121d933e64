package org.beaconcohort.adapter.api;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.UnsignedEvent;
import org.beaconcohort.adapter.nostr.loop.ThreadLoop;
import org.beaconcohort.adapter.nostr.nip44.ConversationKey;
import org.beaconcohort.adapter.nostr.nip44.Nip44;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.adapter.nostr.publish.PublishTerms;
import org.beaconcohort.adapter.nostr.relay.PoolSettings;
import org.beaconcohort.adapter.nostr.relay.Publication;
import org.beaconcohort.adapter.nostr.relay.RelayPool;
import org.beaconcohort.adapter.nostr.socket.OkHttpConnector;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.adapter.nostr.wrap.OuterEvents;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.CohortTerms.SignerClass;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** docs/peer-faults.md: a stranger whose events are no statements, on a real relay. */
@Timeout(120)
final class RawStrangersTest {
  private static final List<String> GARBAGE =
      List.of("null", "[]", "[null]", "{}", "0", "-1e999", "true", "\"\"", "[[[[", "{\"id\":null}");

  private static final Closing CLOSING = new Closing();

  private final SecureRandom random = new SecureRandom();
  private final FixtureRelay relay = CLOSING.later(FixtureRelay.start(0, RelayLimits.defaults()));
  private final RelayScene scene = CLOSING.later(new RelayScene(List.of(relay.url())));

  @AfterAll
  static void closeEverything() {
    CLOSING.close();
  }

  @Tag("peer-outsider-null-advert-crash")
  @Test
  void outsiderNullAdvertCrash() throws Exception {
    scene.funds().announces(progress -> {}).when(Progress.Announced.class);
    publish(List.of(announcement("null")));
    scene.members(RelayScene.MEMBERS).anchorsEverybody("outsider-null-advert-crash");
  }

  @Tag("peer-outsider-null-optin-crash")
  @Test
  void outsiderNullOptinCrash() throws Exception {
    scene.funds().announces(progress -> {}).when(Progress.Announced.class);
    publish(List.of(toInbox("null"), toInbox(inner(StatementKind.OPT_IN, "null"))));
    scene.members(RelayScene.MEMBERS).anchorsEverybody("outsider-null-optin-crash");
  }

  @Tag("peer-outsider-malformed-optin-pk")
  @Test
  void outsiderMalformedOptinPk() throws Exception {
    scene.funds().announces(progress -> {}).when(Progress.Announced.class);
    publish(List.of(toInbox(inner(StatementKind.OPT_IN, optInWithFiveBytes()))));
    scene.members(RelayScene.MEMBERS).anchorsEverybody("outsider-malformed-optin-pk");
  }

  @Tag("peer-outsider-unhandled")
  @Test
  void outsiderUnhandled() throws Exception {
    scene.announces(progress -> {}).members(RelayScene.MEMBERS).when(Progress.CohortFormed.class);
    List<NostrEvent> all = new ArrayList<>();
    for (String each : GARBAGE) {
      all.add(announcement(each));
      all.add(toInbox(each));
      for (StatementKind kind : StatementKind.values()) {
        all.add(toInbox(inner(kind, each)));
      }
    }
    // What relays show of channels is a tag; nobody can encrypt for it without the key.
    for (String stored : relay.storedEvents()) {
      int tag = stored.indexOf("[[\"p\",\"");
      if (tag >= 0) {
        all.add(outer(stored.substring(tag + 7, tag + 71), "null"));
      }
    }
    publish(all);
    scene.funds().anchorsEverybody("outsider-unhandled");
  }

  private long now() {
    return Clock.systemUTC().instant().getEpochSecond();
  }

  private NostrEvent announcement(String content) {
    return new UnsignedEvent(
            now(), StatementKind.ANNOUNCEMENT.eventKind(), List.of(List.of("d", "x")), content)
        .sign(SecretKey.generate(random), Bytes.of(new byte[32]));
  }

  private String inner(StatementKind kind, String content) {
    return new UnsignedEvent(now(), kind.eventKind(), List.of(), content)
        .sign(SecretKey.generate(random), Bytes.of(new byte[32]))
        .toJson();
  }

  /** To the coordinator's inbox, as anybody may write to it. */
  private NostrEvent toInbox(String plaintext) {
    SecretKey author = SecretKey.generate(random);
    ConversationKey conversation = ConversationKey.between(author, scene.coordinator());
    return outer(author, scene.coordinator().hex(), Nip44.encrypt(plaintext, conversation, random));
  }

  private NostrEvent outer(String tag, String content) {
    return outer(SecretKey.generate(random), tag, content);
  }

  private NostrEvent outer(SecretKey author, String tag, String content) {
    return new UnsignedEvent(now(), OuterEvents.KIND, List.of(List.of("p", tag)), content)
        .sign(author, Bytes.of(new byte[32]));
  }

  private static String optInWithFiveBytes() {
    Bytes key = Bytes.ofHex("02" + "11".repeat(32));
    OptIn optIn =
        new OptIn(
            "34640:" + "d0".repeat(32) + ":x",
            Bytes.of(new byte[32]),
            key,
            Bytes.of(new byte[64]),
            List.of(new Registration("did:btcr2:k1qfirst", "", Bytes.of(new byte[64]))),
            Bytes.of(new byte[32]),
            SignerClass.LIVE,
            NonceCustody.MEMORY,
            true,
            1);
    Header header =
        new Header(Bytes.of(new byte[32]), Bytes.EMPTY, Bytes.of(new byte[16]), 0, Bytes.EMPTY, 0);
    String text = StatementCodec.encode(header, optIn).replace(key.hex(), "0211111111");
    var unused =
        assertThrows(
            MalformedStatementException.class,
            () ->
                StatementCodec.decode(
                    StatementKind.OPT_IN, text, new NostrStatementReader()::read));
    return text;
  }

  /** Publishes it all, with a connection of the stranger's own. */
  private void publish(List<NostrEvent> events) throws Exception {
    PoolSettings settings = PoolSettings.defaults();
    try (ThreadLoop loop =
            new ThreadLoop(
                "stranger",
                Clock.systemUTC(),
                fault -> {
                  throw new AssertionError(fault);
                });
        OkHttpConnector connector = new OkHttpConnector(settings.maxFrame());
        RelayPool pool =
            new RelayPool(
                List.of(new RelayUrl(relay.url())), connector, loop, new Random(3), settings)) {
      PublishTerms terms = new PublishTerms(1, true, Duration.ofSeconds(20));
      List<Publication> all = events.stream().map(each -> pool.publish(each, terms)).toList();
      for (Publication each : all) {
        assertTrue(
            each.result().toCompletableFuture().get(30, TimeUnit.SECONDS).reachedQuorum(),
            "relay must take it");
      }
    }
  }
}
