package org.beaconcohort.cohort.exploration;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.check.Finding;
import org.beaconcohort.cohort.check.IndependentCheck;
import org.beaconcohort.cohort.check.Invariant;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.StandbyState;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.Joined;
import org.beaconcohort.cohort.participant.LeafFact;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimParty;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;

/** What must hold after a plan was played, besides the checker's invariants. */
final class Judge {
  private static final Pattern SLOTS = Pattern.compile("those of slots \\[([0-9, ]*)\\]");

  private static final Set<StatementKind> HARMLESS =
      EnumSet.of(
          StatementKind.OPT_IN,
          StatementKind.ALIVE,
          StatementKind.SYNC,
          StatementKind.ROUND_REQUEST);

  private final Stage stage;
  private final Simulation simulation;
  private final List<Found> found = new ArrayList<>();
  private final Set<Integer> hostile = new HashSet<>();

  private Judge(Stage stage) {
    this.stage = stage;
    this.simulation = stage.simulation();
    for (Fault fault : stage.plan().faults()) {
      switch (fault) {
        case Fault.Lying it -> hostile.add(it.party());
        case Fault.Equivocating it -> hostile.add(it.party());
        case Fault.Silent it -> hostile.add(it.party());
        case Fault.Flooding it -> hostile.add(it.party());
        case Fault.Swapping it -> hostile.add(0);
        case Fault.Reproposing it -> hostile.add(0);
        case Fault.LeavingOut it -> hostile.add(0);
        default -> {}
      }
    }
  }

  /** All that does not hold. */
  static List<Found> judge(Stage stage) {
    Judge judge = new Judge(stage);
    IndependentCheck.of(stage.simulation().evidence()).findings().stream()
        .filter(each -> !judge.lostItsJournal(each))
        .forEach(each -> judge.find(each.invariant().name(), each.what()));
    judge.everybodyEnds();
    judge.nobodyIsFramed();
    judge.nothingAfterARollback();
    judge.oldEpochsAreNotObeyed();
    judge.failedMeansNothingIsOut();
    judge.whatIsSaidIsKept();
    judge.fundsStay();
    stage.leaves().judge(judge.hostile, judge::find);
    if (Promise.isMade(stage)) {
      judge.everyRoundIsAnchored();
    }
    return List.copyOf(judge.found);
  }

  /** A journal that was put back, and whose owner hears nothing of it, no longer holds a map. */
  private boolean lostItsJournal(Finding finding) {
    return finding.invariant() == Invariant.I3_BUNDLE_IS_HELD
        && stage.backs().stream()
            .filter(Stage.Back::behind)
            .map(back -> stage.parties().indexOf(back.party()))
            .filter(i -> i > 0 && i <= stage.plan().members())
            .anyMatch(i -> finding.what().contains(simulation.statementKey(i - 1).toString()));
  }

  private void find(String rule, String what) {
    found.add(new Found(rule, what));
  }

  private String name(int party) {
    int members = stage.plan().members();
    return party == 0
        ? "coordinator"
        : party <= members ? "member " + party : "successor " + (party - members);
  }

  private void everybodyEnds() {
    for (int i = 0; i < stage.parties().size(); i++) {
      SimParty<?, ?> party = stage.parties().get(i);
      Object state = party.state();
      if (stage.stopped().contains(party)
          || state instanceof ParticipantState.Searching
          || state instanceof StandbyState.Seeking) {
        continue;
      }
      if (!Stage.over(state) || party.outcomes().isEmpty()) {
        find(
            "ENDS",
            name(i) + " must have ended by name, it is in " + state.getClass().getSimpleName());
      }
      if (party.isRunning() && !party.folded().equals(state)) {
        find("JOURNAL", name(i) + "'s journal must lead to its state");
      }
    }
  }

  /** Nobody who does what its machine says is proved to have done something else. */
  private void nobodyIsFramed() {
    for (int i = 0; i < stage.parties().size(); i++) {
      for (Violation violation : stage.parties().get(i).refused()) {
        if (violation instanceof Violation.Equivocation proof && isHonest(proof.author())) {
          find("FRAMED", name(i) + " holds a proof against an honest party: " + proof.detail());
        }
      }
      for (Outcome outcome : stage.parties().get(i).outcomes()) {
        framed(i, outcome);
      }
    }
  }

  private boolean isHonest(Bytes key) {
    return stage.party(key) >= 0 && !hostile.contains(stage.party(key));
  }

