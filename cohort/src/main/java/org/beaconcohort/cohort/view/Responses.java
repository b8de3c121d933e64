package org.beaconcohort.cohort.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.SuccessionStatement.SweepRequest;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.InvalidContributionException;
import org.beaconcohort.musig2.protocol.PublicNonce;

/** A round as everyone sees it: who asked, who answered, who is missing. */
public final class Responses {
  private Responses() {}

  /** Slots that asked for round {@code number}, as one that goes on or as the last. */
  public static Set<Integer> requested(Cohort cohort, StatementSet said, int number) {
    Set<Integer> slots = new HashSet<>();
    for (SignedStatement each : said.of(StatementKind.ROUND_REQUEST)) {
      if (each.body() instanceof RoundRequest request && request.number() == number) {
        cohort.slotOf(each.author()).ifPresent(slots::add);
      }
    }
    for (SignedStatement each : said.of(StatementKind.SWEEP_REQUEST)) {
      if (each.body() instanceof SweepRequest request && request.number() == number) {
        cohort.slotOf(each.author()).ifPresent(slots::add);
      }
    }
    return slots;
  }

  /** Whether all n have asked for round {@code number}. */
  public static boolean allRequested(Cohort cohort, StatementSet said, int number) {
    int asked =
        said.of(StatementKind.ROUND_REQUEST).size() + said.of(StatementKind.SWEEP_REQUEST).size();
    return asked >= cohort.size() && requested(cohort, said, number).size() == cohort.size();
  }

  /** What is wrong with a response by itself, judged only by its author's own roster entry. */
  public static Optional<Violation> check(Round round, SignedStatement said) {
    return check(round.cohort(), said);
  }

  /** As above, whatever round it is for. */
  public static Optional<Violation> check(Cohort cohort, SignedStatement said) {
    if (!(said.body() instanceof Response response)) {
      return refusal(Code.ENTRY_MISMATCH, "response expected, got " + said.body().kind());
    }
    var slot = cohort.slotOf(said.author());
    if (slot.isEmpty()) {
      return Optional.of(new Violation.Stranger(said.author()));
    }
    Member member = cohort.members().get(slot.getAsInt());
    for (String did : response.updates().keySet()) {
      if (!member.dids().contains(did)) {
        return refusal(
            Code.ENTRY_MISMATCH,
            "entries of slot "
                + slot.getAsInt()
                + " must be for "
                + member.dids()
                + ", got "
                + did);
      }
    }
    boolean none = response.nonce().equals(NonceOffer.NONE);
    if (cohort.terms().order() == ResponseOrder.NO_NONCES) {
      return none ? Optional.empty() : refusal(Code.NONCE_INVALID, "terms know no nonces, got one");
    }
    return none
        ? refusal(Code.NONCE_INVALID, "response must carry a nonce, got none")
        : nonce(slot.getAsInt(), response.nonce().publicNonce());
  }

  /** What is wrong with the nonce that a statement of a later step carries. */
  public static Optional<Violation> check(Cohort cohort, SignedStatement said, NonceOffer carried) {
    var slot = cohort.slotOf(said.author());
    return slot.isEmpty()
        ? Optional.of(new Violation.Stranger(said.author()))
        : nonce(slot.getAsInt(), carried.publicNonce());
  }

  /** Whether a public nonce is two points. */
  public static Optional<Violation> nonce(int slot, Bytes publicNonce) {
    try {
      PublicNonce.check(slot, publicNonce);
      return Optional.empty();
    } catch (InvalidContributionException malformed) {
      return refusal(Code.NONCE_INVALID, String.valueOf(malformed.getMessage()));
    }
  }

  /** The response of a slot in this round: the first by instance and number, if any. */
  public static Optional<SignedStatement> of(Round round, StatementSet said, int slot) {
    Bytes author = round.cohort().members().get(slot).statementKey();
    Bytes roundId = round.id();
    return said.of(StatementKind.RESPONSE, author).stream()
        .filter(each -> each.header().roundId().equals(roundId))
        .findFirst();
  }

  /** All n responses in key order, or nothing while one is missing. */
  public static Optional<List<SignedStatement>> inKeyOrder(Round round, StatementSet said) {
    List<SignedStatement> responses = new ArrayList<>();
    for (int slot = 0; slot < round.cohort().size(); slot++) {
      Optional<SignedStatement> response = of(round, said, slot);
      if (response.isEmpty()) {
        return Optional.empty();
      }
      responses.add(response.get());
    }
    return Optional.of(responses);
  }

  /** Slots without a response. */
  public static List<Integer> missing(Round round, StatementSet said) {
    List<Integer> slots = new ArrayList<>();
    for (int slot = 0; slot < round.cohort().size(); slot++) {
      if (of(round, said, slot).isEmpty()) {
        slots.add(slot);
      }
    }
    return slots;
  }

  private static Optional<Violation> refusal(Code code, String detail) {
    return Optional.of(Violation.refusal(code, detail));
  }
}
