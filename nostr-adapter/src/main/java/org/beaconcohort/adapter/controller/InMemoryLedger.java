package org.beaconcohort.adapter.controller;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A ledger that ends with the process: only for DIDs that do too, as in a demo. Thread-safe; the
 * base of ledgers that keep what {@link #recorded} tells them.
 */
public class InMemoryLedger implements UpdateLedger {
  private final SortedMap<Integer, SignedUpdate> updates = new TreeMap<>();
  private final Set<CasAnnouncement> announcements = new LinkedHashSet<>();
  private final Set<Bytes> transactions = new LinkedHashSet<>();

  /** An empty ledger. */
  public InMemoryLedger() {}

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public final synchronized List<SignedUpdate> handedOut() {
    return List.copyOf(updates.values());
  }

  @Override
  public final synchronized List<CasAnnouncement> announcements() {
    return List.copyOf(announcements);
  }

  @Override
  public final synchronized List<Bytes> transactions() {
    return List.copyOf(transactions);
  }

  @Override
  public final synchronized void handOut(SignedUpdate update) {
    SignedUpdate before = updates.putIfAbsent(update.targetVersionId(), update);
    if (before == null) {
      kept(() -> updates.remove(update.targetVersionId()));
    } else if (!before.equals(update)) {
      throw new IllegalArgumentException(
          "update to version "
              + update.targetVersionId()
              + " must be the one handed out before, "
              + before.hash()
              + ", got "
              + update.hash());
    }
  }

  @Override
  public final synchronized void mayBeAnnounced(Bytes txid, List<CasAnnouncement> announcement) {
    Set<CasAnnouncement> newOnes = new LinkedHashSet<>(announcement);
    newOnes.removeAll(announcements);
    announcements.addAll(newOnes);
    boolean newTransaction = transactions.add(txid);
    if (newTransaction || !newOnes.isEmpty()) {
      kept(() -> {
        announcements.removeAll(newOnes);
        if (newTransaction) {
          transactions.remove(txid);
        }
      });
    }
  }

  /** What could not be kept is not remembered either: asked again, it would leave unrecorded. */
  private void kept(Runnable forget) {
    boolean done = false;
    try {
      recorded();
      done = true;
    } finally {
      if (!done) {
        forget.run();
      }
    }
  }

  /** Something was added. Called with this locked; throws if it cannot be kept. */
  protected void recorded() {}
}
