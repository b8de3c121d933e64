package org.beaconcohort.adapter.nostr.profile;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.UnsignedEvent;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.port.Notary;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * Makes statements as complete signed Nostr events: kind and content of the body, no tags but those
 * of an announcement: {@code d} (NIP-01) and {@code expiration} (NIP-40) after all its deadlines.
 */
public final class NostrNotary implements Notary {
  private final SecretKey key;
  private final InstantSource clock;
  private final SecureRandom random;

  /** A notary that signs with {@code key}, which stays the caller's to destroy. */
  public NostrNotary(SecretKey key, InstantSource clock, SecureRandom random) {
    this.key = key;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Bytes statementKey() {
    return key.xOnlyPublicKey();
  }

  @Override
  public SignedStatement sign(Header header, Statement body) {
    long createdAt = clock.instant().getEpochSecond();
    String content = StatementCodec.encode(header, body);
    UnsignedEvent unsigned =
        new UnsignedEvent(createdAt, body.kind().eventKind(), tags(body, createdAt), content);
    byte[] auxiliary = new byte[32];
    random.nextBytes(auxiliary);
    NostrEvent event = unsigned.sign(key, Bytes.of(auxiliary));
    return new SignedStatement(
        event.id(), event.pubkey(), Instant.ofEpochSecond(createdAt), event.toJson(), header, body);
  }

  /** The tags that an event of this body has. */
  static List<List<String>> tags(Statement body, long createdAt) {
    if (!(body instanceof Statement.Announcement announcement)) {
      return List.of();
    }
    long expiration = createdAt + longest(announcement.terms()).toSeconds();
    return List.of(
        List.of("d", announcement.identifier()), List.of("expiration", Long.toString(expiration)));
  }

  /** No member waits longer: formation once, the phases of a round as often as there are rounds. */
  private static Duration longest(CohortTerms terms) {
    return terms.deadlines().total().multipliedBy(terms.rounds());
  }
}
