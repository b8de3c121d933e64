package org.beaconcohort.adapter.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.JournalStream;
import org.beaconcohort.adapter.journal.archive.JournalImport;
import org.beaconcohort.adapter.journal.facts.CoordinatorLedger;
import org.beaconcohort.adapter.journal.facts.ParticipantLedger;
import org.beaconcohort.adapter.journal.facts.PortJournal;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.record.StreamHead;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorMachine;
import org.beaconcohort.cohort.coordinator.CoordinatorPlan;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.journal.CoordinatorRecords;
import org.beaconcohort.cohort.journal.ParticipantRecords;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.participant.OwnNonces;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantMachine;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.Journal;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Journals of a past version: a folder named by the commit that wrote them, with exports ({@code
 * NAME.jsonl.gz}) and, in {@code expected.json}, who wrote each stream and every state that its
 * records must lead through.
 */
final class PastJournals {
  private static final String EXPECTED = "expected.json";
  private static final JsonLimits LIMITS = new JsonLimits(1024 * 1024, 16);
  private static final Bytes THIS_PROCESS = Bytes.of(new byte[16]);
  private static final JoinPolicy POLICY =
      new JoinPolicy(
          Network.REGTEST, Bytes.EMPTY, 1, 20_000, Instant.MAX, JoinPolicy.Fallback.NONE);

  private final Path work;

  /** Works in {@code work}, where databases are made. */
  PastJournals(Path work) {
    this.work = work;
  }

  /** Makes a folder of this version's journals; gives how many streams there are. */
  int write(Path folder) throws Exception {
    Path exports = Files.createDirectory(work.resolve("exports"));
    Map<String, PastRounds.Writer> writers =
        PastRounds.write(exports, Files.createDirectory(work.resolve("rounds")));
    Files.createDirectories(folder);
    ArrayNode streams = StrictJson.newArray();
    for (Path export : list(exports, ".jsonl")) {
      String name = export.getFileName() + ".gz";
      try (InputStream in = Files.newInputStream(export);
          OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
        long unused = in.transferTo(out);
      }
      try (JournalStore store = imported(export)) {
        for (StreamHead head : store.streams()) {
          ObjectNode stream = streams.addObject();
          stream.put("file", name).put("stream", head.stream());
          writer(stream.putObject("writer"), Objects.requireNonNull(writers.get(head.stream())));
          stream.set("replay", replay(store, head, stream.path("writer")));
        }
      }
    }
    ObjectNode expected = StrictJson.newObject();
    expected.set("streams", streams);
    Files.writeString(folder.resolve(EXPECTED), expected.toPrettyString() + "\n");
    return streams.size();
  }

  /** What every stream of a folder leads to, and what it must. */
  record Compared(String stream, String expected, String found) {}

