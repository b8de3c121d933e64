package org.beaconcohort.adapter.nostr.profile;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.UnsignedEvent;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** Makes signed statements of one author for tests. */
final class Speaker {
  private final SecretKey key = SecretKey.generate(new SecureRandom());
  private final long now = Clock.systemUTC().instant().getEpochSecond();
  private long seq;

  Bytes author() {
    return key.xOnlyPublicKey();
  }

  SignedStatement ack(int number) {
    return say(new Statement.KeysetAck(Bytes.ofHex("%064x".formatted(number))), List.of());
  }

  /** A key-set proposal of two keys whose announcement event makes it {@code size} long or so. */
  SignedStatement proposal(int size) {
    return say(
        new Statement.KeysetProposal(
            "x".repeat(size),
            List.of(Bytes.ofHex("02" + "11".repeat(32)), Bytes.ofHex("02" + "22".repeat(32))),
            List.of(Bytes.ofHex("33".repeat(32)), Bytes.ofHex("44".repeat(32))),
            0,
            "bcrt1pexample",
            Bytes.ofHex("55".repeat(32)),
            Bytes.EMPTY),
        List.of());
  }

  SignedStatement announcement(String identifier, List<List<String>> moreTags) {
    CohortTerms terms = Simulation.terms(2, 3);
    List<List<String>> tags = new ArrayList<>();
    tags.add(List.of("d", identifier));
    tags.addAll(moreTags);
    return say(new Statement.Announcement(identifier, terms), tags);
  }

  SignedStatement say(Statement body, List<List<String>> tags) {
    Header header =
        new Header(
            Bytes.ofHex("66".repeat(32)),
            Bytes.EMPTY,
            Bytes.ofHex("77".repeat(16)),
            seq++,
            Bytes.EMPTY,
            0);
    String content = StatementCodec.encode(header, body);
    NostrEvent event = event(body.kind().eventKind(), tags, content);
    return new SignedStatement(
        event.id(),
        event.pubkey(),
        Instant.ofEpochSecond(event.createdAt()),
        event.toJson(),
        header,
        body);
  }

  NostrEvent event(int kind, List<List<String>> tags, String content) {
    return new UnsignedEvent(now, kind, tags, content).sign(key, Bytes.of(new byte[32]));
  }
}
