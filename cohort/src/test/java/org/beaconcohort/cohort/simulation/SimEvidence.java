package org.beaconcohort.cohort.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.beaconcohort.cohort.check.Evidence;
import org.beaconcohort.cohort.journal.JournalRecord;
import org.beaconcohort.musig2.bytes.Bytes;

/** Puts together what a simulation leaves behind. */
final class SimEvidence {
  private final List<String> events = new ArrayList<>();
  private final Set<Bytes> forged = new HashSet<>();
  private final List<Evidence.Journal> journals = new ArrayList<>();
  private final List<Bytes> transactions = new ArrayList<>();

  SimEvidence network(SimNetwork network, Set<Bytes> madeByOthers) {
    events.addAll(network.carried());
    forged.addAll(madeByOthers);
    return this;
  }

  SimEvidence chain(SimChain chain) {
    chain.spends().forEach(spend -> transactions.add(spend.serialize()));
    return this;
  }

  void party(String name, SimParty<?, ?> party) {
    journals.add(
        new Evidence.Journal(
            name, kept(party.journal().records()), kept(party.journal().ever()), party.life()));
  }

  void all(Evidence other) {
    events.addAll(other.events());
    forged.addAll(other.forged());
    journals.addAll(other.journals());
    transactions.addAll(other.transactions());
  }

  Evidence evidence() {
    return new Evidence(events, forged, journals, transactions);
  }

  private static List<Evidence.Kept> kept(List<JournalRecord> records) {
    return records.stream()
        .map(record ->
            new Evidence.Kept(
                record.type(), new String(record.payload().toArray(), StandardCharsets.UTF_8)))
        .toList();
  }
}
