-- The journal, version 1. Times are milliseconds since 1970 by the database's clock.

-- Who writes for an identity. fence grows with every holder, appends with every append (R9).
CREATE TABLE journal_leases (
  identity TEXT PRIMARY KEY,
  fence BIGINT NOT NULL,
  appends BIGINT NOT NULL,
  held INTEGER NOT NULL,
  instance TEXT NOT NULL,
  host TEXT NOT NULL,
  pid BIGINT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL
);

-- One per membership or coordination. records and head are the count and last hash of its chain.
CREATE TABLE journal_streams (
  stream TEXT PRIMARY KEY,
  identity TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('OPEN', 'FINISHED', 'ARCHIVED')),
  opened_at BIGINT NOT NULL,
  records BIGINT NOT NULL,
  head BYTEA NOT NULL,
  archive TEXT
);

CREATE TABLE journal_records (
  stream TEXT NOT NULL REFERENCES journal_streams (stream),
  seq BIGINT NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  payload BYTEA,
  payload_hash BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  retained INTEGER NOT NULL,
  fence BIGINT NOT NULL,
  appended_at BIGINT NOT NULL,
  PRIMARY KEY (stream, seq)
);

-- What may be used once. kind and subject say what, value says for what.
CREATE TABLE journal_ledger (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  value TEXT NOT NULL,
  owner TEXT NOT NULL,
  stream TEXT NOT NULL,
  entered_at BIGINT NOT NULL,
  PRIMARY KEY (kind, subject)
);

-- Public nonces of all members that were seen, and the statements that carried them.
CREATE TABLE journal_sightings (
  nonce TEXT NOT NULL,
  statement TEXT NOT NULL,
  author TEXT NOT NULL,
  round TEXT NOT NULL,
  stream TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (nonce, statement)
);

-- Both sides of every conflict, and what an operator decided.
CREATE TABLE journal_evidence (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  owner TEXT NOT NULL,
  stream TEXT NOT NULL,
  existing TEXT NOT NULL,
  offered TEXT NOT NULL,
  noted_at BIGINT NOT NULL
);

-- A key is halted while one of its rows is not cleared.
CREATE TABLE journal_halts (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner TEXT NOT NULL,
  reason TEXT NOT NULL,
  raised_at BIGINT NOT NULL,
  cleared_at BIGINT,
  cleared_by TEXT
);

CREATE INDEX journal_halts_owner ON journal_halts (owner);

-- Append-only, whoever writes: nothing is deleted, and what was written stays as it is.
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER journal_records_stay BEFORE DELETE ON journal_records
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_records_stay_all BEFORE TRUNCATE ON journal_records
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_ledger_stay BEFORE DELETE ON journal_ledger
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_ledger_stay_all BEFORE TRUNCATE ON journal_ledger
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_sightings_stay BEFORE DELETE ON journal_sightings
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_sightings_stay_all BEFORE TRUNCATE ON journal_sightings
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_evidence_stay BEFORE DELETE ON journal_evidence
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_evidence_stay_all BEFORE TRUNCATE ON journal_evidence
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_halts_stay BEFORE DELETE ON journal_halts
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_halts_stay_all BEFORE TRUNCATE ON journal_halts
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_streams_stay BEFORE DELETE ON journal_streams
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_streams_stay_all BEFORE TRUNCATE ON journal_streams
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_leases_stay BEFORE DELETE ON journal_leases
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_leases_stay_all BEFORE TRUNCATE ON journal_leases
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_records_fixed BEFORE UPDATE OF stream, seq, type, version, payload_hash, hash, retained, fence, appended_at ON journal_records
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_ledger_fixed BEFORE UPDATE ON journal_ledger
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_sightings_fixed BEFORE UPDATE ON journal_sightings
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_evidence_fixed BEFORE UPDATE ON journal_evidence
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_halts_fixed BEFORE UPDATE OF id, owner, reason, raised_at ON journal_halts
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();

-- Only an archive takes a payload away, and never one that is retained; an import brings it back.
CREATE TRIGGER journal_records_payload BEFORE UPDATE OF payload ON journal_records
  FOR EACH ROW WHEN (OLD.payload IS NOT NULL AND (OLD.retained = 1 OR NEW.payload IS NOT NULL))
  EXECUTE FUNCTION journal_refuse();
