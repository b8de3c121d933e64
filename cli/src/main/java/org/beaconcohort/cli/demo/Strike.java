package org.beaconcohort.cli.demo;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;

/**
 * One fault that waits for its moment. It strikes on the thread of the party that tells it, so
 * whatever that party would do next it does not do before. Holds no lock meanwhile: whom it stops
 * may be telling something too.
 */
final class Strike {
  private final Fault fault;
  private final Report report;
  private final int members;
  private final CompletableFuture<Runnable> blow = new CompletableFuture<>();
  private final Set<String> tellers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean struck = new AtomicBoolean();

  Strike(Fault fault, Report report, int members) {
    this.fault = fault;
    this.report = report;
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
    if (moment.byEveryMember() && tellers.size() < members || struck.getAndSet(true)) {
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
    report.line("    -->    fault     " + fault.victim().struck());
    report.event(
        "fault",
        StrictJson.newObject()
            .put("name", fault.label())
            .put("what", fault.victim().struck())
            .put("toldBy", told.who()));
  }
}
