package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Keying;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Shrinking;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.ProposedKeyset;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The key set before it is final: n acknowledgements make it so; whoever does not acknowledge in
 * time is left out of the next proposal (signing-safety 2.4 a, N11). A complete set is final even
 * if its last acknowledgement comes after a later proposal.
 */
final class Shrink {
  /** Most key sets that are proposed to a cohort, the first among them. */
  static final int MOST_KEYSETS = 4;

  private static final String SILENT =
      "the acknowledgement of the key set did not come in time, the others go on in another one;"
          + " anchor the update by your singleton beacon or join another cohort";

  private Shrink() {}

  /** Nothing while acknowledgements of every proposal are missing. */
  static Optional<Verdict.Accepted<CoordinatorFact>> acknowledged(
      InCohort state, Bytes proposalId, Instant now) {
    Formed formed = state.formed();
    Instant until = now.plus(formed.plan().terms().deadlines().funding());
    if (new ProposedKeyset(formed.cohort(), formed.channel(), proposalId)
        .isComplete(formed.said())) {
      List<Effect> effects = new ArrayList<>();
      effects.add(LeaderSaying.awaitFunding(formed.cohort()));
      effects.addAll(tellLeftOut(formed));
      return Optional.of(
          new Verdict.Accepted<>(List.of(new CoordinatorFact.KeysetFinal(until)), effects));
    }
    return formed.earlier().stream()
        .filter(each -> each.isComplete(formed.said()))
        .findFirst()
        .map(each ->
            new Verdict.Accepted<>(
                List.of(new CoordinatorFact.EarlierFinal(each.proposalId(), until)),
                List.of(LeaderSaying.awaitFunding(each.cohort()))));
  }

  /**
   * The proof, to those who are left out of it, that a later key set is complete: whoever holds a
   * complete earlier one would wait for its funding else.
   */
  static List<Effect> tellLeftOut(Formed formed) {
    List<Bytes> inboxes =
        formed.earlier().stream()
            .flatMap(each -> each.cohort().members().stream())
            .filter(member -> formed.cohort().slotOf(member.statementKey()).isEmpty())
            .map(Member::inboxKey)
            .distinct()
            .toList();
    if (inboxes.isEmpty()) {
      return List.of();
    }
    Recipient leftOut = new Recipient.Inboxes(inboxes);
    List<Effect> effects = new ArrayList<>();
    for (SignedStatement proposal :
        formed.said().of(StatementKind.KEYSET_PROPOSAL, formed.plan().identity())) {
      effects.add(new Effect.Send(proposal, leftOut));
    }
    for (SignedStatement said : formed.said().of(StatementKind.KEYSET_ACK)) {
      if (said.body().equals(new KeysetAck(formed.proposalId()))) {
        effects.add(new Effect.Send(said, leftOut));
      }
    }
    return effects;
  }

  /** An acknowledgement of an earlier proposal, by one of its members, that may complete it. */
  static boolean isEarlierAck(InCohort state, SignedStatement said) {
    return (state instanceof Keying || state instanceof Shrinking)
        && said.body() instanceof KeysetAck ack
        && state.formed().earlier().stream()
            .anyMatch(each ->
                each.proposalId().equals(ack.keysetProposalId())
                    && each.cohort().id().equals(said.header().cohortId())
                    && each.cohort().slotOf(said.author()).isPresent());
  }

  /** Goes on with those who acknowledged, or ends if they are too few or the tries used up. */
  static Verdict<CoordinatorFact> atDeadline(Formed formed, Bytes proposalId, Instant now) {
    CohortTerms terms = formed.plan().terms();
    List<Bytes> dropped =
        new ProposedKeyset(formed.cohort(), formed.channel(), proposalId)
            .missing(formed.said()).stream().map(Member::optInId).toList();
    int left = formed.cohort().size() - dropped.size();
    if (left < terms.minMembers()) {
      return ended(
          formed,
          "acknowledgements must be at least "
              + terms.minMembers()
              + ", got "
              + left
              + "; anchor the update by your singleton beacon or wait for another announcement");
    }
    if (formed.earlier().size() + 1 >= MOST_KEYSETS) {
      return ended(
          formed,
          "key sets must be acknowledged within "
              + MOST_KEYSETS
              + " tries, none was; anchor the update by your singleton beacon");
    }
    CoordinatorFact.KeysetShrunk fact =
        new CoordinatorFact.KeysetShrunk(dropped, now.plus(terms.deadlines().keying()));
    List<Effect> effects = new ArrayList<>(unsaid(without(formed, proposalId, fact)));
    effects.add(new Effect.DrawChannelKey());
    return new Verdict.Accepted<>(List.of(fact), effects);
  }

  private static Verdict<CoordinatorFact> ended(Formed formed, String detail) {
    Outcome.Failed outcome = new Outcome.Failed(Code.NOT_ENOUGH, detail);
    return new Verdict.Accepted<>(
        List.of(new CoordinatorFact.Ended(outcome)),
        Enrolment.told(formed.announcement(), formed.optIns(), outcome));
  }

  static Shrinking without(Formed formed, Bytes proposalId, CoordinatorFact.KeysetShrunk fact) {
    return new Shrinking(
        formed,
        proposalId,
        formed.optIns().stream().filter(said -> !fact.dropped().contains(said.id())).toList(),
        fact.until());
  }

  /** What those who are left out are still to be told. */
  static List<Effect> unsaid(Shrinking state) {
    List<Effect> effects = new ArrayList<>();
    for (SignedStatement said : state.formed().optIns()) {
      boolean told =
          state.formed().made().stream()
              .anyMatch(made ->
                  made.statement().body() instanceof OptInRefused refused
                      && refused.optInId().equals(said.id()));
      if (!told && !state.optIns().contains(said)) {
        effects.addAll(refuse(state.formed(), said, Code.SILENT_MEMBER, SILENT));
      }
    }
    return effects;
  }

  private static List<Effect> refuse(
      Formed formed, SignedStatement said, Code code, String detail) {
    return said.body() instanceof OptIn optIn
        ? List.of(Enrolment.refuse(formed.announcement(), said.id(), optIn, code, detail))
        : List.of();
  }

  static Verdict<CoordinatorFact> drawn(Shrinking state, ChannelKey key) {
    return Verdict.accept(
        new CoordinatorFact.ChannelDrawn(key),
        new Effect.Listen(key, 0),
        new Effect.Listen(key, 1),
        Enrolment.sayKeyset(form(state, key)));
  }

  /** The smaller cohort, with all that was said so far: the earlier set may still complete. */
  static Formed form(Shrinking state, ChannelKey key) {
    Formed before = state.formed();
    Cohort cohort = KeysetView.cohort(before.plan().terms(), state.optIns());
    List<SignedStatement> inKeyOrder =
        cohort.members().stream()
            .map(member -> before.said().find(member.optInId()).orElseThrow())
            .toList();
    return new Formed(
        before.plan(),
        before.announcement(),
        inKeyOrder,
        cohort,
        key,
        before.said(),
        before.made(),
        Enrolment.and(
            before.earlier(),
            new ProposedKeyset(before.cohort(), before.channel(), state.proposalId())));
  }
}
