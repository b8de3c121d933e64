package org.beaconcohort.cohort.view;

import java.util.Objects;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.BeaconTransaction;
import org.beaconcohort.cohort.bitcoin.BeaconTransaction.Template;
import org.beaconcohort.cohort.bitcoin.InvalidSpendException;
import org.beaconcohort.cohort.bitcoin.MalformedTransactionException;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Sighash;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bytes.Bytes;

/** One transaction to anchor one signal: everything fixed but the 32 signal bytes (N1). */
public final class Round {
  /** Virtual bytes of the profile's transaction: one key-path input, change, signal. */
  public static final int KEY_PATH_VSIZE = 154;

  private final Cohort cohort;
  private final Opportunity opportunity;
  private final Optional<Cohort> successor;
  private final Once<Optional<TxOutput>> prevout = new Once<>(this::readPrevout);
  private final Once<Bytes> id = new Once<>(this::computeId);

  /** A round whose change goes to {@code successor}, if there is one: then it is the last. */
  public Round(Cohort cohort, Opportunity opportunity, Optional<Cohort> successor) {
    this.cohort = cohort;
    this.opportunity = opportunity;
    this.successor = successor;
  }

  /** A round whose change comes back. */
  public Round(Cohort cohort, Opportunity opportunity) {
    this(cohort, opportunity, Optional.empty());
  }

  /** Who signs. */
  public Cohort cohort() {
    return cohort;
  }

  /** What the leader proposed. */
  public Opportunity opportunity() {
    return opportunity;
  }

  /** Whom the change goes to, if this is the cohort's last round; nobody else. */
  public Optional<Cohort> successor() {
    return successor;
  }

  /** The opportunity of round {@code number} that spends {@code outpoint} back to the cohort. */
  public static Opportunity opportunity(
      Cohort cohort, int number, Outpoint outpoint, Transaction funding, long fee) {
    return opportunity(cohort, Optional.empty(), number, outpoint, funding, fee);
  }

  /** As above, to {@code successor} if there is one. */
  public static Opportunity opportunity(
      Cohort cohort,
      Optional<Cohort> successor,
      int number,
      Outpoint outpoint,
      Transaction funding,
      long fee) {
    TxOutput prevout = funding.outputs().get(outpoint.vout());
    Template template =
        Template.withChangeTo(successor.orElse(cohort).output().script(), outpoint, prevout, fee);
    return new Opportunity(
        number,
        outpoint,
        funding.serializeWithoutWitness(),
        fee,
        template.outputs(),
        template.version(),
        template.lockTime(),
        template.sequence(),
        Sighash.DEFAULT);
  }

  /**
   * Virtual bytes that the fee has to do for: of leaf A, if there is one, since the transaction is
   * the same on either path (F6).
   *
   * @throws InvalidSpendException if {@link #check} would refuse the outputs
   */
  public static int vsize(Cohort cohort, Outpoint outpoint, Transaction funding) {
    if (cohort.output().leafA().isEmpty()) {
      return KEY_PATH_VSIZE;
    }
    TxOutput prevout = funding.outputs().get(outpoint.vout());
    return Template.withChangeTo(prevout.script(), outpoint, prevout, 0)
        .leafAVsize(cohort.output());
  }

  /**
   * H("round", cohort id, number, signal type, outpoint, fee, transaction with 32 zero signal
   * bytes), 32 bytes: covers every byte of the transaction but the signal.
   *
   * @throws InvalidSpendException if {@link #check} would refuse the outputs
   */
  public Bytes id() {
    return id.get();
  }

  private Bytes computeId() {
    return FieldHash.of("round")
        .bytes(cohort.id())
        .number(opportunity.number())
        .text(cohort.terms().beaconType().serviceType())
        .bytes(opportunity.outpoint().txid())
        .number(opportunity.outpoint().vout())
        .number(opportunity.fee())
        .bytes(template().bytesWithBlankSignal())
        .hash();
  }

  /**
   * The transaction with this signal; the same for everyone.
   *
   * @throws InvalidSpendException if {@link #check} would refuse the outputs
   */
  public BeaconTransaction beacon(Bytes signalBytes) {
    return new BeaconTransaction(template(), signalBytes);
  }

  private Template template() {
    return new Template(
        opportunity.outpoint(),
        prevout().orElseThrow(() -> new IllegalStateException("round is not checked")),
        opportunity.fee(),
        opportunity.outputs(),
        opportunity.version(),
        opportunity.lockTime(),
        opportunity.sequence());
  }

  /** The output that is spent, from the funding transaction, if that is what it claims to be. */
  public Optional<TxOutput> prevout() {
    return prevout.get();
  }

  private Optional<TxOutput> readPrevout() {
    try {
      Transaction funding = Transaction.parse(opportunity.fundingTransaction());
      if (!funding.txid().equals(opportunity.outpoint().txid())
          || opportunity.outpoint().vout() >= funding.outputs().size()) {
        return Optional.empty();
      }
      return Optional.of(funding.outputs().get(opportunity.outpoint().vout()));
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
              + cohort.output().script()
              + ", got "
              + prevout.get().script());
    }
    if (opportunity.version() != BeaconTransaction.VERSION
        || opportunity.lockTime() != 0
        || opportunity.sequence() != BeaconTransaction.SEQUENCE
        || opportunity.sighashType() != Sighash.DEFAULT) {
      return refusal(
          Code.SIGHASH_TYPE,
          "version, lock time, sequence and sighash type must be 2, 0, 4294967293 and 0, got "
              + opportunity.version()
              + ", "
              + opportunity.lockTime()
              + ", "
              + opportunity.sequence()
              + " and "
              + opportunity.sighashType());
    }
    if (opportunity.fee() > cohort.terms().fees().maxFee()) {
      return refusal(
          Code.FEE_OUT_OF_CORRIDOR,
          "fee must be at most "
              + cohort.terms().fees().maxFee()
              + " sat, got "
              + opportunity.fee());
    }
    try {
      Template expected =
          Template.withChangeTo(
              successor.orElse(cohort).output().script(),
              opportunity.outpoint(),
              prevout.get(),
              opportunity.fee());
      if (!opportunity.outputs().equals(expected.outputs())) {
        return refusal(
            Code.OUTPUTS_MISMATCH,
            "outputs before the signal must be "
                + expected.outputs()
                + ", got "
                + opportunity.outputs());
      }
    } catch (InvalidSpendException impossible) {
      return refusal(Code.OUTPUTS_MISMATCH, String.valueOf(impossible.getMessage()));
    }
    int vsize =
        cohort.output().leafA().isEmpty() ? KEY_PATH_VSIZE : template().leafAVsize(cohort.output());
    if (!cohort.terms().fees().admits(opportunity.fee(), vsize)) {
      return refusal(
          Code.FEE_OUT_OF_CORRIDOR,
          "fee must lie within "
              + cohort.terms().fees()
              + " for "
              + vsize
              + " vB, got "
              + opportunity.fee()
              + " sat");
    }
    return Optional.empty();
  }

  private static Optional<Violation> refusal(Code code, String detail) {
    return Optional.of(Violation.refusal(code, detail));
  }

  /** The same transaction of the same cohort. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Round round
        && cohort.equals(round.cohort)
        && opportunity.equals(round.opportunity)
        && successor.equals(round.successor);
  }

  @Override
  public int hashCode() {
    return Objects.hash(cohort, opportunity, successor);
  }

  @Override
  public String toString() {
    return "Round " + opportunity.number() + " of " + cohort;
  }
}
