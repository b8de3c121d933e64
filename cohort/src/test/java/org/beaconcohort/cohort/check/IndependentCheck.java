package org.beaconcohort.cohort.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.check.Attempts.Spend;
import org.beaconcohort.cohort.check.Journals.Read;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Reads what a scenario left behind and says which invariants it breaks. What it computes: for each
 * public nonce the T and partial signatures it was used for, for each outpoint the txids that are
 * completely signed, for each signal who holds what it announces, for each DID and version the
 * update hashes that left a member, for each party its end.
 */
public final class IndependentCheck {
  /**
   * What was found, and how much was looked at.
   *
   * @param findings none if everything holds
   * @param nonces public nonces that signed something
   * @param txids transactions that are completely signed
   * @param signals broadcast ones whose bundles were looked for
   * @param updates update hashes that left a member
   * @param ends parties that ended
   */
  public record Result(
      List<Finding> findings, int nonces, int txids, int signals, int updates, int ends) {
    /** Copies the list. */
    public Result {
      findings = List.copyOf(findings);
    }
  }

  private IndependentCheck() {}

  /** Everything, of a scenario that has ended. */
  public static Result of(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    List<Read> journals = Journals.read(evidence.journals());
    List<Event> events = events(evidence, journals);
    Set<Bytes> forged = evidence.forged();
    List<Transaction> chain = evidence.transactions().stream().map(Transaction::parse).toList();
    Attempts attempts = new Attempts(events);
    Signatures signatures = new Signatures(attempts, journals, findings);
    signatures.check(events, forged);
    Leaves leaves = new Leaves(attempts, findings);
    leaves.check(events, forged, journals, signatures.latches());
    Spends spends = new Spends(attempts, leaves, findings);
    List<Spend> complete = new ArrayList<>(signatures.complete());
    complete.addAll(leaves.complete());
    spends.checkTxids(complete, events, chain);
    int signals = spends.checkBundles(chain, events, journals);
    int updates = new Updates(findings).check(events, forged, journals);
    Ends ends = new Ends(findings);
    int ended = ends.checkReasons(journals, spends.complete());
    ends.checkTime(journals, events);
    return new Result(
        findings, signatures.usedNonces(), spends.complete().size(), signals, updates, ended);
  }

  /** Every output that somebody proposed to spend. */
  public static Set<Outpoint> outpoints(Evidence evidence) {
    return new Attempts(events(evidence, Journals.read(evidence.journals()))).outpoints().keySet();
  }

  /** Fails with every finding, if there is one. */
  public static Result require(Evidence evidence, String where) {
    Result result = of(evidence);
    assertEquals(List.of(), result.findings(), where);
    return result;
  }

  /** What relays carried and what anybody kept, each once. */
  private static List<Event> events(Evidence evidence, List<Read> journals) {
    Set<String> texts = new LinkedHashSet<>(evidence.events());
    journals.forEach(journal -> texts.addAll(Journals.events(journal.ever())));
    Map<Bytes, Event> events = new LinkedHashMap<>();
    for (String text : texts) {
      Event event = Event.read(text);
      events.putIfAbsent(event.id(), event);
    }
    return List.copyOf(events.values());
  }
}
