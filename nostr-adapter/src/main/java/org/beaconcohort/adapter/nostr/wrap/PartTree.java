package org.beaconcohort.adapter.nostr.wrap;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The hash tree over the parts of a whole: leaves hash index, count and chunk; a node hashes its
 * two children; a last child without a partner moves up unchanged.
 */
final class PartTree {
  /** Hashes on the way from one of {@link Parts#MAX_PARTS} leaves to the root. */
  static final int MAX_PATH = 8;

  private static final String LEAF = "beacon-cohort/1 part";
  private static final String NODE = "beacon-cohort/1 parts";

  private final List<List<Bytes>> levels = new ArrayList<>();

  PartTree(List<Bytes> chunks) {
    List<Bytes> level = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      level.add(leaf(i, chunks.size(), chunks.get(i)));
    }
    levels.add(level);
    while (level.size() > 1) {
      List<Bytes> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        next.add(i + 1 < level.size() ? node(level.get(i), level.get(i + 1)) : level.get(i));
      }
      levels.add(next);
      level = next;
    }
  }

  Bytes root() {
    return levels.getLast().getFirst();
  }

  /** The partners of leaf {@code index} and of what it becomes, from below. */
  List<Bytes> path(int index) {
    List<Bytes> path = new ArrayList<>();
    int at = index;
    for (List<Bytes> level : levels) {
      int partner = at ^ 1;
      if (partner < level.size()) {
        path.add(level.get(partner));
      }
      at /= 2;
    }
    return path;
  }

  /** Whether {@code path} leads from this chunk to {@code root}, using all its hashes. */
  static boolean leadsTo(Bytes root, int index, int count, List<Bytes> path, Bytes chunk) {
    Bytes hash = leaf(index, count, chunk);
    int used = 0;
    int at = index;
    for (int width = count; width > 1; width = (width + 1) / 2) {
      if ((at ^ 1) < width) {
        if (used == path.size()) {
          return false;
        }
        Bytes partner = path.get(used++);
        hash = at % 2 == 0 ? node(hash, partner) : node(partner, hash);
      }
      at /= 2;
    }
    return used == path.size() && hash.equals(root);
  }

  private static Bytes leaf(int index, int count, Bytes chunk) {
    byte[] place = ByteBuffer.allocate(8).putInt(index).putInt(count).array();
    return TaggedHash.hash(LEAF, Bytes.of(place), chunk);
  }

  private static Bytes node(Bytes left, Bytes right) {
    return TaggedHash.hash(NODE, left, right);
  }
}
