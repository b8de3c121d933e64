package org.beaconcohort.cli.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.beaconcohort.adapter.journal.Append;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.JournalStream;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.LedgerConflictException;
import org.beaconcohort.cli.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator can see of a journal, and do about it. */
final class JournalCommandTest {
  private static final List<String> LOOKING = List.of("check", "list", "stats", "halts");

  @TempDir private Path directory;

  private KeptJournal kept() {
    return new KeptJournal(directory).filled();
  }

  private Shell journal(String command, String... more) {
    List<String> words = new ArrayList<>(List.of("journal", command, "--journal"));
    words.add(directory.resolve("alice.key.journal").toString());
    words.addAll(Arrays.asList(more));
    return Shell.run(words.toArray(new String[0]));
  }

  private static ObjectNode last(Shell shell) {
    return shell.lines().getLast();
  }

  private static void refused(String code, int exit, Shell shell) {
    assertEquals(exit, shell.status(), shell.all());
    assertTrue(shell.err().contains("beacon-cohort: " + code + ": "), shell.err());
    assertTrue(shell.err().contains("\n  next: "), shell.err());
  }

  @Test
  void whatIsInAJournalIsListedAndCounted() {
    KeptJournal unused = kept();
    Shell list = journal("list", "--json");
    assertEquals(0, list.status(), list.all());
    assertEquals(
        List.of("OPEN", "FINISHED", "identity", "done"),
        list.lines().stream()
            .map(line -> line.path("state").asText(line.path("event").asText()))
            .toList());
    assertFalse(list.lines().get(2).path("held").asBoolean(true));
    Shell stats = journal("stats", "--json");
    assertEquals(1, last(stats).path("ledger").path("NONCE_CLAIM").asInt(), stats.all());
    assertEquals(1, last(stats).path("streams").path("FINISHED").asInt());
    Shell check = journal("check", "--json");
    assertEquals(2, last(check).path("whole").asInt(), check.all());
  }

  @Test
  void theRecordsOfAStreamAreShownWithoutTheirSecrets() {
    KeptJournal unused = kept();
    for (String json : List.of("", "--json")) {
      Shell show =
          json.isEmpty()
              ? journal("show", "--stream", KeptJournal.STREAM)
              : journal("show", "--stream", KeptJournal.STREAM, json);
      assertEquals(0, show.status(), show.all());
      assertTrue(show.out().contains("test"), show.out());
      assertFalse(show.all().contains(KeptJournal.SECRET), show.all());
    }
    refused("NO_SUCH_STREAM", 3, journal("show", "--stream", "none"));
  }

  @Test
  void lookingTakesNoLeaseAndDisturbsNoWriter() {
    KeptJournal kept = kept();
    try (JournalStore store = kept.open()) {
      IdentityLease lease = KeptJournal.take(store);
      JournalStream stream = KeptJournal.replayed(store.stream(lease, KeptJournal.STREAM));
      int turn = 0;
      for (String command : LOOKING) {
        stream.append(Append.of(List.of(KeptJournal.record("during " + command))));
        Shell looked = journal(command, "--json");
        assertEquals(0, looked.status(), looked.all());
        turn++;
      }
      assertEquals(0, journal("show", "--stream", KeptJournal.STREAM).status());
      Path export = directory.resolve("export.jsonl");
      assertEquals(0, journal("export", "--to", export.toString()).status());
      Shell list = journal("list", "--json");
      ObjectNode identity = list.lines().get(list.lines().size() - 2);
      assertTrue(identity.path("held").asBoolean(), list.all());
      assertEquals(ProcessHandle.current().pid(), identity.path("pid").asLong());
      assertEquals(lease.fence(), identity.path("fence").asLong());
      refused(
          "DUPLICATE_INSTANCE",
          3,
          journal(
              "archive",
              "--identity",
              KeptJournal.IDENTITY,
              "--to",
              directory.resolve("a").toString()));
      stream.append(Append.of(List.of(KeptJournal.record("after"))));
      assertEquals(turn + 2, stream.replay().records().size());
    }
  }

