package org.beaconcohort.adapter.nostr.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The last {@code capacity} ids that were found genuine; the one not met for longest goes first.
 */
public final class SeenIds {
  private final LinkedHashMap<Bytes, Boolean> ids;

  public SeenIds(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be 1 or more, got " + capacity);
    }
    this.ids = new Eldest(capacity);
  }

  /** Remembers {@code id}; false if it was remembered already. */
  public boolean add(Bytes id) {
    return ids.put(id, true) == null;
  }

  public boolean has(Bytes id) {
    return ids.get(id) != null;
  }

  /** Forgets {@code id}, so that it counts as new when it comes again. */
  public void forget(Bytes id) {
    ids.remove(id);
  }

  private static final class Eldest extends LinkedHashMap<Bytes, Boolean> {
    private final int capacity;

    Eldest(int capacity) {
      super(16, 0.75f, true);
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Bytes, Boolean> eldest) {
      return size() > capacity;
    }
  }
}
