package org.beaconcohort.cli.bench.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.beaconcohort.adapter.journal.Append;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.JournalStream;
import org.beaconcohort.adapter.journal.facts.ParticipantLedger;
import org.beaconcohort.adapter.journal.facts.PortJournal;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.record.NewRecord;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.journal.JournalRecord;
import org.beaconcohort.cohort.journal.ParticipantRecords;
import org.beaconcohort.cohort.journal.RecordCodec;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The stream of one member of a {@link PlayedCohort}, to be written and read anew.
 *
 * @param plan of the member
 * @param appends facts as they were appended, together or alone
 */
record MemberStream(ParticipantPlan plan, List<List<ParticipantFact>> appends) {
  private static final String IDENTITY = "bench";

  private static final RecordCodec<ParticipantFact> CODEC =
      ParticipantRecords.codec(new NostrStatementReader());

  /** The stream of any of its members. */
  static MemberStream of(PlayedCohort cohort) {
    Map.Entry<ParticipantPlan, List<WatchedJournals.Timed>> any =
        cohort.members().entrySet().iterator().next();
    return new MemberStream(
        any.getKey(), any.getValue().stream().map(WatchedJournals.Timed::facts).toList());
  }

  /** How many records it has. */
  int records() {
    return appends.stream().mapToInt(List::size).sum();
  }

  /** Bytes of payload in one append, on average. */
  int bytesPerAppend() {
    int bytes =
        appends.stream()
            .flatMap(List::stream)
            .mapToInt(fact -> CODEC.encode(fact).payload().size())
            .sum();
    return bytes / appends.size();
  }

  /** Takes the identity that all streams of the benchmark are written for. */
  static IdentityLease take(JournalStore store) {
    return store.acquire(IDENTITY, Holder.here(Bytes.of(new byte[16])));
  }

  /** The journal that a member's process has. */
  PortJournal<ParticipantFact> journal(JournalStore store, IdentityLease lease, String name) {
    return new PortJournal<>(store.stream(lease, name), CODEC, () -> new ParticipantLedger(plan));
  }

  /**
   * Puts another copy of the stream into a journal in one append. What it uses up is made up: as
   * many ledger rows as the real ones, and others in every copy.
   */
  void copy(JournalStore store, IdentityLease lease, int number) {
    ParticipantLedger ledger = new ParticipantLedger(plan);
    List<NewRecord> records = new ArrayList<>();
    List<LedgerEntry> entries = new ArrayList<>();
    for (List<ParticipantFact> append : appends) {
      entries.addAll(ledger.uses(append).entries());
      for (ParticipantFact fact : append) {
        JournalRecord encoded = CODEC.encode(fact);
        records.add(
            new NewRecord(
                encoded.type(), encoded.version(), encoded.payload(), ledger.retained(fact)));
        ledger.settled(fact);
      }
    }
    JournalStream stream = store.stream(lease, name(number));
    int unused = stream.replay().records().size();
    stream.append(
        new Append(
            records,
            entries.stream().map(entry -> another(entry, number)).collect(Collectors.toList()),
            List.of()));
  }

  /** Name of a copy. */
  static String name(int number) {
    return "copy " + number;
  }

  private static LedgerEntry another(LedgerEntry entry, int number) {
    return switch (entry) {
      case LedgerEntry.NonceOpened opened ->
          new LedgerEntry.NonceOpened(
              another(opened.slot(), number), twice(opened.publicNonce(), number));
      case LedgerEntry.NonceClaimed claimed ->
          new LedgerEntry.NonceClaimed(another(claimed.slot(), number), claimed.transcript());
      case LedgerEntry.OutpointLatched latched ->
          new LedgerEntry.OutpointLatched(
              latched.owner(),
              new Outpoint(hash(latched.outpoint().txid(), number), latched.outpoint().vout()),
              latched.txid());
      case LedgerEntry.UpdateCommitted committed ->
          new LedgerEntry.UpdateCommitted(
              committed.owner(),
              committed.did() + " copy " + number,
              committed.version(),
              committed.updateHash());
      default -> entry;
    };
  }

  private static LedgerEntry.Slot another(LedgerEntry.Slot slot, int number) {
    return new LedgerEntry.Slot(
        hash(slot.roundId(), number), slot.owner(), slot.instance(), slot.number());
  }

  private static Bytes twice(Bytes nonce, int number) {
    Bytes half = hash(nonce, number);
    return Bytes.ofHex("02" + half.hex() + "02" + half.hex());
  }

  private static Bytes hash(Bytes of, int number) {
    return FieldHash.of("bench-copy").bytes(of).number(number).hash();
  }
}
