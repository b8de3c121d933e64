package org.beaconcohort.cohort.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.check.Attempts.Spend;
import org.beaconcohort.cohort.check.Journals.Fact;
import org.beaconcohort.cohort.check.Journals.Read;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;

/** Signatures by leaf A: whose, over which transaction, and whether it was claimed before. */
final class Leaves {
  /**
   * A transaction that leaf A of a key set may spend.
   *
   * @param script of the leaf
   * @param authors statement keys in slot order
   * @param round its id
   * @param spend the transaction
   * @param signal hash of its map
   */
  record Leaf(LeafScript script, List<Bytes> authors, Bytes round, Spend spend, Bytes signal) {
    /** T_A (2.6). */
    Bytes context() {
      return new Fields()
          .bytes(round)
          .bytes(spend.unsigned().serializeWithoutWitness())
          .bytes(number(1))
          .bytes(number(spend.prevout().value()))
          .bytes(spend.prevout().script())
          .bytes(script.hash())
          .bytes(signal)
          .hash("btcr2/leafA/v1");
    }

    private static Bytes number(long value) {
      return Bytes.of(ByteBuffer.allocate(8).putLong(value).array());
    }
  }

  private final Map<Bytes, Leaf> byContext = new HashMap<>();
  private final Map<Bytes, Set<Bytes>> signers = new HashMap<>();
  private final Map<Outpoint, Map<Bytes, Set<Bytes>>> byOutpoint = new HashMap<>();
  private final List<Finding> findings;

  Leaves(Attempts attempts, List<Finding> findings) {
    this.findings = findings;
    attempts.leaves().forEach(leaf -> byContext.put(leaf.context(), leaf));
  }

  /**
   * Checks claims and signatures.
   *
   * @param latches txids that each author claimed on the key path, by outpoint
   */
  void check(
      List<Event> events,
      Set<Bytes> forged,
      List<Read> journals,
      Map<Outpoint, Map<Bytes, Set<Bytes>>> latches) {
    latches.forEach((outpoint, byAuthor) ->
        byAuthor.forEach((author, txids) -> claim(outpoint, author).addAll(txids)));
    for (Read journal : journals) {
      for (Fact fact : journal.ever()) {
        if (fact.name().equals("LeafClaimed") && journal.author().isPresent()) {
          claimed(journal.author().get(), fact);
        }
      }
    }
    for (Event event : events) {
      if (event.kind().equals("LEAF_SIGNATURE")) {
        Leaf leaf = byContext.get(event.hex("context"));
        int slot = leaf == null ? -1 : leaf.authors().indexOf(event.author());
        if (leaf != null
            && slot >= 0
            && Schnorr.verify(
                leaf.script().keys().get(slot),
                leaf.script().sighash(leaf.spend().unsigned(), 0, leaf.spend().prevout()),
                event.hex("signature"))) {
          signers.computeIfAbsent(leaf.context(), c -> new HashSet<>()).add(event.author());
          if (!forged.contains(event.id())
              && journals.stream()
                  .filter(each -> each.isOf(event.author()))
                  .noneMatch(journal -> isClaimed(journal, event))) {
            findings.add(
                new Finding(
                    Invariant.CLAIM_BEFORE_SIGNATURE,
                    "leaf signature of "
                        + event.author()
                        + " is out, and no journal of it claims that before it holds the"
                        + " statement"));
          }
        }
      }
    }
    byOutpoint.forEach((outpoint, byAuthor) ->
        byAuthor.forEach((author, txids) -> {
          if (txids.size() > 1) {
            findings.add(
                new Finding(
                    Invariant.I2_ONE_TXID_PER_OUTPOINT,
                    author + " claimed " + txids + " on " + outpoint + " by key path and leaf A"));
          }
        }));
  }

  private void claimed(Bytes author, Fact fact) {
    Leaf leaf = byContext.get(Event.hex(fact.fields(), "context"));
    Bytes txid = Outpoint.ofDisplay(Event.text(fact.fields(), "txid"), 0).txid();
    if (leaf == null || !leaf.spend().txid().equals(txid)) {
      findings.add(
          new Finding(
              Invariant.I2_ONE_TXID_PER_OUTPOINT,
              author + " claimed txid " + txid + " by leaf A, which no answers make"));
      return;
    }
    claim(leaf.spend().outpoint(), author).add(txid);
  }

  private Set<Bytes> claim(Outpoint outpoint, Bytes author) {
    return byOutpoint
        .computeIfAbsent(outpoint, o -> new HashMap<>())
        .computeIfAbsent(author, a -> new HashSet<>());
  }

  private static boolean isClaimed(Read journal, Event event) {
    boolean claimed = false;
    for (Fact fact : journal.ever()) {
      if (fact.name().equals("LeafClaimed")) {
        claimed |= Event.hex(fact.fields(), "context").equals(event.hex("context"));
      } else if (fact.name().equals("Made")
          && Event.read(Event.text(fact.fields(), "statement")).id().equals(event.id())) {
        return claimed;
      }
    }
    return false;
  }

  /** Transactions that k have signed. */
  List<Spend> complete() {
    List<Spend> complete = new ArrayList<>();
    signers.forEach((context, authors) -> {
      Leaf leaf = Objects.requireNonNull(byContext.get(context));
      if (authors.size() >= leaf.script().k()) {
        complete.add(leaf.spend());
      }
    });
    return complete;
  }

  /** Members of key sets whose leaf may have made this transaction. */
  Set<Bytes> authorsOf(Bytes txid) {
    Set<Bytes> authors = new HashSet<>();
    byContext
        .values()
        .forEach(leaf -> {
          if (leaf.spend().txid().equals(txid)) {
            authors.addAll(leaf.authors());
          }
        });
    return authors;
  }
}
