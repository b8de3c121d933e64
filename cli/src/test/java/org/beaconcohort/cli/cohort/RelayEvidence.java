package org.beaconcohort.cli.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.adapter.journal.record.StreamHead;
import org.beaconcohort.adapter.nostr.event.EventLimits;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.SeenIds;
import org.beaconcohort.adapter.nostr.wrap.ChannelRound;
import org.beaconcohort.adapter.nostr.wrap.Opened;
import org.beaconcohort.adapter.nostr.wrap.OuterReader;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.check.Evidence;
import org.beaconcohort.cohort.check.Evidence.Journal;
import org.beaconcohort.cohort.check.Evidence.Kept;
import org.beaconcohort.cohort.check.IndependentCheck;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a real relay was sent, opened with the channel keys of real journals, for the independent
 * checker. What goes to one inbox alone is in its author's journal.
 */
final class RelayEvidence {
  private static final JsonLimits FRAME = new JsonLimits(1024 * 1024, 32);
  private static final EventLimits EVENT = new EventLimits(1024 * 1024, 2_000, 64);
  private static final int ANNOUNCEMENT = 34640;

  /** Formation, and the one round of these commands. */
  private static final List<Integer> ROUNDS = List.of(0, 1);

  private RelayEvidence() {}

  /** Everything that is known of one relay, one chain and these journals. */
  static Evidence of(FixtureRelay relay, EsploraChain chain, List<Path> files) {
    List<Journal> journals = files.stream().flatMap(file -> journals(file).stream()).toList();
    List<String> events = opened(relay, channelKeys(journals));
    Evidence said = new Evidence(events, Set.of(), journals, List.of());
    List<Bytes> transactions = new ArrayList<>();
    for (Outpoint outpoint : IndependentCheck.outpoints(said)) {
      chain
          .spender(outpoint)
          .flatMap(chain::transaction)
          .ifPresent(known -> transactions.add(known.transaction().serialize()));
    }
    return new Evidence(events, Set.of(), journals, transactions);
  }

  private static List<Journal> journals(Path file) {
    List<Journal> journals = new ArrayList<>();
    try (JournalStore store = JournalStore.openToRead(file.toString())) {
      for (StreamHead head : store.streams()) {
        List<Kept> records = new ArrayList<>();
        for (StoredRecord record : store.look(head.stream()).orElseThrow().records()) {
          String payload =
              new String(record.payload().orElseThrow().toArray(), StandardCharsets.UTF_8);
          records.add(new Kept(record.type(), payload));
        }
        journals.add(
            new Journal(file.getFileName() + "", records, records, Evidence.Life.unknown()));
      }
    }
    return journals;
  }

  private static Set<Bytes> channelKeys(List<Journal> journals) {
    Set<Bytes> keys = new HashSet<>();
    for (Journal journal : journals) {
      for (Kept record : journal.records()) {
        JsonNode fact = StrictJson.parse(record.payload(), FRAME);
        if (record.type().endsWith(".ChannelDrawn")) {
          keys.add(Bytes.ofHex(fact.path("key").asText()));
        } else if (record.type().endsWith(".Welcomed")) {
          JsonNode welcome = StrictJson.parse(fact.path("welcome").asText(), FRAME);
          JsonNode body = StrictJson.parse(welcome.path("content").asText(), FRAME).path("body");
          keys.add(Bytes.ofHex(body.path("channelKey").asText()));
        }
      }
    }
    return keys;
  }

  private static List<String> opened(FixtureRelay relay, Set<Bytes> keys) {
    List<OuterReader> readers = new ArrayList<>();
    for (Bytes key : keys) {
      for (int round : ROUNDS) {
        readers.add(
            OuterReader.ofChannel(ChannelRound.derive(key.toArray(), round), new SeenIds(10_000)));
      }
    }
    List<String> events = new ArrayList<>();
    relay.receivedFrames().stream()
        .map(frame -> StrictJson.parse(frame.text(), FRAME))
        .filter(message -> message.path(0).asText().equals("EVENT"))
        .map(message -> message.path(1))
        .forEach(event -> {
          if (event.path("kind").asInt() == ANNOUNCEMENT) {
            events.add(event.toString());
          } else {
            NostrEvent outer = NostrEvent.ofJson(event.toString(), EVENT);
            for (OuterReader reader : readers) {
              if (reader.open(outer) instanceof Opened.Inner inner) {
                events.add(inner.event().toJson());
              }
            }
          }
        });
    return events;
  }
}
