package org.beaconcohort.adapter.journal.ledger;

import java.util.List;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Something that is used once and for ever from the append it comes with. The same entry again
 * changes nothing; another use of the same thing is refused by the database, whatever the process
 * believes.
 */
public sealed interface LedgerEntry {
  /** The compressed key (33 bytes) on whose behalf it is used, which a conflict halts. */
  Bytes owner();

  /** The rows of this entry. */
  List<Row> rows();

  /**
   * One unique row.
   *
   * @param subject what is used
   * @param value what for
   */
  record Row(LedgerKind kind, String subject, String value) {}

  /**
   * A nonce's place: numbered by its owner within a round and a process instance (N3).
   *
   * @param roundId 32 bytes
   * @param instance 16 bytes
   * @param number 1, 2, 3…
   */
  record Slot(Bytes roundId, Bytes owner, Bytes instance, int number) {
    @Override
    public String toString() {
      return roundId + "/" + owner + "/" + instance + "/" + number;
    }
  }

  /**
   * A nonce was opened: no other slot ever has it, and its slot never has another.
   *
   * @param publicNonce 66 bytes
   */
  record NonceOpened(Slot slot, Bytes publicNonce) implements LedgerEntry {
    @Override
    public Bytes owner() {
      return slot.owner();
    }

    @Override
    public List<Row> rows() {
      return List.of(
          new Row(LedgerKind.NONCE, publicNonce.hex(), slot.toString()),
          new Row(LedgerKind.NONCE_SLOT, slot.toString(), publicNonce.hex()));
    }
  }

  /**
   * An opened nonce is claimed for one transcript (R5, R6).
   *
   * @param transcript T, 32 bytes
   */
  record NonceClaimed(Slot slot, Bytes transcript) implements LedgerEntry {
    @Override
    public Bytes owner() {
      return slot.owner();
    }

    @Override
    public List<Row> rows() {
      return List.of(new Row(LedgerKind.NONCE_CLAIM, slot.toString(), transcript.hex()));
    }
  }

  /**
   * A transaction is signed for an outpoint (R16).
   *
   * @param txid internal order, 32 bytes
   */
  record OutpointLatched(Bytes owner, Outpoint outpoint, Bytes txid) implements LedgerEntry {
    @Override
    public List<Row> rows() {
      return List.of(
          new Row(LedgerKind.OUTPOINT, outpoint.toString(), new Outpoint(txid, 0).displayTxid()));
    }
  }

  /**
   * An update leaves the process: the only one for its version in every beacon (R20).
   *
   * @param version the target version
   * @param updateHash 32 bytes
   */
  record UpdateCommitted(Bytes owner, String did, int version, Bytes updateHash)
      implements LedgerEntry {
    @Override
    public List<Row> rows() {
      return List.of(new Row(LedgerKind.UPDATE, did + " version " + version, updateHash.hex()));
    }
  }

  /**
   * A leader is endorsed for an epoch of a round; at most one is (R12).
   *
   * @param roundId names the round by cohort and number, 32 bytes
   * @param leader x-only key, 32 bytes
   */
  record LeaderEndorsed(Bytes owner, Bytes roundId, int epoch, Bytes leader)
      implements LedgerEntry {
    @Override
    public List<Row> rows() {
      return List.of(
          new Row(LedgerKind.ENDORSEMENT, roundId + "/" + owner + " epoch " + epoch, leader.hex()));
    }
  }
}
