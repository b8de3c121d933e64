package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.beaconcohort.cohort.evidence.Conviction;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.evidence.EvidenceCodec;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One key set, two channels: neither half of the cohort hears the other's acknowledgements. */
final class TwoChannelsTest {
  private static final Set<String> OTHER_HALF = Set.of("member-2", "member-3");
  private static final ChannelKey OTHER = new ChannelKey(Bytes.ofHex("5a".repeat(32)));

  @Tag("scenario-44")
  @Test
  void twoHalvesWithTwoChannelKeysShowEachOtherBothProposalsAndFundNothing() {
    Simulation simulation = new Simulation(600, Simulation.terms(4, 4));
    for (int i = 0; i < 4; i++) {
      simulation.addMember(true);
    }
    var forger = simulation.forger();
    Map<Bytes, SignedStatement> forged = new HashMap<>();
    simulation
        .network()
        .tamper((receiver, said) -> {
          if (!OTHER_HALF.contains(receiver)
              || !said.author().equals(simulation.coordinatorKey())
              || forged.containsValue(said)) {
            return List.of(said);
          }
          // What the other half is handed is signed as well as the first.
          if (said.body() instanceof Welcome welcome && !welcome.channelKey().equals(OTHER)) {
            return List.of(
                forged.computeIfAbsent(
                    said.id(),
                    id -> {
                      SignedStatement proposal = other(simulation, forger, welcome);
                      simulation.network().inject(proposal, new Recipient.Channel(OTHER, 0));
                      simulation.network().statements().stream()
                          .filter(each -> each.body() instanceof OptIn)
                          .distinct()
                          .forEach(each ->
                              simulation.network().inject(each, new Recipient.Channel(OTHER, 0)));
                      return forger.instead(
                          said, later(said), new Welcome(OTHER, proposal.id(), Bytes.EMPTY));
                    }));
          }
          return List.of(said);
        });
    simulation.begin();
    assertTrue(
        simulation.runUntil(
            () ->
                simulation.members().stream()
                    .allMatch(member -> member.state() instanceof ParticipantState.Closed),
            Duration.ofDays(1)));
    for (int i = 0; i < 4; i++) {
      Outcome.Failed failed =
          assertInstanceOf(Outcome.Failed.class, simulation.members().get(i).outcomes().getFirst());
      assertEquals(Code.KEYSET_FORK, failed.code(), "member " + i);
      List<Evidence> evidence =
          Blame.byMember(simulation, i).stream()
              .filter(each -> each.code() == Code.KEYSET_FORK)
              .toList();
      assertEquals(1, evidence.size(), "both signed messages, member " + i);
      Conviction offline =
          EvidenceCodec.decode(EvidenceCodec.encode(evidence.getFirst()), SimNotary::read)
              .verify(SimNotary::read);
      assertEquals(simulation.coordinatorKey(), offline.author());
    }
    assertEquals(List.of(), simulation.chain().spends());
  }

  private static SignedStatement other(
      Simulation simulation, SimNotary.Forger forger, Welcome welcome) {
    SignedStatement honest =
        simulation.network().statements().stream()
            .filter(said -> said.id().equals(welcome.keysetProposalId()))
            .findFirst()
            .orElseThrow();
    assertEquals(StatementKind.KEYSET_PROPOSAL, honest.body().kind());
    KeysetProposal proposal = (KeysetProposal) honest.body();
    return forger.instead(
        honest,
        later(honest),
        new KeysetProposal(
            proposal.announcementEvent(),
            proposal.keys(),
            proposal.optIns(),
            proposal.threshold(),
            proposal.address(),
            OTHER.hash(),
            proposal.parentProposalId()));
  }

  private static Header later(SignedStatement said) {
    return Changed.with(said.header(), "seq", said.header().seq() + 1_000);
  }
}
