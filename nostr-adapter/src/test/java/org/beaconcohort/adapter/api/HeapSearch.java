package org.beaconcohort.adapter.api;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.beaconcohort.musig2.bytes.Bytes;

/** Looks for many byte strings in a file at once. */
final class HeapSearch {
  private static final int WINDOW = 8;

  private record Pattern(String name, Bytes bytes) {}

  private final Map<Long, List<Pattern>> byStart = new HashMap<>();
  private final boolean[] starts = new boolean[1 << 16];
  private int patterns;

  /** Looks for a secret in every form. */
  void add(KnownSecret secret) {
    for (KnownSecret.Form form : KnownSecret.Form.values()) {
      add(secret.name() + " " + form, form.bytes(secret.bytes().toArray()));
    }
  }

  private void add(String name, byte[] bytes) {
    long start = 0;
    for (int i = 0; i < WINDOW; i++) {
      start = (start << 8) | (bytes[i] & 0xff);
    }
    byStart
        .computeIfAbsent(start, fresh -> new ArrayList<>())
        .add(new Pattern(name, Bytes.of(bytes)));
    starts[(int) (start & 0xffff)] = true;
    patterns++;
  }

  int patterns() {
    return patterns;
  }

  /** Names of what is there. */
  Set<String> in(Path file) throws IOException {
    Set<String> found = new TreeSet<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MappedByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      long window = 0;
      for (int at = 0; at < all.limit(); at++) {
        window = (window << 8) | (all.get(at) & 0xff);
        if (starts[(int) (window & 0xffff)]) {
          for (Pattern pattern : byStart.getOrDefault(window, List.of())) {
            if (isAt(all, at - WINDOW + 1, pattern.bytes())) {
              found.add(pattern.name());
            }
          }
        }
      }
    }
    return found;
  }

  private static boolean isAt(MappedByteBuffer all, int from, Bytes bytes) {
    if (from < 0 || all.limit() - from < bytes.size()) {
      return false;
    }
    byte[] there = new byte[bytes.size()];
    all.get(from, there);
    return Bytes.of(there).equals(bytes);
  }
}
