package org.beaconcohort.adapter.nostr.profile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.beaconcohort.cohort.message.SignedStatement;

/**
 * Those who receive one kind of thing, and what there was of it, so that a receiver who comes later
 * gets that too.
 */
final class Topic {
  private static final int MAX_KEPT = 10_000;

  private final List<Consumer<SignedStatement>> receivers = new ArrayList<>();
  private final Deque<SignedStatement> kept = new ArrayDeque<>();

  void add(Consumer<SignedStatement> receiver) {
    receivers.add(receiver);
    List.copyOf(kept).forEach(receiver);
  }

  void deliver(SignedStatement statement) {
    kept.add(statement);
    if (kept.size() > MAX_KEPT) {
      kept.remove();
    }
    List.copyOf(receivers).forEach(receiver -> receiver.accept(statement));
  }

  void clear() {
    receivers.clear();
    kept.clear();
  }
}
