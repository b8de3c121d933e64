package org.beaconcohort.adapter.nostr.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.SeenIds;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.relay.LookListener;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.adapter.nostr.wrap.ChannelRound;
import org.beaconcohort.adapter.nostr.wrap.Opened;
import org.beaconcohort.adapter.nostr.wrap.OuterEvents;
import org.beaconcohort.adapter.nostr.wrap.OuterReader;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.port.Transport.StoredStatements;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Finds one author's statements, or everybody's, in what relays store of some rounds of a channel
 * (N19). Each relay is read by itself, since a statement counts as stored where it was given out
 * whole.
 */
final class Recollection implements LookListener {
  private static final int SEEN = 16_384;

  /** More than an author's quotas let through in two rounds. */
  private static final int MOST = 1_000;

  private record Place(RelayUrl relay, String tag) {}

  private final List<ChannelRound> rounds;
  private final Bytes author;
  private final int quorum;
  private final Consumer<StoredStatements> receiver;
  private final Map<Place, OuterReader> readers = new HashMap<>();
  private final Map<Bytes, SignedStatement> statements = new LinkedHashMap<>();
  private final Map<Bytes, Set<RelayUrl>> places = new HashMap<>();

  /** Takes {@code rounds} over and destroys them in the end. */
  Recollection(
      List<ChannelRound> rounds, Bytes author, int quorum, Consumer<StoredStatements> receiver) {
    this.rounds = List.copyOf(rounds);
    this.author = author;
    this.quorum = quorum;
    this.receiver = receiver;
  }

  List<Filter> filters() {
    List<String> tags = new ArrayList<>();
    rounds.forEach(round -> tags.add(round.tag().hex()));
    return List.of(Filter.ofKinds(OuterEvents.KIND).withTag("p", tags));
  }

  @Override
  public void event(NostrEvent event, RelayUrl relay) {
    String tag = event.tagValue("p").orElse("");
    for (ChannelRound round : rounds) {
      if (round.tag().hex().equals(tag)) {
        OuterReader reader =
            readers.computeIfAbsent(
                new Place(relay, tag), fresh -> OuterReader.ofChannel(round, new SeenIds(SEEN)));
        if (reader.open(event) instanceof Opened.Inner inner
            && (author.size() == 0 || inner.event().pubkey().equals(author))) {
          keep(inner.event(), relay);
        }
      }
    }
  }

  private void keep(NostrEvent inner, RelayUrl relay) {
    if (!statements.containsKey(inner.id())) {
      if (statements.size() >= (author.size() == 0 ? SEEN : MOST)) {
        return;
      }
      try {
        statements.put(inner.id(), StatementEvents.read(inner));
      } catch (MalformedEventException | MalformedStatementException foreign) {
        return;
      }
    }
    places.computeIfAbsent(inner.id(), fresh -> new HashSet<>()).add(relay);
  }

  @Override
  public void ended(Set<RelayUrl> answered) {
    rounds.forEach(ChannelRound::destroy);
    Set<Bytes> onQuorum = new HashSet<>();
    places.forEach((id, relays) -> {
      if (relays.size() >= quorum) {
        onQuorum.add(id);
      }
    });
    receiver.accept(
        new StoredStatements(
            answered.size() >= quorum, List.copyOf(statements.values()), onQuorum));
  }
}