  private void framed(int by, Outcome outcome) {
    Optional<Code> code = code(outcome);
    String detail = detail(outcome);
    if (code.equals(Optional.of(Code.EQUIVOCATION))) {
      for (int i = 0; i < stage.parties().size(); i++) {
        Bytes key = i == 0 ? simulation.coordinatorKey() : simulation.statementKey(i - 1);
        if (!hostile.contains(i) && detail.contains("author " + key.hex())) {
          find("FRAMED", name(by) + " says that " + name(i) + " equivocates: " + detail);
        }
      }
      if (hostile.isEmpty()) {
        find("FRAMED", name(by) + " says that somebody equivocates, and nobody does: " + detail);
      }
    }
    if (code.equals(Optional.of(Code.BAD_PARTIAL_SIGNATURE))) {
      Matcher slots = SLOTS.matcher(detail);
      if (hostile.isEmpty()) {
        find("FRAMED", name(by) + " says that a signature is bad, and all are good: " + detail);
      } else if (slots.find()) {
        for (String slot : slots.group(1).split(", ", -1)) {
          int party = slot.isBlank() ? -1 : ofSlot(Integer.parseInt(slot.strip()));
          if (party >= 0 && !hostile.contains(party)) {
            find("FRAMED", name(by) + " says that " + name(party) + " signs badly: " + detail);
          }
        }
      }
    }
  }

  private int ofSlot(int slot) {
    for (int i = 1; i <= stage.plan().members(); i++) {
      Optional<Joined> joined = Roundabout.joined(simulation.members().get(i - 1).state());
      if (joined.isPresent() && joined.get().slot() == slot) {
        return i;
      }
    }
    return -1;
  }

