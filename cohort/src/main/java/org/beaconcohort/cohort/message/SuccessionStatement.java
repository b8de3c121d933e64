package org.beaconcohort.cohort.message;

import java.util.List;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.musig2.bytes.Bytes;

/** What the members of a cohort say about the one that follows it (signing-safety 2.4 (d)). */
public sealed interface SuccessionStatement extends Statement.OfSuccession {
  /**
   * Channel: the next cohort, in its own parties' words. Everyone in the present cohort, members
   * that leave too, recomputes key set and address from them; nothing is taken from who says it.
   *
   * @param announcement the one whose event is in the proposal
   * @param proposal of the next cohort's key set
   * @param optIns that it names, in key order
   * @param acks of every member, in key order
   */
  record Succession(
      SignedStatement announcement,
      SignedStatement proposal,
      List<SignedStatement> optIns,
      List<SignedStatement> acks)
      implements SuccessionStatement {
    /** Copies the lists and checks kinds. */
    public Succession {
      optIns = List.copyOf(optIns);
      acks = List.copyOf(acks);
      kind("announcement", announcement, StatementKind.ANNOUNCEMENT);
      kind("proposal", proposal, StatementKind.KEYSET_PROPOSAL);
      optIns.forEach(each -> kind("opt-in", each, StatementKind.OPT_IN));
      acks.forEach(each -> kind("acknowledgement", each, StatementKind.KEYSET_ACK));
      if (optIns.size() > CohortTerms.MAX_MEMBERS || acks.size() > CohortTerms.MAX_MEMBERS) {
        throw new IllegalArgumentException(
            "opt-ins and acknowledgements must be at most "
                + CohortTerms.MAX_MEMBERS
                + ", got "
                + optIns.size()
                + " and "
                + acks.size());
      }
      if (!(proposal.body() instanceof KeysetProposal named)
          || !named.announcementEvent().equals(announcement.event())) {
        throw new IllegalArgumentException("announcement must be the one within the proposal");
      }
    }

    private static void kind(String name, SignedStatement said, StatementKind expected) {
      if (said.body().kind() != expected) {
        throw new IllegalArgumentException(
            name + " must be of kind " + expected + ", got " + said.body().kind());
      }
    }

    /** What was announced. */
    public Announcement announced() {
      return (Announcement) announcement.body();
    }

    /** What was proposed. */
    public KeysetProposal proposed() {
      return (KeysetProposal) proposal.body();
    }

    @Override
    public StatementKind kind() {
      return StatementKind.SUCCESSION;
    }
  }

  /**
   * In place of a round request: its author wants round {@code number} to be the last one, which
   * pays the change to the next cohort, and is ready for it.
   *
   * @param number of the round, from 1
   * @param successor id of the next cohort, 32 bytes
   */
  record SweepRequest(int number, Bytes successor) implements SuccessionStatement {
    /** Checks range and length. */
    public SweepRequest {
      if (number < 1 || number > 1_000_000) {
        throw new IllegalArgumentException("round must be 1..1000000, got " + number);
      }
      if (successor.size() != 32) {
        throw new IllegalArgumentException("successor must be 32 bytes, got " + successor.size());
      }
    }

    @Override
    public StatementKind kind() {
      return StatementKind.SWEEP_REQUEST;
    }
  }
}
