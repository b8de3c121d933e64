package org.beaconcohort.adapter.nostr.wrap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Cuts wholes into numbered parts and puts parts of one tag together again, in bounded memory: at
 * most 140 parts and 4 MiB a whole, and of all unfinished wholes together what the constructor
 * says. When that is reached, the whole that has waited longest for a part is forgotten; its sender
 * sends it again.
 */
final class Parts {
  /** Bytes of every part but the last. */
  static final int CHUNK = 30_000;

  static final int MAX_WHOLE = 4 * 1024 * 1024;
  static final int MAX_PARTS = (MAX_WHOLE + CHUNK - 1) / CHUNK;

  private final int maxPending;
  private final long maxPendingBytes;
  private final LinkedHashMap<Bytes, Pending> pending = new LinkedHashMap<>(16, 0.75f, true);
  private long pendingBytes;

  Parts(int maxPending, long maxPendingBytes) {
    this.maxPending = maxPending;
    this.maxPendingBytes = maxPendingBytes;
  }

  static List<Part> cut(byte[] whole) {
    if (whole.length > MAX_WHOLE) {
      throw new OversizedEventException(
          "inner event must be at most " + MAX_WHOLE + " bytes, got " + whole.length);
    }
    List<Bytes> chunks = new ArrayList<>();
    for (int from = 0; from < whole.length; from += CHUNK) {
      int to = Math.min(from + CHUNK, whole.length);
      chunks.add(Bytes.of(Arrays.copyOfRange(whole, from, to)));
    }
    PartTree tree = new PartTree(chunks);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      parts.add(new Part(tree.root(), i, chunks.size(), tree.path(i), chunks.get(i)));
    }
    return parts;
  }

  /** Takes a part in; gives the whole when this was the last one missing. */
  Optional<Bytes> add(Part part) {
    Pending whole = pending.computeIfAbsent(part.whole(), root -> new Pending(part.count()));
    pendingBytes += whole.add(part);
    if (whole.complete()) {
      remove(part.whole());
      return Optional.of(whole.joined());
    }
    while (pending.size() > maxPending || pendingBytes > maxPendingBytes) {
      remove(pending.keySet().iterator().next());
    }
    return Optional.empty();
  }

  /** How many parts of {@code whole} are here. */
  int have(Bytes whole) {
    Pending found = pending.get(whole);
    return found == null ? 0 : found.chunks.size();
  }

  long pendingBytes() {
    return pendingBytes;
  }

  private void remove(Bytes whole) {
    Pending removed = pending.remove(whole);
    if (removed != null) {
      pendingBytes -= removed.bytes;
    }
  }

  private static final class Pending {
    private final int count;
    private final Map<Integer, Bytes> chunks = new HashMap<>();
    private long bytes;

    Pending(int count) {
      this.count = count;
    }

    /** Bytes that came in, 0 if the part was here. */
    long add(Part part) {
      if (chunks.putIfAbsent(part.index(), part.chunk()) != null) {
        return 0;
      }
      bytes += part.chunk().size();
      return part.chunk().size();
    }

    boolean complete() {
      return chunks.size() == count;
    }

    Bytes joined() {
      Bytes[] inOrder = new Bytes[count];
      for (int i = 0; i < count; i++) {
        inOrder[i] = chunks.getOrDefault(i, Bytes.EMPTY);
      }
      return Bytes.concat(inOrder);
    }
  }
}
