package org.beaconcohort.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.beaconcohort.adapter.progress.Progress;

/** Whom the members followed after the coordinator. Thread-safe. */
final class Leaders {
  private final SortedMap<Integer, String> leaders = new TreeMap<>();

  synchronized void told(Progress progress) {
    if (progress instanceof Progress.LeaderChanged changed) {
      leaders.put(
          changed.epoch(),
          changed
              .leader()
              .map(member -> member.dids().getFirst())
              .orElse("the successor that the terms name"));
    }
  }

  /** Their DIDs, in order; a named successor has none. */
  synchronized List<String> inOrder() {
    return leaders.entrySet().stream().map(Map.Entry::getValue).toList();
  }
}
