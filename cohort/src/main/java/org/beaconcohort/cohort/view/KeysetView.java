package org.beaconcohort.cohort.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Formation as everyone sees it: which opt-ins make a key set, what a proposal must say about it,
 * and who acknowledged it (F3b, F4, N11).
 */
public final class KeysetView {
  private KeysetView() {}

  /** The member an opt-in describes. */
  public static Member member(SignedStatement said, OptIn optIn) {
    return new Member(
        optIn.cohortKey(),
        said.author(),
        optIn.inboxKey(),
        optIn.registrations().stream().map(Registration::did).toList(),
        said.id(),
        optIn.mayCoordinate());
  }

  /** The cohort of these opt-ins: members in key order. */
  public static Cohort cohort(CohortTerms terms, List<SignedStatement> optIns) {
    List<Member> members = new ArrayList<>();
    for (SignedStatement said : optIns) {
      if (said.body() instanceof OptIn optIn) {
        members.add(member(said, optIn));
      }
    }
    members.sort(Comparator.comparing(Member::cohortKey)); // BIP-327 KeySort
    return Cohort.of(terms, members);
  }

  /** What two opt-ins must not share: keys (x-only), inboxes, authors, DIDs. */
  public static Optional<Violation> clash(List<SignedStatement> optIns, SignedStatement added) {
    TakenSeats taken = new TakenSeats();
    optIns.forEach(taken::take);
    return taken.clash(added);
  }

  /**
   * What is wrong with a proposal whose opt-ins are all at hand, recomputing everything it says.
   *
   * @param announcement the one this party answered
   * @param optIns every opt-in the proposal names
   */
  public static Optional<Violation> check(
      SignedStatement announcement, KeysetProposal proposal, List<SignedStatement> optIns) {
    if (!(announcement.body() instanceof Announcement announced)) {
      return refusal(
          Code.TERMS_MISMATCH, "announcement expected, got " + announcement.body().kind());
    }
    if (!proposal.announcementEvent().equals(announcement.event())) {
      return refusal(
          Code.TERMS_MISMATCH,
          "key set must answer announcement " + announcement.id() + ", got another event");
    }
    CohortTerms terms = announced.terms();
    int n = optIns.size();
    if (n < terms.minMembers() || n > terms.maxMembers()) {
      return refusal(
          Code.KEYSET_MISMATCH,
          "members must be " + terms.minMembers() + ".." + terms.maxMembers() + ", got " + n);
    }
    TakenSeats taken = new TakenSeats();
    for (SignedStatement said : optIns) {
      Optional<Violation> wrong = OptInProof.check(announcement, said);
      if (wrong.isEmpty()) {
        wrong = taken.clash(said);
      }
      if (wrong.isPresent()) {
        return refusal(
            Code.KEYSET_MISMATCH,
            "opt-in " + said.id() + " must be valid: " + wrong.get().detail());
      }
      taken.take(said);
    }
    Cohort cohort = cohort(terms, optIns);
    if (!proposal.keys().equals(cohort.keys())
        || !proposal.optIns().equals(cohort.members().stream().map(Member::optInId).toList())) {
      return refusal(
          Code.KEYSET_MISMATCH,
          "keys and opt-ins must be in key order " + cohort.keys() + ", got " + proposal.keys());
    }
    if (proposal.threshold() != terms.threshold(n)) {
      return refusal(
          Code.KEYSET_MISMATCH,
          "threshold must be " + terms.threshold(n) + ", got " + proposal.threshold());
    }
    if (!proposal.address().equals(cohort.address())) {
      return refusal(
          Code.ADDRESS_MISMATCH,
          "address must be " + cohort.address() + ", got " + proposal.address());
    }
    return Optional.empty();
  }

  /** Slots whose member has acknowledged {@code proposalId}. */
  public static Set<Integer> acknowledged(Cohort cohort, StatementSet heard, Bytes proposalId) {
    Set<Integer> slots = new HashSet<>();
    for (SignedStatement said : heard.of(StatementKind.KEYSET_ACK)) {
      if (said.body() instanceof KeysetAck ack && ack.keysetProposalId().equals(proposalId)) {
        cohort.slotOf(said.author()).ifPresent(slots::add);
      }
    }
    return slots;
  }

  /**
   * What is wrong with the address of a statement on this cohort's channel: the announcement's id
   * while the key set is open, then the cohort's; a round id in rounds and nowhere else. Statements
   * of other cohorts, or of the same key elsewhere, are evidence of nothing here.
   */
  public static Optional<Violation> misdirected(
      Bytes announcementId, Bytes cohortId, SignedStatement said) {
    StatementKind kind = said.body().kind();
    boolean forming =
        switch (kind) {
          case ANNOUNCEMENT, OPT_IN, OPT_IN_REFUSED, WELCOME, KEYSET_PROPOSAL -> true;
          case PROBE, ALIVE -> true;
          case KEYSET_ACK, ROUND_REQUEST, OPPORTUNITY, RESPONSE, PROPOSAL -> false;
          case PARTIAL_SIGNATURE, FINAL, NONCE_LOST, CLAIM, EPOCH_CLAIM, FALLBACK_TAKEN -> false;
          case BUNDLE, BUNDLE_ACK, LEAF_REQUEST, LEAF_SIGNATURE -> false;
          case SUCCESSION, SWEEP_REQUEST -> false;
          case EXTEND, SYNC -> false;
        };
    Bytes expected = forming ? announcementId : cohortId;
    if (!said.header().cohortId().equals(expected)) {
      return refusal(
          Code.KEYSET_MISMATCH,
          kind + " must be for cohort " + expected + ", got " + said.header().cohortId());
    }
    boolean inRound =
        switch (kind) {
          case OPPORTUNITY, RESPONSE, PROPOSAL, PARTIAL_SIGNATURE, FINAL -> true;
          case BUNDLE, BUNDLE_ACK, LEAF_REQUEST, LEAF_SIGNATURE -> true;
          case NONCE_LOST, CLAIM, EPOCH_CLAIM, FALLBACK_TAKEN, EXTEND -> true;
          case ANNOUNCEMENT, OPT_IN, OPT_IN_REFUSED, WELCOME, KEYSET_PROPOSAL -> false;
          case PROBE, ALIVE -> false;
          case KEYSET_ACK, ROUND_REQUEST, SUCCESSION, SWEEP_REQUEST -> false;
          // What was heard is told in a round as outside of one.
          case SYNC -> said.header().roundId().size() == 32;
        };
    return inRound == (said.header().roundId().size() == 32)
        ? Optional.empty()
        : refusal(
            Code.KEYSET_MISMATCH,
            kind + (inRound ? " must name its round, got none" : " must name no round, got one"));
  }

  private static Optional<Violation> refusal(Code code, String detail) {
    return Optional.of(Violation.refusal(code, detail));
  }
}
