package org.beaconcohort.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.report.Brief;

/** Whom the members followed after the coordinator. Thread-safe. */
final class Leaders {
  private final SortedMap<Integer, String> leaders = new TreeMap<>();

  synchronized void told(String who, Progress progress) {
    if (progress instanceof Progress.LeaderChanged changed) {
      if (changed.own()) {
        leaders.put(changed.epoch(), who);
      } else {
        leaders.putIfAbsent(changed.epoch(), "member " + Brief.hex(changed.leader().hex()));
      }
    }
  }

  /** In order: the DID of a leader that said so itself, else its key for statements in short. */
  synchronized List<String> inOrder() {
    return leaders.entrySet().stream().map(Map.Entry::getValue).toList();
  }
}
