package org.beaconcohort.cohort.simulation;

import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.cohort.simulation.SimJournal.Crashes;
import org.beaconcohort.cohort.simulation.SimJournal.Moment;
import org.beaconcohort.musig2.bytes.Bytes;

/** Sealed nonces that outlive a process; writing and deleting may take the process down. */
public final class SimSealedNonces implements SealedNonces {
  private final TreeMap<Id, Bytes> records = new TreeMap<>();
  private Crashes crashes = write -> Moment.NEVER;
  private int failures;
  private int writes;
  private int taken;

  /** From now on some writes, deletions among them, end the process. */
  public void crash(Crashes some) {
    crashes = some;
  }

  /** The next so many deletions fail while the process lives on. */
  public void failToDelete(int times) {
    failures = times;
  }

  @Override
  public Set<Id> held() {
    return Set.copyOf(records.keySet());
  }

  @Override
  public void put(Id id, Bytes sealed) {
    write(() -> {
      if (records.putIfAbsent(id, sealed) != null) {
        throw new IllegalStateException("nonce " + id + " is sealed already");
      }
    });
  }

  @Override
  public Optional<Bytes> take(Id id) {
    Optional<Bytes> found = Optional.ofNullable(records.get(id));
    if (failures > 0) {
      failures--;
      throw new PortFailure("record " + id + " must be deleted, the disk is read-only", true);
    }
    if (found.isPresent()) {
      write(() -> records.remove(id));
      taken++;
    }
    return found;
  }

  /** Records that were taken so far. */
  public int taken() {
    return taken;
  }

  private void write(Runnable change) {
    Moment moment = crashes.at(++writes);
    if (moment == Moment.BEFORE) {
      throw new SimJournal.Crash();
    }
    change.run();
    if (moment == Moment.AFTER) {
      throw new SimJournal.Crash();
    }
  }
}
