package org.beaconcohort.cli.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.musig2.bytes.Bytes;

/** A beacon transaction decoded for people, line by line. */
public final class TransactionText {
  private TransactionText() {}

  /** Inputs with amounts and witness, outputs with amounts, and what the signal is. */
  public static List<String> of(CompletedRound round) {
    Transaction transaction = round.transaction();
    Network network = round.cohort().terms().network();
    long fee = round.prevout().value() - transaction.outputValue();
    List<String> lines = new ArrayList<>();
    lines.add("transaction " + transaction.displayTxid());
    lines.add(
        String.format(
            Locale.ROOT,
            "  version %d, %d vB, fee %s (%d.%02d sat/vB), locktime %d",
            transaction.version(),
            transaction.vsize(),
            Brief.sat(fee),
            fee / transaction.vsize(),
            fee * 100 / transaction.vsize() % 100,
            transaction.lockTime()));
    for (Transaction.Input input : transaction.inputs()) {
      lines.add("  input    " + Brief.sat(round.prevout().value()) + " from the beacon address");
      lines.add("           " + input.outpoint());
      lines.add("           " + witness(input.witness(), round.cohort().size()));
    }
    for (TxOutput output : transaction.outputs()) {
      if (SignalOutput.parse(output.script()).isPresent()) {
        lines.add(
            "  output   " + Brief.sat(output.value()) + ", the signal: OP_RETURN and 32 bytes");
        lines.add("           " + SignalOutput.parse(output.script()).get());
        lines.add(
            "           = SHA-256 of cas-announcement.json, which names "
                + Brief.count(round.announcement().entries().size(), "DID"));
      } else {
        lines.add(
            "  output   " + Brief.sat(output.value()) + " to " + owner(output, round, network));
      }
    }
    return lines;
  }

  private static String witness(List<Bytes> witness, int members) {
    return witness.size() == 1 && witness.get(0).size() == 64
        ? "witness: one 64-byte Schnorr signature, the key path: MuSig2 by all "
            + Brief.count(members, "member")
        : "witness: " + Brief.count(witness.size(), "item");
  }

  private static String owner(TxOutput output, CompletedRound round, Network network) {
    if (output.script().equals(round.cohort().output().script())) {
      return "the beacon address (change)";
    }
    return SegwitAddress.ofScript(network, output.script())
        .map(address -> "the next cohort's address, " + address.text())
        .orElse("script " + output.script());
  }
}
