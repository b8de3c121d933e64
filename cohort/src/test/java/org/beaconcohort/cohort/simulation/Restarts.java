package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.musig2.bytes.Bytes;

/** What holds for everyone, wherever processes ended and started again. */
final class Restarts {
  private record Numbered(Bytes author, Bytes instance, long seq) {}

  private Restarts() {}

  static List<SimParty<?, ?>> everyone(Simulation simulation) {
    List<SimParty<?, ?>> parties = new ArrayList<>();
    parties.add(simulation.coordinator());
    parties.addAll(simulation.members());
    return parties;
  }

  static String describe(String name, SimJournal.Moment moment, String what, SimParty<?, ?> party) {
    return name
        + ", "
        + moment
        + " "
        + what
        + ", started again in "
        + party.restarts().get(0).getClass().getSimpleName();
  }

  /** Why an outcome is none of success. */
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

  static void check(Simulation simulation, String where) {
    for (SimParty<?, ?> party : everyone(simulation)) {
      assertEquals(
          1,
          new HashSet<>(party.outcomes()).size(),
          where + ": one outcome expected, got " + party.outcomes() + " in " + party.state());
    }
    List<SignedStatement> published = simulation.network().statements();
    checkOneThingPerNumber(published, where);
    Set<SignedStatement> kept = new HashSet<>(ownStatements(simulation));
    for (SignedStatement said : published) {
      assertTrue(kept.contains(said), where + ": " + said + " must be in its author's journal");
    }
    for (var member : simulation.members()) {
      checkClaims(member.facts(), where);
      checkNothingIsOut(member.facts(), where);
    }
  }

  /** R24: nobody's restart is to be taken for equivocation. */
  private static void checkOneThingPerNumber(List<SignedStatement> published, String where) {
    Map<Numbered, Bytes> ids = new HashMap<>();
    for (SignedStatement said : published) {
      Header header = said.header();
      Bytes other =
          ids.putIfAbsent(new Numbered(said.author(), header.instance(), header.seq()), said.id());
      assertTrue(other == null || other.equals(said.id()), where + ": equivocation, " + said);
    }
  }

  /** N6: what leaves is in the journal before, complete. */
  private static List<SignedStatement> ownStatements(Simulation simulation) {
    List<SignedStatement> made = new ArrayList<>();
    for (CoordinatorFact fact : simulation.coordinator().facts()) {
      if (fact instanceof CoordinatorFact.Made own) {
        made.add(own.statement());
      }
    }
    for (var member : simulation.members()) {
      for (ParticipantFact fact : member.facts()) {
        if (fact instanceof ParticipantFact.Made own) {
          made.add(own.statement());
        }
      }
    }
    simulation.nexts().forEach(next -> made.addAll(ownStatements(next)));
    return made;
  }

  /** Failed says that nothing signed here can still confirm. */
  private static void checkNothingIsOut(List<ParticipantFact> facts, String where) {
    int out = 0;
    for (ParticipantFact fact : facts) {
      switch (fact) {
        case ParticipantFact.PartialRecorded recorded -> out++;
        case ParticipantFact.SignalAnchored anchored -> out = 0;
        case ParticipantFact.Ended ended ->
            assertTrue(
                out == 0 || !(ended.outcome() instanceof Outcome.Failed),
                where + ": a signature is out, " + ended.outcome());
        default -> {}
      }
    }
  }

  /**
   * R5, R6 and R16: what a partial signature says was claimed; each of a member's nonces answered
   * one T; each outpoint has one txid.
   */
  private static void checkClaims(List<ParticipantFact> facts, String where) {
    Map<Bytes, Proposal> proposals = new HashMap<>();
    Map<Bytes, Bytes> txids = new HashMap<>();
    Map<Bytes, Bytes> transcripts = new HashMap<>();
    Set<Bytes> own = new HashSet<>();
    for (ParticipantFact fact : facts) {
      if (fact instanceof ParticipantFact.Noted noted
          && noted.statement().body() instanceof Proposal proposal) {
        proposals.put(noted.statement().id(), proposal);
      }
      if (fact instanceof ParticipantFact.Made made
          && made.statement().body() instanceof Proposal proposal) {
        proposals.put(made.statement().id(), proposal);
      }
      if (fact instanceof ParticipantFact.Claimed claimed) {
        txids.put(claimed.transcript(), claimed.txid());
        Proposal proposal = Objects.requireNonNull(proposals.get(claimed.proposalId()), where);
        for (Bytes carrier : proposal.nonces()) {
          if (own.contains(carrier)) {
            Bytes other = transcripts.putIfAbsent(carrier, claimed.transcript());
            assertTrue(
                other == null || other.equals(claimed.transcript()),
                where + ": a nonce claimed for two transcripts");
          }
        }
      }
      if (fact instanceof ParticipantFact.Made made) {
        own.add(made.statement().id());
        if (made.statement().body() instanceof PartialSignature partial) {
          assertTrue(txids.containsKey(partial.transcript()), where + ": signed without a claim");
        }
      }
    }
  }
}
