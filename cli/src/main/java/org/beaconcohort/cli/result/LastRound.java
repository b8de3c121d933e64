package org.beaconcohort.cli.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.SegwitAddress;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.port.ChainBackend;

/** Whether a cohort's last round paid the next cohort, and what is left at the old address. */
public final class LastRound {
  private LastRound() {}

  /** Where the change went, if it did not come back to the cohort's own address. */
  public static Optional<String> paid(CompletedRound round) {
    TxOutput change = round.transaction().outputs().getFirst();
    return change.script().equals(round.cohort().output().script())
        ? Optional.empty()
        : SegwitAddress.ofScript(round.cohort().terms().network(), change.script())
            .map(SegwitAddress::text);
  }

  /**
   * The fields of the last line for machines; people are told what a last round moved.
   *
   * @param files where the round was written
   */
  public static ObjectNode told(
      Report report, ChainBackend chain, CompletedRound round, ResultFiles files) {
    ObjectNode done = files.done(round);
    return paid(round).isPresent() ? done.setAll(moved(report, chain, round)) : done;
  }

  /**
   * What a last round moved: {@code sweep}, {@code oldAddress}, {@code nextAddress}, {@code left}.
   */
  public static ObjectNode moved(Report report, ChainBackend chain, CompletedRound round) {
    String old = round.cohort().address();
    String next = paid(round).orElseThrow();
    long left = chain.unspent(old).stream().mapToLong(ChainBackend.Utxo::value).sum();
    report.value("moved", "to " + next + " by " + round.transaction().displayTxid());
    report.value(
        "left",
        left == 0
            ? "nothing at " + old
            : Brief.sat(left)
                + " at "
                + old
                + ", paid there beside the rounds; it moves only when all members of that cohort"
                + " sign");
    return StrictJson.newObject()
        .put("sweep", round.transaction().displayTxid())
        .put("oldAddress", old)
        .put("nextAddress", next)
        .put("left", left);
  }
}
