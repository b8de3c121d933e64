package org.beaconcohort.adapter.nostr.profile;

import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.port.StatementReader;

/**
 * Reads events that were kept as text. They are believed as little as those from a relay: id,
 * signature, kind, tags and content are checked again.
 */
public final class NostrStatementReader implements StatementReader {
  @Override
  public SignedStatement read(String event) {
    SignedStatement statement;
    try {
      NostrEvent nostr = NostrEvent.ofJson(event, StatementEvents.LIMITS);
      if (!nostr.verify()) {
        throw new MalformedStatementException("event must have the id and signature of its fields");
      }
      statement = StatementEvents.read(nostr);
    } catch (MalformedEventException malformed) {
      // Its message may show a piece of the text, and that a channel key.
      throw new MalformedStatementException("event must be one of NIP-01 with a statement's tags");
    }
    if (!statement.event().equals(event)) {
      throw new MalformedStatementException("event must be spelled as it was sent");
    }
    return statement;
  }
}
