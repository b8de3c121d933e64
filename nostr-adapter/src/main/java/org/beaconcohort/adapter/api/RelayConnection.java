package org.beaconcohort.adapter.api;

import java.time.Duration;
import java.util.List;
import org.beaconcohort.cohort.port.Transport;

/** One party's connections to all its relays. */
public interface RelayConnection extends AutoCloseable {
  /** What may go wrong; called from any thread. */
  interface Events {
    /** A statement did not reach enough relays, or could not be sent at all. */
    void notPublished(String detail);

    /** A receiver threw. */
    void fault(RuntimeException fault);
  }

  /** What statements travel by. */
  Transport transport();

  /** Why no relay is connected, one line each; empty while at least one is. */
  List<String> outage();

  /** Waits until everything published has arrived or was given up, {@code patience} at most. */
  void flush(Duration patience) throws InterruptedException;

  @Override
  void close();
}
