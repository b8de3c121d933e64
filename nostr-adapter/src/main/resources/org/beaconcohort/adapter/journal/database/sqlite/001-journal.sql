-- The journal, version 1. Times are milliseconds since 1970 by the database's clock.

-- Who writes for an identity. fence grows with every holder, appends with every append (R9).
CREATE TABLE journal_leases (
  identity TEXT PRIMARY KEY,
  fence INTEGER NOT NULL,
  appends INTEGER NOT NULL,
  held INTEGER NOT NULL,
  instance TEXT NOT NULL,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT;

-- One per membership or coordination. records and head are the count and last hash of its chain.
CREATE TABLE journal_streams (
  stream TEXT PRIMARY KEY,
  identity TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('OPEN', 'FINISHED', 'ARCHIVED')),
  opened_at INTEGER NOT NULL,
  records INTEGER NOT NULL,
  head BLOB NOT NULL,
  archive TEXT
) STRICT;

CREATE TABLE journal_records (
  stream TEXT NOT NULL REFERENCES journal_streams (stream),
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  payload BLOB,
  payload_hash BLOB NOT NULL,
  hash BLOB NOT NULL,
  retained INTEGER NOT NULL,
  fence INTEGER NOT NULL,
  appended_at INTEGER NOT NULL,
  PRIMARY KEY (stream, seq)
) STRICT;

-- What may be used once. kind and subject say what, value says for what.
CREATE TABLE journal_ledger (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  value TEXT NOT NULL,
  owner TEXT NOT NULL,
  stream TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  PRIMARY KEY (kind, subject)
) STRICT;

-- Public nonces of all members that were seen, and the statements that carried them.
CREATE TABLE journal_sightings (
  nonce TEXT NOT NULL,
  statement TEXT NOT NULL,
  author TEXT NOT NULL,
  round TEXT NOT NULL,
  stream TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (nonce, statement)
) STRICT;

-- Both sides of every conflict, and what an operator decided.
CREATE TABLE journal_evidence (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  owner TEXT NOT NULL,
  stream TEXT NOT NULL,
  existing TEXT NOT NULL,
  offered TEXT NOT NULL,
  noted_at INTEGER NOT NULL
) STRICT;

-- A key is halted while one of its rows is not cleared.
CREATE TABLE journal_halts (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL,
  reason TEXT NOT NULL,
  raised_at INTEGER NOT NULL,
  cleared_at INTEGER,
  cleared_by TEXT
) STRICT;

CREATE INDEX journal_halts_owner ON journal_halts (owner);

-- Append-only, whoever writes: nothing is deleted, and what was written stays as it is.
CREATE TRIGGER journal_records_stay BEFORE DELETE ON journal_records
BEGIN
  SELECT RAISE(ABORT, 'journal_records keeps every row');
END;

CREATE TRIGGER journal_ledger_stay BEFORE DELETE ON journal_ledger
BEGIN
  SELECT RAISE(ABORT, 'journal_ledger keeps every row');
END;

CREATE TRIGGER journal_sightings_stay BEFORE DELETE ON journal_sightings
BEGIN
  SELECT RAISE(ABORT, 'journal_sightings keeps every row');
END;

CREATE TRIGGER journal_evidence_stay BEFORE DELETE ON journal_evidence
BEGIN
  SELECT RAISE(ABORT, 'journal_evidence keeps every row');
END;

CREATE TRIGGER journal_halts_stay BEFORE DELETE ON journal_halts
BEGIN
  SELECT RAISE(ABORT, 'journal_halts keeps every row');
END;

CREATE TRIGGER journal_streams_stay BEFORE DELETE ON journal_streams
BEGIN
  SELECT RAISE(ABORT, 'journal_streams keeps every row');
END;

CREATE TRIGGER journal_leases_stay BEFORE DELETE ON journal_leases
BEGIN
  SELECT RAISE(ABORT, 'journal_leases keeps every row');
END;

CREATE TRIGGER journal_records_fixed BEFORE UPDATE OF stream, seq, type, version, payload_hash, hash, retained, fence, appended_at ON journal_records
BEGIN
  SELECT RAISE(ABORT, 'journal_records is append-only');
END;

CREATE TRIGGER journal_ledger_fixed BEFORE UPDATE ON journal_ledger
BEGIN
  SELECT RAISE(ABORT, 'journal_ledger is append-only');
END;

CREATE TRIGGER journal_sightings_fixed BEFORE UPDATE ON journal_sightings
BEGIN
  SELECT RAISE(ABORT, 'journal_sightings is append-only');
END;

CREATE TRIGGER journal_evidence_fixed BEFORE UPDATE ON journal_evidence
BEGIN
  SELECT RAISE(ABORT, 'journal_evidence is append-only');
END;

CREATE TRIGGER journal_halts_fixed BEFORE UPDATE OF id, owner, reason, raised_at ON journal_halts
BEGIN
  SELECT RAISE(ABORT, 'journal_halts is append-only');
END;

-- Only an archive takes a payload away, and never one that is retained; an import brings it back.
CREATE TRIGGER journal_records_payload BEFORE UPDATE OF payload ON journal_records
WHEN OLD.payload IS NOT NULL AND (OLD.retained = 1 OR NEW.payload IS NOT NULL)
BEGIN
  SELECT RAISE(ABORT, 'journal_records keeps its payloads');
END;
