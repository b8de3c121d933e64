package org.beaconcohort.cohort.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.check.Attempts.Attempt;
import org.beaconcohort.cohort.check.Attempts.Spend;
import org.beaconcohort.cohort.check.Journals.Fact;
import org.beaconcohort.cohort.check.Journals.Read;
import org.beaconcohort.musig2.bytes.Bytes;

/** I1 and the claims: which T and which partial signature each public nonce was used for. */
final class Signatures {
  /** A partial signature, wherever it was seen. */
  private record Partial(Bytes author, Bytes transcript, Bytes signature, String seen) {}

  /** A sealed nonce's claim, said to everybody (N7). */
  private record Claim(Bytes author, Bytes transcript) {}

  /** What a public nonce was used for. */
  private record Use(Bytes transcript, Bytes signature) {}

  private final Attempts attempts;
  private final List<Read> journals;
  private final List<Finding> findings;
  private final Map<Bytes, Set<Use>> uses = new HashMap<>();
  private final Map<Bytes, Set<Bytes>> claims = new HashMap<>();
  private final Map<Outpoint, Map<Bytes, Set<Bytes>>> latches = new HashMap<>();
  private final Map<Attempt, Map<Bytes, Set<Integer>>> signed = new HashMap<>();

  Signatures(Attempts attempts, List<Read> journals, List<Finding> findings) {
    this.attempts = attempts;
    this.journals = journals;
    this.findings = findings;
  }

  /** Public nonces that a signature was found for. */
  int usedNonces() {
    return uses.size();
  }

  /** Txids that each author claimed on the key path, by outpoint. */
  Map<Outpoint, Map<Bytes, Set<Bytes>>> latches() {
    return latches;
  }

  void check(List<Event> events, Set<Bytes> forged) {
    for (Read journal : journals) {
      journal.author().ifPresent(author -> readJournal(author, journal));
    }
    Set<Claim> said = new HashSet<>();
    for (Event event : events) {
      if (event.kind().equals("CLAIM") && !forged.contains(event.id())) {
        said.add(new Claim(event.author(), event.hex("transcript")));
        attempts
            .nonceOf(event.hex("nonce"))
            .ifPresent(nonce ->
                claims
                    .computeIfAbsent(nonce, n -> new LinkedHashSet<>())
                    .add(event.hex("transcript")));
      }
      if (event.kind().equals("PARTIAL_SIGNATURE")) {
        Partial partial =
            new Partial(
                event.author(), event.hex("transcript"), event.hex("signature"), "" + event.id());
        if (forged.contains(event.id())) {
          attempts.of(partial.transcript()).forEach(attempt -> complete(attempt, partial));
        } else if (attempts.isMember(event.author())) {
          requireClaim(event, partial);
          if (attempts.seals(partial.author())
              && !said.contains(new Claim(partial.author(), partial.transcript()))) {
            find(
                Invariant.CLAIM_BEFORE_SIGNATURE,
                partial.seen()
                    + " signs with a sealed nonce that was not said to be claimed before");
          }
          use(partial);
        }
      }
    }
    uses.forEach((nonce, found) -> {
      if (found.size() > 1) {
        find(
            Invariant.I1_ONE_TRANSCRIPT_PER_NONCE,
            "public nonce " + nonce + " has " + found.size() + " signatures: " + found);
      }
    });
    claims.forEach((nonce, found) -> {
      if (found.size() > 1) {
        find(
            Invariant.I1_ONE_TRANSCRIPT_PER_NONCE,
            "public nonce " + nonce + " is claimed for " + found.size() + " T: " + found);
      }
    });
    latches.forEach((outpoint, byAuthor) ->
        byAuthor.forEach((author, txids) -> {
          if (txids.size() > 1) {
            find(
                Invariant.I2_ONE_TXID_PER_OUTPOINT,
                author + " claimed " + txids.size() + " txids on " + outpoint + ": " + txids);
          }
        }));
  }

  /** Claims in order, and the signature that follows each. */
  private void readJournal(Bytes author, Read journal) {
    Optional<Bytes> claimed = Optional.empty();
    for (Fact fact : journal.ever()) {
      switch (fact.name()) {
        case "Claimed" -> {
          Bytes transcript = Event.hex(fact.fields(), "transcript");
          claimed = Optional.of(transcript);
          claim(
              author,
              transcript,
              Outpoint.ofDisplay(Event.text(fact.fields(), "txid"), 0).txid(),
              journal);
        }
        case "PartialRecorded" -> {
          Bytes signature = Event.hex(fact.fields(), "signature");
          if (claimed.isEmpty()) {
            find(
                Invariant.CLAIM_BEFORE_SIGNATURE,
                journal.party() + " recorded signature " + signature + " without a claim");
          } else {
            use(new Partial(author, claimed.get(), signature, journal.party()));
          }
        }
        default -> {}
      }
    }
  }

