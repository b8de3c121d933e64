package org.beaconcohort.adapter.nostr.profile;

import java.time.Duration;

/** Counts what is on its way, so that somebody can wait until nothing is. */
final class Outbox {
  private int underWay;

  synchronized void begin() {
    underWay++;
  }

  synchronized void end() {
    underWay--;
    notifyAll();
  }

  synchronized int underWay() {
    return underWay;
  }

  /** Waits, {@code patience} at most; whether nothing is on its way. */
  synchronized boolean awaitEmpty(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (underWay > 0) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