  /** Imports every export of a folder into a fresh database and folds each stream. */
  List<Compared> replay(Path folder) throws IOException {
    ObjectNode expected =
        StrictJson.parseObject(Files.readString(folder.resolve(EXPECTED)), LIMITS, EXPECTED);
    List<Compared> compared = new ArrayList<>();
    for (Path file : list(folder, ".jsonl.gz")) {
      Path export = Files.createTempFile(work, "past", ".jsonl");
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        Files.write(export, in.readAllBytes());
      }
      try (JournalStore store = imported(export)) {
        for (var stream : expected.path("streams")) {
          if (stream.path("file").asText().equals(file.getFileName().toString())) {
            String name = stream.path("stream").asText();
            StreamHead head =
                store.streams().stream()
                    .filter(each -> each.stream().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " must be in " + file));
            String found = replay(store, head, stream.path("writer")).toString();
            compared.add(
                new Compared(file.getFileName() + " " + name, stream.path("replay") + "", found));
          }
        }
      }
    }
    if (compared.size() != expected.path("streams").size()) {
      throw new AssertionError("streams must be as many as expected, got " + compared.size());
    }
    return compared;
  }

  static List<Path> list(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private JournalStore imported(Path export) throws IOException {
    Path database = Files.createTempDirectory(work, "past").resolve("fresh.db");
    JournalStore store = JournalStore.open(database.toString(), JournalSettings.defaults());
    var unused = JournalImport.read(store, export);
    return store;
  }

  private static void writer(ObjectNode json, PastRounds.Writer writer) {
    json.put("statementKey", writer.statementKey().hex())
        .put("cohortKey", writer.cohortKey().hex())
        .put("inboxKey", writer.inboxKey().hex())
        .put("custody", writer.custody().name());
  }

  /** Takes the identity and reads the stream as a run would. */
  private static ObjectNode replay(
      JournalStore store, StreamHead head, com.fasterxml.jackson.databind.JsonNode writer) {
    Bytes key = Bytes.ofHex(writer.path("statementKey").asText());
    try (IdentityLease lease = store.acquire(head.identity(), Holder.here(THIS_PROCESS))) {
      JournalStream stream = store.stream(lease, head.stream());
      if (head.stream().startsWith("coordinator/")) {
        Journal<CoordinatorFact> journal =
            new PortJournal<>(
                stream,
                CoordinatorRecords.codec(new NostrStatementReader()),
                () -> new CoordinatorLedger(key));
        List<CoordinatorFact> facts = journal.replay();
        CoordinatorPlan plan = new CoordinatorPlan(key, "past", terms(facts), 2_000);
        return fold(new CoordinatorMachine(plan), facts);
      }
      ParticipantPlan plan =
          new ParticipantPlan(
              key,
              Bytes.ofHex(writer.path("cohortKey").asText()),
              Bytes.ofHex(writer.path("inboxKey").asText()),
              THIS_PROCESS,
              List.of(),
              POLICY,
              new OwnNonces(NonceCustody.valueOf(writer.path("custody").asText()), Set.of()));
      Journal<ParticipantFact> journal =
          new PortJournal<>(
              stream,
              ParticipantRecords.codec(new NostrStatementReader()),
              () -> new ParticipantLedger(plan));
      return fold(new ParticipantMachine(plan), journal.replay());
    }
  }

  private static CohortTerms terms(List<CoordinatorFact> facts) {
    return facts.get(0) instanceof CoordinatorFact.Made made
            && made.statement().body() instanceof Announcement announcement
        ? announcement.terms()
        : fail("first fact must be the announcement, got " + facts.get(0));
  }

  private static CohortTerms fail(String why) {
    throw new AssertionError(why);
  }

  /** The names of all states, and how the last one ended; a run could go on from each of them. */
  private static <S, F> ObjectNode fold(Machine<S, F> machine, List<F> facts) {
    ObjectNode replay = StrictJson.newObject().put("records", facts.size());
    ArrayNode states = replay.putArray("states");
    S state = machine.initial();
    for (F fact : facts) {
      state = machine.evolve(state, fact);
      states.add(state.getClass().getSimpleName());
      machine
          .resume(state)
          .forEach(effect -> {
            if (effect.getClass().getSimpleName().equals("Sign")) {
              throw new AssertionError("nothing is signed after a restart (N6)");
            }
          });
    }
    return replay.put("end", end(state));
  }

  private static String end(Object state) {
    return switch (state) {
      case CoordinatorState.Closed closed -> outcome(closed.outcome());
      case ParticipantState.Closed closed -> outcome(closed.outcome());
      case ParticipantState.RolledBack back -> back.code().name();
      case CoordinatorState.RolledBack back -> back.code().name();
      default -> "open";
    };
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Anchored anchored -> "anchored by " + anchored.txid();
      case Outcome.SucceededBy next -> "succeeded by " + next.address() + " " + next.txid();
      case Outcome.Failed failed -> "failed: " + failed.code();
      case Outcome.AnchoredAlone alone -> "anchored alone: " + alone.txids() + " " + alone.code();
      case Outcome.MayStillConfirm open -> "may still confirm: " + open.txid() + " " + open.code();
      case Outcome.Halted halted -> "halted: " + halted.code();
    };
  }
}
