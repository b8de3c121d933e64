package org.beaconcohort.adapter.nostr.frame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A condition on events (NIP-01): every list that is not empty must hold the event's value, every
 * named single-letter tag must have one of the values, and {@code since ≤ created_at ≤ until} in
 * Unix seconds. {@code limit} bounds stored events only.
 */
public record Filter(
    List<Bytes> ids,
    List<Bytes> authors,
    List<Integer> kinds,
    Map<String, List<String>> tags,
    long since,
    long until,
    int limit) {
  /** No bound on {@link #until}. */
  public static final long NO_END = Long.MAX_VALUE;

  /** No bound on {@link #limit}. */
  public static final int NO_LIMIT = Integer.MAX_VALUE;

  public Filter {
    ids = List.copyOf(ids);
    authors = List.copyOf(authors);
    kinds = List.copyOf(kinds);
    TreeMap<String, List<String>> copy = new TreeMap<>();
    tags.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    for (Map.Entry<String, List<String>> tag : copy.entrySet()) {
      if (!tag.getKey().matches("[a-zA-Z]") || tag.getValue().isEmpty()) {
        throw new IllegalArgumentException(
            "a filter's tag must be one letter with values, got " + tag);
      }
    }
    tags = Collections.unmodifiableMap(copy);
    if (since < 0 || until < since || limit < 1) {
      throw new IllegalArgumentException(
          "filter must have 0 ≤ since ≤ until and limit ≥ 1, got %d, %d, %d"
              .formatted(since, until, limit));
    }
  }

  /** All events of these kinds. */
  public static Filter ofKinds(Integer... kinds) {
    return new Filter(List.of(), List.of(), List.of(kinds), Map.of(), 0, NO_END, NO_LIMIT);
  }

  /** The events with these ids. */
  public static Filter ofIds(List<Bytes> ids) {
    return new Filter(ids, List.of(), List.of(), Map.of(), 0, NO_END, NO_LIMIT);
  }

  public Filter withAuthors(List<Bytes> others) {
    return new Filter(ids, others, kinds, tags, since, until, limit);
  }

  public Filter withTag(String letter, List<String> values) {
    Map<String, List<String>> more = new TreeMap<>(tags);
    more.put(letter, values);
    return new Filter(ids, authors, kinds, more, since, until, limit);
  }

  public Filter withSince(long other) {
    return new Filter(ids, authors, kinds, tags, other, until, limit);
  }

  public Filter withUntil(long other) {
    return new Filter(ids, authors, kinds, tags, since, other, limit);
  }

  public Filter withLimit(int other) {
    return new Filter(ids, authors, kinds, tags, since, until, other);
  }

  /** Whether {@code event} fulfils all conditions; {@link #limit} is none. */
  public boolean matches(NostrEvent event) {
    if (event.createdAt() < since || event.createdAt() > until) {
      return false;
    }
    if (!ids.isEmpty() && !ids.contains(event.id())) {
      return false;
    }
    if (!authors.isEmpty() && !authors.contains(event.pubkey())) {
      return false;
    }
    if (!kinds.isEmpty() && !kinds.contains(event.kind())) {
      return false;
    }
    return tags.entrySet().stream()
        .allMatch(tag -> event.tagValues(tag.getKey()).stream().anyMatch(tag.getValue()::contains));
  }

  /** One JSON object. */
  public String toJson() {
    List<String> fields = new ArrayList<>();
    if (!ids.isEmpty()) {
      fields.add("\"ids\":" + hexes(ids));
    }
    if (!authors.isEmpty()) {
      fields.add("\"authors\":" + hexes(authors));
    }
    if (!kinds.isEmpty()) {
      fields.add("\"kinds\":" + kinds.toString().replace(" ", ""));
    }
    tags.forEach((name, values) -> fields.add("\"#" + name + "\":" + JsonText.strings(values)));
    if (since > 0) {
      fields.add("\"since\":" + since);
    }
    if (until != NO_END) {
      fields.add("\"until\":" + until);
    }
    if (limit != NO_LIMIT) {
      fields.add("\"limit\":" + limit);
    }
    return "{" + String.join(",", fields) + "}";
  }

  private static String hexes(List<Bytes> values) {
    return JsonText.strings(values.stream().map(Bytes::hex).toList());
  }
}
