package org.beaconcohort.adapter.journal.ledger;

/** What the subject of a ledger row is; the names are in the database and never change. */
public enum LedgerKind {
  /** A public nonce of one's own; the value is its slot. */
  NONCE,
  /** A slot (round, member, instance, number); the value is its public nonce (N3). */
  NONCE_SLOT,
  /** A slot; the value is the transcript it is claimed for (R6), or the restore that used it up. */
  NONCE_CLAIM,
  /** An outpoint; the value is the txid signed for it (R16). */
  OUTPOINT,
  /** A DID and a version; the value is the hash of the only update for it (R20). */
  UPDATE,
  /** A member, round and epoch; the value is the leader endorsed (R12). */
  ENDORSEMENT,
  /** An identity and a restore of its key from a backup, after which open nonces were used up. */
  TOMBSTONE
}
