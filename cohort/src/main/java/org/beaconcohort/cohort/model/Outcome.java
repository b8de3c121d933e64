package org.beaconcohort.cohort.model;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/** How a cohort ended for one party. Every machine ends in one of these; none is silent (I5). */
public sealed interface Outcome {
  /** One word for logs, JSON and exit codes. */
  String name();

  /**
   * All rounds of the terms are anchored.
   *
   * @param txid of the last beacon transaction, display order
   */
  record Anchored(String txid) implements Outcome {
    @Override
    public String name() {
      return "anchored";
    }
  }

  /**
   * Another cohort has taken this one's place: its last round has paid all it had to that one's
   * address (signing-safety 2.4 (d)). Nobody is in the next cohort by that alone.
   *
   * @param cohort id of the next cohort, 32 bytes
   * @param address of the next cohort
   * @param txid of the last beacon transaction, which is the next one's funding, display order
   */
  record SucceededBy(Bytes cohort, String address, String txid) implements Outcome {
    @Override
    public String name() {
      return "succeeded";
    }
  }

  /**
   * Nothing was signed here that could still confirm.
   *
   * @param code why
   * @param detail in words, with what to do next
   */
  record Failed(Code code, String detail) implements Outcome {
    @Override
    public String name() {
      return "failed";
    }
  }

  /**
   * This party released a partial signature and did not see the transaction confirm: it may confirm
   * at any later time, until the outpoint is spent.
   *
   * @param txid of the transaction that may confirm, display order
   * @param signalBytes the signal it carries, 32 bytes
   * @param code why the wait ended
   * @param detail in words, with what to do next
   */
  record MayStillConfirm(String txid, Bytes signalBytes, Code code, String detail)
      implements Outcome {
    @Override
    public String name() {
      return "may-still-confirm";
    }
  }

  /**
   * The cohort did not anchor this party's updates in time; their own singleton beacons did, with
   * the same bytes (R21).
   *
   * @param txids of the singletons' transactions, display order, confirmed at the policy's depth
   * @param code why not with the cohort
   * @param detail how the cohort ended for this party, with what may still confirm
   */
  record AnchoredAlone(List<String> txids, Code code, String detail) implements Outcome {
    /** Copies the list. */
    public AnchoredAlone {
      txids = List.copyOf(txids);
    }

    @Override
    public String name() {
      return "anchored-alone";
    }
  }

  /**
   * Stopped until an operator decides. The own journal is not all that was said with this key, so
   * what was signed, and what may still confirm, cannot be told from it (N19, R10).
   *
   * @param code why
   * @param detail in words, with what is safe and what to do next
   */
  record Halted(Code code, String detail) implements Outcome {
    @Override
    public String name() {
      return "halted";
    }
  }
}
