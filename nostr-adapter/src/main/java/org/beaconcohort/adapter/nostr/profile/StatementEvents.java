package org.beaconcohort.adapter.nostr.profile;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.adapter.nostr.event.EventLimits;
import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.message.StatementKind;

/** Reads statements from events whose id and signature were found right. */
final class StatementEvents {
  /** Room for the longest content, escaped. */
  static final EventLimits LIMITS = new EventLimits(StatementCodec.MAX_EVENT, 2_000, 64);

  /** Events within a statement are believed as little as those that carry one. */
  private static final NostrStatementReader WITHIN = new NostrStatementReader();

  private StatementEvents() {}

  /**
   * The statement that {@code event} is: of one of the profile's kinds, without tags but those of
   * an announcement, whose {@code d} tag is its identifier.
   *
   * @throws MalformedEventException if it is none by its kind or tags
   * @throws org.beaconcohort.cohort.message.MalformedStatementException if it is none by its
   *     content
   */
  static SignedStatement read(NostrEvent event) {
    StatementKind kind =
        StatementKind.of(event.kind())
            .orElseThrow(() ->
                new MalformedEventException(
                    "statement must be of a kind of the profile, got " + event.kind()));
    StatementCodec.Decoded decoded = StatementCodec.decode(kind, event.content(), WITHIN::read);
    if (decoded.body() instanceof Announcement announcement) {
      if (!event.tagValues("d").equals(List.of(announcement.identifier()))) {
        throw new MalformedEventException(
            "announcement must have its identifier as only d tag, got " + event.tagValues("d"));
      }
    } else if (!event.tags().isEmpty()) {
      throw new MalformedEventException("statement must have no tags, got " + event.tags().size());
    }
    return new SignedStatement(
        event.id(),
        event.pubkey(),
        Instant.ofEpochSecond(event.createdAt()),
        event.toJson(),
        decoded.header(),
        decoded.body());
  }
}
