package org.beaconcohort.adapter.journal.fault;

/**
 * What went wrong with a journal, spelled so in code, logs, JSON and docs. Whatever the fault,
 * nothing was performed for facts that were not acknowledged.
 */
public enum Fault {
  /** No space for the append. */
  DISK_FULL(
      true,
      "the journal's disk is full",
      "nothing of this append is in the journal, everything before it is",
      "free space, then start the cohort again"),
  /** The file, its file system or the server takes no writes. */
  READ_ONLY(
      false,
      "the journal cannot be written",
      "nothing of this append is in the journal, everything before it is",
      "give this user write access to the file and its folder, or connect to the primary server"),
  /** A read, write or sync failed at the device. */
  IO_ERROR(
      false,
      "the journal's disk failed",
      "what was acknowledged before is kept as far as that disk keeps anything; whether this append"
          + " is in the journal is not known, and this process appends no more",
      "stop, look at the kernel's log and the disk, then start again: what is in the journal is"
          + " read back"),
  /** Somebody else held the database for too long. */
  LOCKED(
      true,
      "the journal is locked by another program",
      "nothing of this append is in the journal, everything before it is",
      "end the program that holds it, a backup or a database shell for instance, then start the"
          + " cohort again"),
  /** The database finds its own structure broken. */
  CORRUPT(
      false,
      "the journal's database is damaged",
      "nothing of this append is in the journal; cohorts whose records still read go on",
      "stop, keep a copy of the files, export what reads, and import that or the newest backup into"
          + " a new journal"),
  /** The file or schema holds something else. */
  NOT_A_JOURNAL(
      false,
      "this is no journal",
      "nothing was changed",
      "name another file or database; a journal is made in a new or empty one"),
  /** Made by a newer version of this program. */
  NEWER_SCHEMA(
      false,
      "the journal was written by a newer version of this program",
      "nothing was changed",
      "use that version, or a newer one"),
  /** Made by an older version of this program, and only to be looked at. */
  OLDER_SCHEMA(
      false,
      "the journal was written by an older version of this program",
      "nothing was changed",
      "let a command that writes bring it up to date first, `coordinator run` or `participant join`"
          + " for instance"),
  /** It would not keep what it acknowledges. */
  NOT_DURABLE(
      false,
      "the journal would not survive a crash",
      "nothing was written",
      "use a file on a local disk, or a server with fsync on"),
  /** Others could read channel keys in it. */
  NOT_PRIVATE(
      false,
      "the journal can be read by others, and it holds channel keys",
      "nothing was changed",
      "chmod 600 on the file, and think about who may have read it"),
  /** No connection; nothing was sent. */
  UNREACHABLE(
      true,
      "the journal's database cannot be reached",
      "nothing of this append is in the journal, everything before it is",
      "see that the server runs and the URL is right, then start the cohort again"),
  /** The connection broke while the commit was on its way. */
  OUTCOME_UNKNOWN(
      true,
      "the connection broke during the commit",
      "whether this append is in the journal is not known, and nothing was performed for it; it is"
          + " there whole or not at all",
      "start the cohort again: it reads the journal before it goes on"),
  /** The lease went to another instance. */
  FENCED(
      false,
      "another instance has taken the identity over",
      "nothing of this append is in the journal, and this process signs nothing any more for it",
      "leave it to the other instance, or stop that one and start this one again"),
  /** Another instance holds the lease. */
  DUPLICATE_INSTANCE(
      false,
      "another instance uses this identity",
      "nothing was changed, and nothing is signed here",
      "use that instance, or stop it and start this one again"),
  /** The database is older than what this machine has seen. */
  ROLLED_BACK(
      false,
      "the journal is older than one that was used here before; it was restored from a backup",
      "nothing is signed or submitted here for this identity",
      "put the newest journal back; if it is lost, let every round end that it may have signed in,"
          + " and then accept the loss by the operator's command"),
  /** The stream is not where its writer left it. */
  STREAM_MOVED(
      false,
      "the cohort's stream was changed by another writer",
      "nothing of this append is in the journal",
      "start the cohort again: it reads the journal before it goes on"),
  /** A ledger entry is taken by something else. */
  LEDGER_CONFLICT(
      false,
      "the ledger holds another use of what may be used once",
      "nothing of this append is in the journal; evidence is kept, and the key signs nothing more",
      "find out how it came about; then clear the halt by the operator's command, or never use the"
          + " key again"),
  /** Rows of the ledger were changed, taken away or put in. */
  LEDGER_DAMAGED(
      false,
      "the ledger of what may be used once is not what was written",
      "nothing is signed here for this identity; the others go on",
      "stop, keep a copy of the files, and put a journal in place that is whole and no older; if"
          + " there is none, let every round end that it may have signed in, and then accept the"
          + " loss by the operator's command"),
  /** A key is halted. */
  HALTED(
      false,
      "signing with this key was halted",
      "nothing of this append is in the journal",
      "look at the evidence; then clear the halt by the operator's command, or never use the key"
          + " again"),
  /** A record of one stream is not what was written. */
  DAMAGED(
      false,
      "the cohort's records are damaged",
      "the cohort is stopped and nothing is signed for it; the others go on",
      "import the cohort's records from an export or a backup into a new journal; what it signed"
          + " stays in the ledger"),
  /** A record of a type that nobody knows. */
  UNKNOWN_RECORD(
      false,
      "the cohort's stream holds a record of unknown type",
      "the cohort is stopped and nothing is signed for it; the others go on",
      "use the version of this program that wrote it"),
  /** A record of a known type in a version that is not known yet. */
  NEWER_VERSION(
      false,
      "the cohort's stream holds a record of a newer version",
      "the cohort is stopped and nothing is signed for it; the others go on",
      "use the version of this program that wrote it, or a newer one"),
  /** The payloads were moved to a file. */
  ARCHIVED(
      false,
      "the cohort's records were archived",
      "what it signed stays in the ledger",
      "import the archive to read it"),
  /** A file to import is not what an export wrote. */
  BAD_EXPORT(
      false,
      "the file is no complete export of a journal",
      "nothing was imported",
      "export again, or use another copy of the file"),
  /** Nothing that is known; a fault of this program or of a database it does not know. */
  UNEXPECTED(
      false,
      "the journal's database refused for a reason this program does not know",
      "whether this append is in the journal is not known, and nothing was performed for it",
      "start the cohort again; if it happens again, report it with these words");

  private final boolean temporary;
  private final String happened;
  private final String safe;
  private final String todo;

  Fault(boolean temporary, String happened, String safe, String todo) {
    this.temporary = temporary;
    this.happened = happened;
    this.safe = safe;
    this.todo = todo;
  }

  /** Whether the same call may succeed later. */
  public boolean temporary() {
    return temporary;
  }

  /** What happened. */
  public String happened() {
    return happened;
  }

  /** What can still be relied on. */
  public String safe() {
    return safe;
  }

  /** What a person does about it. */
  public String todo() {
    return todo;
  }
}