  @Test
  void lookingMakesNoJournal() throws IOException {
    for (String command : LOOKING) {
      refused("NOT_A_JOURNAL", 65, journal(command));
    }
    refused("NOT_A_JOURNAL", 65, journal("archive", "--identity", "x", "--to", "y"));
    try (var files = Files.list(directory)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void anExportComesInSomewhereElseWhole() {
    KeptJournal unused = kept();
    Path export = directory.resolve("export.jsonl");
    assertEquals(0, journal("export", "--to", export.toString()).status());
    refused("READ_ONLY", 69, journal("export", "--to", export.toString()));
    String other = directory.resolve("other.journal").toString();
    Shell imported =
        Shell.run("journal", "import", "--json", "--journal", other, "--from", export.toString());
    assertEquals(0, imported.status(), imported.all());
    assertEquals(2, last(imported).path("streams").asInt());
    Shell check = Shell.run("journal", "check", "--journal", other);
    assertEquals(0, check.status(), check.all());
    refused("BAD_EXPORT", 65, journal("import", "--from", directory.resolve("no").toString()));
  }

  @Test
  void whatHasEndedIsArchivedAndComesBack() {
    KeptJournal unused = kept();
    String file = directory.resolve("2026.jsonl").toString();
    refused("NO_SUCH_IDENTITY", 3, journal("archive", "--identity", "typo", "--to", file));
    Shell archived = journal("archive", "--json", "--identity", KeptJournal.IDENTITY, "--to", file);
    assertEquals(1, last(archived).path("streams").asInt(), archived.all());
    refused("ARCHIVED", 3, journal("show", "--stream", KeptJournal.OTHER));
    assertEquals(0, journal("import", "--from", file).status());
    assertEquals(0, journal("show", "--stream", KeptJournal.OTHER).status());
  }

  @Test
  void aHaltIsClearedByNameWithTheEvidenceSeenAndStaysOnRecord() {
    KeptJournal kept = kept();
    try (JournalStore store = kept.open()) {
      JournalStream stream =
          KeptJournal.replayed(store.stream(KeptJournal.take(store), KeptJournal.STREAM));
      assertThrows(LedgerConflictException.class, () -> stream.append(KeptJournal.conflict()));
      String key = KeptJournal.KEY.hex();
      Shell halts = journal("halts", "--json");
      assertEquals(1, last(halts).path("open").asInt(), halts.all());
      assertEquals(1, last(halts).path("evidence").asInt());
      String[] by = {"--operator", "Alice", "--because", "a second copy, now gone"};
      refused("NOT_HALTED", 3, journal("clear-halt", with(by, "--key", "02", seen())));
      refused("EVIDENCE_NOT_SEEN", 3, journal("clear-halt", with(by, "--key", key)));
      JournalException still =
          assertThrows(JournalException.class, () -> stream.append(KeptJournal.conflict()));
      assertEquals(Fault.HALTED, still.fault());
      Shell cleared = journal("clear-halt", with(by, "--key", key, seen()));
      assertEquals(0, cleared.status(), cleared.all());
      halts = journal("halts", "--json");
      assertEquals(0, last(halts).path("open").asInt(), halts.all());
      assertEquals(
          "Alice: a second copy, now gone", halts.lines().get(0).path("clearedBy").asText());
      assertFalse(halts.lines().get(0).path("clearedAt").asText().isEmpty());
      refused("NOT_HALTED", 3, journal("clear-halt", with(by, "--key", key, seen())));
      assertThrows(
          LedgerConflictException.class,
          () -> stream.append(KeptJournal.conflict()),
          "what is used stays used");
    }
  }

  private static String seen() {
    return "--i-have-seen-the-evidence";
  }

  private static String[] with(String[] some, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(some));
    all.addAll(Arrays.asList(more));
    return all.toArray(new String[0]);
  }

  @Test
  void aRollbackIsAcceptedOnlyWhereThereIsOneAndByName() throws SQLException {
    KeptJournal kept = kept();
    String[] by = {
      "--identity", KeptJournal.IDENTITY, "--operator", "Alice", "--because", "disk lost"
    };
    refused("NOT_ROLLED_BACK", 3, journal("accept-rollback", by));
    unguarded("UPDATE journal_leases SET appends = 1");
    try (JournalStore store = kept.open()) {
      assertThrows(JournalException.class, () -> KeptJournal.take(store));
    }
    refused("NOT_ACCEPTED", 3, journal("accept-rollback", by));
    Shell accepted = journal("accept-rollback", with(by, "--i-accept-what-it-forgot"));
    assertEquals(0, accepted.status(), accepted.all());
    assertTrue(journal("halts").out().contains("Alice: disk lost"));
    try (JournalStore store = kept.open()) {
      assertEquals(1, KeptJournal.take(store).appends());
    }
  }

  @Test
  void aLedgerThatLostARowIsFoundAndAcceptedByNameAlone() throws SQLException {
    KeptJournal kept = kept();
    unguarded(
        "DROP TRIGGER journal_ledger_stay",
        "DELETE FROM journal_ledger WHERE kind = 'NONCE_CLAIM'");
    Shell check = journal("check", "--json");
    assertEquals("JOURNAL_DAMAGED", last(check).path("code").asText(), check.all());
    assertEquals("LEDGER_DAMAGED", check.lines().get(0).path("fault").asText());
    try (JournalStore store = kept.open()) {
      assertThrows(JournalException.class, () -> KeptJournal.take(store));
    }
    String[] by = {
      "--identity", KeptJournal.IDENTITY, "--operator", "Alice", "--because", "bad disk"
    };
    refused("NOT_ACCEPTED", 3, journal("accept-rollback", by));
    Shell accepted = journal("accept-rollback", with(by, "--i-accept-what-it-forgot"));
    assertEquals(0, accepted.status(), accepted.all());
    assertTrue(journal("halts").out().contains("LEDGER_DAMAGED"));
    assertEquals(0, journal("check").status());
    try (JournalStore store = kept.open()) {
      assertEquals(2, KeptJournal.take(store).fence());
    }
  }

  @Test
  void damageIsFoundNamedAndLeftOutOfAnExport() throws SQLException {
    KeptJournal unused = kept();
    unguarded(
        "DROP TRIGGER journal_records_payload",
        "UPDATE journal_records SET payload = hash WHERE stream = '" + KeptJournal.OTHER + "'");
    Shell check = journal("check", "--json");
    assertEquals(3, check.status(), check.all());
    assertEquals("JOURNAL_DAMAGED", last(check).path("code").asText());
    ObjectNode finding = check.lines().get(0);
    assertEquals("DAMAGED", finding.path("fault").asText());
    assertTrue(finding.path("detail").asText().contains(KeptJournal.OTHER), check.all());
    refused("DAMAGED", 3, journal("show", "--stream", KeptJournal.OTHER));
    Path export = directory.resolve("export.jsonl");
    refused("LEFT_OUT", 3, journal("export", "--to", export.toString()));
    assertTrue(Files.exists(export));
  }

  private void unguarded(String... statements) throws SQLException {
    String url = "jdbc:sqlite:" + directory.resolve("alice.key.journal");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