  private void claim(Bytes author, Bytes transcript, Bytes txid, Read journal) {
    List<Attempt> found = mine(author, transcript);
    if (found.isEmpty()) {
      find(
          Invariant.I1_ONE_TRANSCRIPT_PER_NONCE,
          journal.party() + " claimed " + transcript + ", which no proposal makes");
    }
    boolean named = false;
    for (Attempt attempt : found) {
      claims
          .computeIfAbsent(attempt.nonces().get(attempt.slotOf(author)), n -> new LinkedHashSet<>())
          .add(transcript);
      for (Spend spend : attempt.spends()) {
        named |= spend.txid().equals(txid);
        latches
            .computeIfAbsent(spend.outpoint(), o -> new HashMap<>())
            .computeIfAbsent(author, a -> new LinkedHashSet<>())
            .add(txid);
      }
    }
    if (!named && !found.isEmpty()) {
      find(
          Invariant.I2_ONE_TXID_PER_OUTPOINT,
          journal.party() + " claimed txid " + txid + ", which T " + transcript + " is not about");
    }
  }

  private void requireClaim(Event event, Partial partial) {
    List<Read> own = journals.stream().filter(each -> each.isOf(partial.author())).toList();
    boolean claimed = own.stream().anyMatch(journal -> isClaimed(journal, event, partial));
    if (!claimed) {
      find(
          Invariant.CLAIM_BEFORE_SIGNATURE,
          "signature "
              + partial.signature()
              + " for T "
              + partial.transcript()
              + " is out, and no journal of "
              + partial.author()
              + " claims that T before it holds the statement");
    }
  }

  /** The claim, and only then the statement. */
  private static boolean isClaimed(Read journal, Event event, Partial partial) {
    boolean claimed = false;
    for (Fact fact : journal.ever()) {
      if (fact.name().equals("Claimed")) {
        claimed |= Event.hex(fact.fields(), "transcript").equals(partial.transcript());
      } else if (fact.name().equals("Made")
          && Event.id(Event.text(fact.fields(), "statement")).equals(event.id())) {
        return claimed;
      }
    }
    return false;
  }

  private void use(Partial partial) {
    List<Attempt> found = mine(partial.author(), partial.transcript());
    if (found.isEmpty()) {
      find(
          Invariant.I1_ONE_TRANSCRIPT_PER_NONCE,
          partial.seen() + " signs T " + partial.transcript() + ", which no proposal makes");
    }
    boolean right = false;
    for (Attempt attempt : found) {
      uses.computeIfAbsent(
              attempt.nonces().get(attempt.slotOf(partial.author())), n -> new LinkedHashSet<>())
          .add(new Use(partial.transcript(), partial.signature()));
      right |= complete(attempt, partial);
    }
    if (!right && !found.isEmpty()) {
      find(
          Invariant.I1_ONE_TRANSCRIPT_PER_NONCE,
          partial.seen()
              + " is no signature with the nonce that T "
              + partial.transcript()
              + " names");
    }
  }

  private boolean complete(Attempt attempt, Partial partial) {
    int slot = attempt.slotOf(partial.author());
    Optional<Spend> spend =
        slot < 0 ? Optional.empty() : attempt.signedBy(slot, partial.signature());
    spend.ifPresent(found ->
        signed
            .computeIfAbsent(attempt, a -> new HashMap<>())
            .computeIfAbsent(found.txid(), t -> new TreeSet<>())
            .add(slot));
    return spend.isPresent();
  }

  private List<Attempt> mine(Bytes author, Bytes transcript) {
    return attempts.of(transcript).stream().filter(attempt -> attempt.slotOf(author) >= 0).toList();
  }

  /** Transactions that n of n have signed. */
  List<Spend> complete() {
    List<Spend> complete = new ArrayList<>();
    signed.forEach((attempt, byTxid) ->
        byTxid.forEach((txid, slots) -> {
          if (slots.size() == attempt.keys().size()) {
            attempt.spends().stream()
                .filter(spend -> spend.txid().equals(txid))
                .forEach(complete::add);
          }
        }));
    return complete;
  }

  private void find(Invariant invariant, String what) {
    findings.add(new Finding(invariant, what));
  }
}
