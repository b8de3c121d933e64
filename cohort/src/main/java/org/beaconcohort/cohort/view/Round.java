package org.beaconcohort.cohort.view;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.SignalBytes;
import org.beaconcohort.cohort.bitcoin.BeaconTransaction;
import org.beaconcohort.cohort.bitcoin.MalformedTransactionException;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.message.Statement.Opportunity;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * One transaction to anchor one signal: everything fixed but the 32 signal bytes (N1).
 *
 * @param cohort who signs
 * @param opportunity what the leader proposed
 */
public record Round(Cohort cohort, Opportunity opportunity) {
  /** Transaction version of the profile. */
  public static final int VERSION = 2;

  /** Sequence of the profile's input: final, replaceable by fee. */
  public static final long SEQUENCE = 0xffff_fffdL;

  /** SIGHASH_DEFAULT, the only hash type of the profile. */
  public static final int SIGHASH_DEFAULT = 0x00;

  /** The opportunity of round {@code number} that spends {@code outpoint} back to the cohort. */
  public static Opportunity opportunity(
      Cohort cohort, int number, Outpoint outpoint, Transaction funding, long fee) {
    TxOutput prevout = funding.outputs().get(outpoint.index());
    TxOutput change = new TxOutput(prevout.value() - fee, cohort.output().script());
    return new Opportunity(
        number,
        outpoint,
        funding.serialize(),
        fee,
        List.of(change),
        VERSION,
        0,
        SEQUENCE,
        SIGHASH_DEFAULT);
  }

  /**
   * H("round", cohort id, number, signal type, outpoint, fee, transaction with 32 zero signal
   * bytes), 32 bytes: covers every byte of the transaction but the signal.
   */
  public Bytes id() {
    return FieldHash.of("round")
        .bytes(cohort.id())
        .number(opportunity.number())
        .text(cohort.terms().beaconType().serviceType())
        .bytes(opportunity.outpoint().txid())
        .number(opportunity.outpoint().index())
        .number(opportunity.fee())
        .bytes(transaction(Bytes.of(new byte[SignalBytes.SIZE])).serializeWithoutWitness())
        .hash();
  }

  /** The unsigned transaction with this signal; the same for everyone. */
  public Transaction transaction(Bytes signalBytes) {
    return BeaconTransaction.unsigned(
        opportunity.outpoint(),
        opportunity.outputs(),
        signalBytes,
        opportunity.version(),
        opportunity.lockTime(),
        opportunity.sequence());
  }

  /** The output that is spent, from the funding transaction, if that is what it claims to be. */
  public Optional<TxOutput> prevout() {
    try {
      Transaction funding = Transaction.parse(opportunity.fundingTransaction());
      if (!funding.txid().equals(opportunity.outpoint().txid())
          || opportunity.outpoint().index() >= funding.outputs().size()) {
        return Optional.empty();
      }
      return Optional.of(funding.outputs().get(opportunity.outpoint().index()));
    } catch (MalformedTransactionException malformed) {
      return Optional.empty();
    }
  }

  /** What is wrong with the opportunity by itself: items 3 (in part), 4 and 5 of the checklist. */
  public Optional<Violation> check() {
    Optional<TxOutput> prevout = prevout();
    if (prevout.isEmpty()) {
      return refusal(
          Code.PREVOUT_MISMATCH,
          "funding transaction must make outpoint " + opportunity.outpoint() + ", it does not");
    }
    if (!prevout.get().script().equals(cohort.output().script())) {
      return refusal(
          Code.PREVOUT_MISMATCH,
          "outpoint must pay the beacon script "
              + cohort.output().script() + ", got " + prevout.get().script());
    }
    if (opportunity.version() != VERSION
        || opportunity.lockTime() != 0
        || opportunity.sequence() != SEQUENCE
        || opportunity.sighashType() != SIGHASH_DEFAULT) {
      return refusal(
          Code.SIGHASH_TYPE,
          "version, lock time, sequence and sighash type must be 2, 0, 4294967293 and 0, got "
              + opportunity.version() + ", " + opportunity.lockTime() + ", "
              + opportunity.sequence() + " and " + opportunity.sighashType());
    }
    TxOutput change =
        new TxOutput(prevout.get().value() - opportunity.fee(), cohort.output().script());
    if (change.value() < BeaconTransaction.DUST_P2TR) {
      return refusal(
          Code.FEE_OUT_OF_CORRIDOR,
          "change must be at least "
              + BeaconTransaction.DUST_P2TR + " sat after the fee, got " + change.value());
    }
    if (!opportunity.outputs().equals(List.of(change))) {
      return refusal(
          Code.OUTPUTS_MISMATCH,
          "outputs before the signal must be " + List.of(change)
              + ", got " + opportunity.outputs());
    }
    if (!cohort.terms().fees().admits(opportunity.fee(), BeaconTransaction.KEY_PATH_VSIZE)) {
      return refusal(
          Code.FEE_OUT_OF_CORRIDOR,
          "fee must lie within " + cohort.terms().fees()
              + " for " + BeaconTransaction.KEY_PATH_VSIZE + " vB, got "
              + opportunity.fee() + " sat");
    }
    return Optional.empty();
  }

  private static Optional<Violation> refusal(Code code, String detail) {
    return Optional.of(Violation.refusal(code, detail));
  }
}
