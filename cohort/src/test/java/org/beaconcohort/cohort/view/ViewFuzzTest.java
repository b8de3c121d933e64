package org.beaconcohort.cohort.view;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Well-formed statements with anything in them: a verdict comes out, never an exception. */
final class ViewFuzzTest {
  private static final TestCohort COHORT = new TestCohort(65);
  private static final TestRound ROUND = new TestRound(COHORT);

  private static void judge(String what, SignedStatement good, Consumer<SignedStatement> judge) {
    String content = StatementCodec.encode(good.header(), good.body());
    Fuzz.ofJson(what, List.of(content))
        .refusing(MalformedStatementException.class)
        // Three members' keys and proofs.
        .allocatingAlways(2 * 1024 * 1024)
        .run(text -> {
          StatementCodec.Decoded decoded =
              StatementCodec.decode(good.body().kind(), text, SimNotary::read);
          judge.accept(
              new SignedStatement(
                  good.id(),
                  good.author(),
                  good.createdAt(),
                  good.event(),
                  decoded.header(),
                  decoded.body()));
        });
  }

  @Test
  void anAnnouncementIsJudged() {
    JoinPolicy policy = new JoinPolicy(Network.REGTEST, Bytes.EMPTY, 1, 20_000, Instant.MAX);
    judge(
        "JoinPolicy.check",
        COHORT.announcement(),
        said -> policy.check(said, List.of(), Instant.ofEpochSecond(1_800_000_000)));
  }

  @Test
  void anOptInIsJudged() {
    judge(
        "OptInProof.check",
        COHORT.optIns().get(0),
        said -> {
          OptInProof.check(COHORT.announcement(), said);
          KeysetView.clash(COHORT.optIns(), said);
        });
  }

  @Test
  void aKeysetProposalIsJudged() {
    judge(
        "KeysetView.check",
        COHORT.keysetProposal(),
        said -> {
          if (said.body() instanceof KeysetProposal proposal) {
            KeysetView.check(COHORT.announcement(), proposal, COHORT.optIns());
          }
        });
  }

  @Test
  void aKeysetOfAnyOptInIsJudged() {
    judge(
        "KeysetView.check of opt-ins",
        COHORT.optIns().get(1),
        said -> {
          if (COHORT.keysetProposal().body() instanceof KeysetProposal proposal) {
            KeysetView.check(
                COHORT.announcement(),
                proposal,
                List.of(COHORT.optIns().get(0), said, COHORT.optIns().get(2)));
          }
        });
  }

  @Test
  void anOpportunityIsJudged() {
    SignedStatement good =
        COHORT
            .leader()
            .say(ROUND.round().cohort().id(), ROUND.round().id(), ROUND.round().opportunity());
    judge(
        "Round.check",
        good,
        said -> {
          if (said.body() instanceof Opportunity opportunity) {
            Round round = new Round(ROUND.round().cohort(), opportunity);
            if (round.check().isEmpty()) {
              round.id();
              round.beacon(Bytes.of(new byte[32])).keyPathSighash();
            }
          }
        });
  }

  @Test
  void aResponseIsJudged() {
    judge(
        "Responses.check", ROUND.responses().get(0), said -> Responses.check(ROUND.round(), said));
  }
}
