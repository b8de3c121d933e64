package org.beaconcohort.cohort.succession;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.message.SuccessionStatement.SweepRequest;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Planned succession C → C+1 (signing-safety 2.4 (d)): which cohort may follow, what its members
 * have agreed on, and which round pays it. Pure folds of statements, the same for everyone (N14).
 */
public final class Successors {
  private Successors() {}

  /**
   * What is wrong with a succession, recomputed from its statements alone: it names {@code current}
   * in its announcement, its key set and address follow from valid opt-ins, and every member of it
   * has acknowledged exactly that.
   */
  public static Optional<Violation> check(Cohort current, Succession said) {
    if (!said.announced().succeeds().equals(current.id())) {
      return refusal(
          Code.TERMS_MISMATCH,
          "announcement of the next cohort must name "
              + current.id()
              + ", got "
              + said.announced().succeeds());
    }
    if (said.announced().terms().network() != current.terms().network()) {
      return refusal(
          Code.TERMS_MISMATCH,
          "network of the next cohort must be "
              + current.terms().network()
              + ", got "
              + said.announced().terms().network());
    }
    if (!said.proposal().author().equals(said.announcement().author())
        || !said.proposal().header().cohortId().equals(said.announcement().id())) {
      return refusal(
          Code.AUTHOR_MISMATCH, "key set of the next cohort must be by whoever announced it");
    }
    Optional<Violation> keyset =
        KeysetView.check(said.announcement(), said.proposed(), said.optIns());
    if (keyset.isPresent()) {
      return keyset;
    }
    Cohort next = cohort(said);
    if (next.id().equals(current.id())) {
      return refusal(Code.KEYSET_MISMATCH, "next cohort must have other keys, got the same");
    }
    for (int slot = 0; slot < next.size(); slot++) {
      if (!isAcknowledged(said, next, next.members().get(slot))) {
        return refusal(
            Code.KEYSET_MISMATCH,
            "key set of the next cohort must be acknowledged by all "
                + next.size()
                + " of its members, acknowledgement of slot "
                + slot
                + " is missing");
      }
    }
    // The next cohort may be larger than what this one's channel carries.
    return StatementCodec.fits(said)
        ? Optional.empty()
        : refusal(
            Code.TOO_LARGE,
            "opt-ins and acknowledgements of the next cohort must fit into "
                + StatementCodec.maxSize(StatementKind.SUCCESSION)
                + " bytes, they do not");
  }

  private static boolean isAcknowledged(Succession said, Cohort next, Member member) {
    return said.acks().stream()
        .filter(ack -> ack.author().equals(member.statementKey()))
        .filter(ack -> ack.header().cohortId().equals(next.id()))
        .anyMatch(ack -> ack.body().equals(new KeysetAck(said.proposal().id())));
  }

  /** The next cohort; {@code said} must have passed {@link #check}. */
  public static Cohort cohort(Succession said) {
    return KeysetView.cohort(said.announced().terms(), said.optIns());
  }

  /** The successions in a view, which takes in only those that pass {@link #check}. */
  public static List<Succession> of(StatementSet said) {
    List<Succession> found = new ArrayList<>();
    for (SignedStatement each : said.of(StatementKind.SUCCESSION)) {
      if (each.body() instanceof Succession succession) {
        found.add(succession);
      }
    }
    return found;
  }

  /** Whether a view has the cohort of this succession. */
  public static boolean knows(StatementSet said, Succession next) {
    return of(said).stream().anyMatch(each -> each.proposal().id().equals(next.proposal().id()));
  }

  /** Whether one of these DIDs is in the next cohort: its controller's proof is in the opt-in. */
  public static boolean stays(Cohort next, List<String> dids) {
    return next.members().stream()
        .anyMatch(member -> member.dids().stream().anyMatch(dids::contains));
  }

  /**
   * The statement that shows {@code next} to others, if all of it is in the view of one of its
   * parties.
   *
   * @param proposalId of its key set, 32 bytes
   */
  public static Optional<Succession> shown(
      SignedStatement announcement, Cohort next, Bytes proposalId, StatementSet said) {
    List<SignedStatement> optIns = new ArrayList<>();
    List<SignedStatement> acks = new ArrayList<>();
    for (Member member : next.members()) {
      said.find(member.optInId()).ifPresent(optIns::add);
      said.of(StatementKind.KEYSET_ACK, member.statementKey()).stream()
          .filter(ack -> ack.body().equals(new KeysetAck(proposalId)))
          .findFirst()
          .ifPresent(acks::add);
    }
    return said.find(proposalId)
        .filter(proposal -> optIns.size() == next.size() && acks.size() == next.size())
        .map(proposal -> new Succession(announcement, proposal, optIns, acks));
  }

  /**
   * The round of an opportunity as its outputs say: the last one if they pay a cohort that was
   * shown to follow, else one that goes on.
   */
  public static Round round(Cohort current, StatementSet said, Opportunity opportunity) {
    if (opportunity.outputs().size() == 1) {
      Bytes script = opportunity.outputs().get(0).script();
      if (!script.equals(current.output().script())) {
        for (Succession each : of(said)) {
          Cohort next = cohort(each);
          if (next.output().script().equals(script)) {
            return new Round(current, opportunity, Optional.of(next));
          }
        }
      }
    }
    return new Round(current, opportunity);
  }

  /** The cohort that all members want to be paid by round {@code number}, if they agree on one. */
  public static Optional<Cohort> wanted(Cohort current, StatementSet said, int number) {
    for (Succession each : of(said)) {
      Cohort next = cohort(each);
      Set<Integer> slots = new HashSet<>();
      for (SignedStatement request : said.of(StatementKind.SWEEP_REQUEST)) {
        if (request.body().equals(new SweepRequest(number, next.id()))) {
          current.slotOf(request.author()).ifPresent(slots::add);
        }
      }
      if (slots.size() == current.size()) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  /**
   * What a leader opens round {@code number} with: the change goes to the cohort that everybody
   * wants to follow, else back.
   *
   * @throws org.beaconcohort.cohort.bitcoin.InvalidSpendException if the outpoint cannot pay it
   */
  public static Opportunity opportunity(
      Cohort current,
      StatementSet said,
      int number,
      Outpoint outpoint,
      Transaction funding,
      long fee) {
    return Round.opportunity(
        current, wanted(current, said, number), number, outpoint, funding, fee);
  }

  private static Optional<Violation> refusal(Code code, String detail) {
    return Optional.of(Violation.refusal(code, detail));
  }
}
