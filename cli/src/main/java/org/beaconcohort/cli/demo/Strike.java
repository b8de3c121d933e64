package org.beaconcohort.cli.demo;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One fault that waits for its moment. It strikes on the thread of the party that tells it, so
 * whatever that party would do next it does not do before. Holds no lock meanwhile: whom it stops
 * may be telling something too.
 */
final class Strike {
  private final Fault fault;
  private final Consumer<String> struckAt;
  private final int members;
  private final CompletableFuture<Runnable> blow = new CompletableFuture<>();
  private final Set<String> tellers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean struck = new AtomicBoolean();

  /**
   * A fault for its moment.
   *
   * @param struckAt hears once that it has struck, and whose progress was the moment
   */
  Strike(Fault fault, int members, Consumer<String> struckAt) {
    this.fault = fault;
    this.struckAt = struckAt;
    this.members = members;
  }

  /** From now on all parties are there, and {@code what} takes the victim away. */
  void armed(Runnable what) {
    blow.complete(what);
  }

  boolean struck() {
    return struck.get();
  }

  void told(Told told) {
    Moment moment = fault.moment();
    if (struck.get() || !moment.told().test(told)) {
      return;
    }
    tellers.add(told.who());
    if ((moment.byEveryMember() && tellers.size() < members) || struck.getAndSet(true)) {
      return;
    }
    try {
      blow.get().run();
    } catch (InterruptedException closing) {
      // The demo ends before all its parties were there.
      Thread.currentThread().interrupt();
      return;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("never completed so", impossible);
    }
    struckAt.accept(told.who());
  }
}
