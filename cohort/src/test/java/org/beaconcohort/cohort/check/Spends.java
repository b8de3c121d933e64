package org.beaconcohort.cohort.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Sighash;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.check.Attempts.Attempt;
import org.beaconcohort.cohort.check.Attempts.Spend;
import org.beaconcohort.cohort.check.Journals.Fact;
import org.beaconcohort.cohort.check.Journals.Read;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;

/** I2 and I3: the complete signatures of each outpoint, and who holds what they announce. */
final class Spends {
  private final Attempts attempts;
  private final Leaves leaves;
  private final List<Finding> findings;
  private final Map<Outpoint, Set<Bytes>> txids = new HashMap<>();

  Spends(Attempts attempts, Leaves leaves, List<Finding> findings) {
    this.attempts = attempts;
    this.leaves = leaves;
    this.findings = findings;
  }

  /** Ids of the transactions that are completely signed. */
  Set<Bytes> complete() {
    Set<Bytes> all = new HashSet<>();
    txids.values().forEach(all::addAll);
    return all;
  }

  /** I2: by n partial signatures, by a final statement, by the chain. */
  void checkTxids(List<Spend> signed, List<Event> events, List<Transaction> chain) {
    signed.forEach(spend -> add(spend.outpoint(), spend.txid()));
    for (Event event : events) {
      if (event.kind().equals("FINAL")) {
        for (Attempt attempt : attempts.of(event.hex("transcript"))) {
          attempt.spends().stream()
              .filter(spend -> verifies(spend, event.hex("signature")))
              .forEach(spend -> add(spend.outpoint(), spend.txid()));
        }
      }
    }
    Map<Outpoint, TxOutput> outpoints = attempts.outpoints();
    for (Transaction transaction : chain) {
      for (int i = 0; i < transaction.inputs().size(); i++) {
        Transaction.Input input = transaction.inputs().get(i);
        TxOutput prevout = outpoints.get(input.outpoint());
        if (prevout == null) {
          continue;
        }
        add(input.outpoint(), transaction.txid());
        Bytes sighash = Sighash.keyPath(transaction, i, List.of(prevout), Sighash.DEFAULT);
        if (!LeafScript.spends(transaction, i, prevout)
            && !Schnorr.verify(prevout.script().slice(2, 34), sighash, input.witness().get(0))) {
          find(Invariant.I2_ONE_TXID_PER_OUTPOINT, transaction.txid() + " is not signed");
        }
      }
    }
    txids.forEach((outpoint, found) -> {
      if (found.size() > 1) {
        find(
            Invariant.I2_ONE_TXID_PER_OUTPOINT,
            outpoint + " has " + found.size() + " completely signed txids: " + found);
      }
    });
  }

  private static boolean verifies(Spend spend, Bytes signature) {
    return Schnorr.verify(spend.prevout().script().slice(2, 34), spend.sighash(), signature);
  }

  private void add(Outpoint outpoint, Bytes txid) {
    txids.computeIfAbsent(outpoint, o -> new LinkedHashSet<>()).add(txid);
  }

  /** I3, for every member but those whose journal was found to be rolled back. */
  int checkBundles(List<Transaction> chain, List<Event> events, List<Read> journals) {
    int signals = 0;
    for (Transaction transaction : chain) {
      Set<Bytes> authors = new LinkedHashSet<>();
      for (Attempt attempt : attempts.all()) {
        if (attempt.spends().stream().anyMatch(s -> s.txid().equals(transaction.txid()))) {
          authors.addAll(attempt.authors());
        }
      }
      authors.addAll(leaves.authorsOf(transaction.txid()));
      signals += authors.isEmpty() ? 0 : 1;
      Bytes script = transaction.lastOutput().script();
      // By leaf A some members are absent: relays keep it for them (R19).
      boolean byLeaf = transaction.inputs().get(0).witness().size() > 1;
      boolean posted =
          byLeaf
              && events.stream()
                  .filter(event -> event.kind().equals("BUNDLE"))
                  .anyMatch(event ->
                      Attempts.signal(List.of(event)).equals(script.slice(2, script.size())));
      for (Bytes author : authors) {
        List<Read> own = journals.stream().filter(journal -> journal.isOf(author)).toList();
        boolean halted = own.stream().anyMatch(journal -> journal.last("RolledBack").isPresent());
        if (!halted
            && !posted
            && own.stream().noneMatch(journal -> holds(journal, script.slice(2, script.size())))) {
          find(
              Invariant.I3_BUNDLE_IS_HELD,
              "member "
                  + author
                  + " does not hold what "
                  + transaction.txid()
                  + " announces, "
                  + script);
        }
      }
    }
    return signals;
  }

  /** The map whose hash is the signal, and the own update that it names. */
  private static boolean holds(Read journal, Bytes signal) {
    for (Fact fact : journal.facts()) {
      if (fact.fields().has("bundle")) {
        Map<String, String> map = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : fact.fields().path("bundle").properties()) {
          map.put(each.getKey(), each.getValue().asText());
        }
        if (Event.sha256(Attempts.canonical(map)).equals(signal)) {
          return true;
        }
      }
    }
    return false;
  }

  private void find(Invariant invariant, String what) {
    findings.add(new Finding(invariant, what));
  }
}