  static Optional<Code> code(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Anchored anchored -> Optional.empty();
      case Outcome.SucceededBy next -> Optional.empty();
      case Outcome.Failed failed -> Optional.of(failed.code());
      case Outcome.MayStillConfirm may -> Optional.of(may.code());
      case Outcome.AnchoredAlone alone -> Optional.of(alone.code());
      case Outcome.Halted halted -> Optional.of(halted.code());
    };
  }

  private static String detail(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Anchored anchored -> "";
      case Outcome.SucceededBy next -> "";
      case Outcome.Failed failed -> failed.detail();
      case Outcome.MayStillConfirm may -> may.detail();
      case Outcome.AnchoredAlone alone -> alone.detail();
      case Outcome.Halted halted -> halted.detail();
    };
  }

  /**
   * N19: a member whose journal is older than its words commits to nothing and says nothing. It
   * asks for its words of the round that it is in, so it may say what it has heard, and ask for the
   * next round again, before it hears that it has done so; a candidate has no channel to ask for.
   */
  private void nothingAfterARollback() {
    for (Stage.Back back : stage.backs()) {
      if (!back.behind()) {
        continue;
      }
      List<?> facts = back.party().facts();
      for (Object fact : facts.subList(Math.min(back.left(), facts.size()), facts.size())) {
        if (fact instanceof ParticipantFact.UpdatesCommitted
            || fact instanceof ParticipantFact.Claimed
            || fact instanceof ParticipantFact.PartialRecorded
            || fact instanceof LeafFact.LeafClaimed
            || fact instanceof LeafFact.LeafRecorded
            || (fact instanceof ParticipantFact.Made made
                && !HARMLESS.contains(made.statement().body().kind())
                && !isOfAnEarlierRound(back, made.statement()))) {
          find(
              "ROLLBACK",
              name(stage.parties().indexOf(back.party()))
                  + " goes on after its journal was put back to "
                  + back.left()
                  + " facts: "
                  + fact.getClass().getSimpleName());
        }
      }
    }
  }

  /** Nonces that it has lost in a round of which its journal holds all that it said. */
  private boolean isOfAnEarlierRound(Stage.Back back, SignedStatement said) {
    List<Bytes> kept =
        back.party().facts().subList(0, Math.min(back.left(), back.party().facts().size())).stream()
            .filter(ParticipantFact.Made.class::isInstance)
            .map(fact -> ((ParticipantFact.Made) fact).statement().id())
            .toList();
    return said.body().kind() == StatementKind.NONCE_LOST
        && simulation.network().statements().stream()
            .filter(each -> each.author().equals(said.author()))
            .filter(each -> !each.header().instance().equals(said.header().instance()))
            .filter(each -> each.header().roundId().equals(said.header().roundId()))
            .allMatch(each -> kept.contains(each.id()));
  }

  /** R12: what is claimed was proposed in the highest epoch that was endorsed in that round. */
  private void oldEpochsAreNotObeyed() {
    for (int i = 1; i <= stage.plan().members(); i++) {
      Map<Bytes, SignedStatement> said = new HashMap<>();
      int epoch = 0;
      for (ParticipantFact fact : simulation.members().get(i - 1).facts()) {
        switch (fact) {
          case ParticipantFact.Noted noted -> said.put(noted.statement().id(), noted.statement());
          case ParticipantFact.Made made -> said.put(made.statement().id(), made.statement());
          case ParticipantFact.EpochEndorsed endorsed -> epoch = endorsed.epoch();
          case ParticipantFact.NextRound next -> epoch = 0;
          case ParticipantFact.Claimed claimed -> {
            int by =
                Objects.requireNonNull(said.get(claimed.proposalId()), "proposal").header().epoch();
            if (by < epoch) {
              find("EPOCH", name(i) + " obeys epoch " + by + " after it endorsed " + epoch);
            }
          }
          default -> {}
        }
      }
    }
  }

  /** Failed says that nothing signed here can still confirm. */
  private void failedMeansNothingIsOut() {
    for (int i = 1; i <= stage.plan().members(); i++) {
      int out = 0;
      for (ParticipantFact fact : simulation.members().get(i - 1).facts()) {
        switch (fact) {
          case ParticipantFact.PartialRecorded recorded -> out++;
          case LeafFact.LeafRecorded recorded -> out++;
          case ParticipantFact.SignalAnchored anchored -> out = 0;
          case ParticipantFact.Ended ended -> {
            if (out > 0 && ended.outcome() instanceof Outcome.Failed) {
              find("FAILED", name(i) + " has failed, and a signature of it is out");
            }
          }
          default -> {}
        }
      }
    }
  }

  /** N6: what leaves is in its author's journal before. */
  private void whatIsSaidIsKept() {
    Set<Bytes> kept = new HashSet<>();
    List<SimParty<?, ?>> all = new ArrayList<>(stage.parties());
    all.addAll(simulation.twins());
    for (SimParty<?, ?> party : all) {
      for (Object fact : party.journal().everKept()) {
        switch (fact) {
          case ParticipantFact.Made made -> kept.add(made.statement().id());
          case CoordinatorFact.Made made -> kept.add(made.statement().id());
          default -> {}
        }
      }
    }
    Set<Bytes> forged = simulation.forged();
    for (SignedStatement said : simulation.network().statements()) {
      if (!kept.contains(said.id()) && !forged.contains(said.id())) {
        find(
            "KEPT",
            said.body().kind() + " of " + name(stage.party(said.author())) + " is not kept");
      }
    }
  }

  /** What is on the address goes back to it but for a fee within the terms. */
  private void fundsStay() {
    Optional<Joined> joined =
        simulation.members().stream()
            .flatMap(member -> Roundabout.joined(member.state()).stream())
            .findFirst();
    if (joined.isEmpty()) {
      return;
    }
    Bytes script = joined.get().cohort().output().script();
    int rounds = 0;
    for (Transaction spend : simulation.chain().spends()) {
      var from = spend.inputs().getFirst().outpoint();
      TxOutput prevout = simulation.chain().output(from).orElseThrow();
      if (!prevout.script().equals(script)) {
        continue;
      }
      rounds++;
      long fee = prevout.value() - spend.outputValue();
      boolean right =
          spend.inputs().size() == 1
              && spend.outputs().size() == 2
              && spend.outputs().getFirst().script().equals(script)
              && SignalOutput.of(spend).isPresent()
              && fee <= joined.get().cohort().terms().fees().maxFee();
      if (!right) {
        find("FUNDS", spend.displayTxid() + " pays " + spend.outputs() + " and a fee of " + fee);
      }
    }
    if (rounds > stage.plan().rounds()) {
      find("FUNDS", rounds + " beacon transactions in " + stage.plan().rounds() + " rounds");
    }
  }

  private void everyRoundIsAnchored() {
    Set<Integer> missing = Promise.missing(stage);
    for (int i = 0; i < stage.parties().size(); i++) {
      SimParty<?, ?> party = stage.parties().get(i);
      boolean leads = i == 0 && (hostile.contains(0) || stage.stopped().contains(party));
      boolean exempt = leads || missing.contains(i) || i > stage.plan().members();
      if (!exempt
          && (party.outcomes().isEmpty()
              || !(party.outcomes().getLast() instanceof Outcome.Anchored))) {
        find(
            "ANCHORED",
            name(i)
                + " must be anchored, it is in "
                + party.state().getClass().getSimpleName()
                + " with "
                + party.outcomes());
      }
    }
  }
}
