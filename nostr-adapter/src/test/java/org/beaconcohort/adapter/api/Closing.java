package org.beaconcohort.adapter.api;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a class of tests has opened, to be closed at once when it is over: runs before relays. */
final class Closing implements AutoCloseable {
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

  /** Closes it in the end. */
  <T extends AutoCloseable> T later(T one) {
    open.add(one);
    return one;
  }

  @Override
  public void close() {
    closeAll(open.stream().filter(RelayScene.class::isInstance).toList());
    closeAll(open.stream().filter(each -> !(each instanceof RelayScene)).toList());
  }

  private static void closeAll(List<AutoCloseable> some) {
    List<Thread> threads =
        some.stream().map(each -> Thread.ofVirtual().start(() -> close(each))).toList();
    for (Thread each : threads) {
      try {
        each.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void close(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
