package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Final;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand messages that are wrong, useless or repeated: the round completes (N20). */
final class FloodTest {
  private static final int MANY = 10_000;
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Bytes ZERO = Bytes.of(new byte[32]);

  private final Simulation simulation = new Simulation(91, Simulation.terms(3, 3));

  /** Everybody's wish for the round is heard: who floods before that spends the quota for it. */
  private void untilTheRoundIsOpen() {
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Collecting, A_DAY));
  }

  @Tag("scenario-34")
  @Test
  void tenThousandMessagesOfAStrangerLeaveNoTrace() {
    untilTheRoundIsOpen();
    SimNotary stranger =
        new SimNotary(SecretKey.generate(new SeededRandom(92)), simulation.time()::now);
    SignedStatement like = requestOf(2);
    List<Integer> before = facts();
    List<SignedStatement> some = new ArrayList<>();
    for (int i = 0; i < MANY / 2; i++) {
      some.add(stranger.sign(header(like, i), wrong(i)));
    }
    // Half of them are said twice.
    heardByAll(some, true);
    assertEquals(before, facts());
    assertTrue(refusals(Code.AUTHOR_MISMATCH) >= MANY, "every one is refused, by name");
    everybodyIsAnchored();
  }

  @Tag("scenario-34")
  @Test
  void tenThousandMessagesOfAMemberAreKeptUpToItsQuota() {
    untilTheRoundIsOpen();
    SimNotary.Forger forger = simulation.forger();
    SignedStatement like = requestOf(2);
    List<Integer> before = facts();
    List<SignedStatement> some = new ArrayList<>();
    for (int i = 0; i < MANY / 2; i++) {
      some.add(forger.instead(like, header(like, 1_000 + i), wrong(i)));
    }
    heardByAll(some, false);
    int quotas = 0;
    for (StatementKind kind : StatementKind.values()) {
      quotas += kind.quota() > 100 ? 0 : kind.quota();
    }
    List<Integer> after = facts();
    for (int i = 0; i < before.size(); i++) {
      int more = after.get(i) - before.get(i);
      assertTrue(more <= quotas, "at most the quotas of one author are kept, got " + more);
    }
    assertTrue(refusals(Code.RATE_LIMITED) > MANY / 2, "the rest is refused, by name");
    everybodyIsAnchored();
  }

  /** To everybody but who says it; twice in all. */
  private void heardByAll(List<SignedStatement> some, boolean bySomebodyElse) {
    for (int times = 0; times < 2; times++) {
      for (SignedStatement each : some) {
        simulation.coordinator().accept(new Input.Heard(each));
        for (int i = 0; i < (bySomebodyElse ? 3 : 2); i++) {
          simulation.members().get(i).accept(new Input.Heard(each));
        }
      }
    }
  }

  private void everybodyIsAnchored() {
    simulation.run(A_DAY);
    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().getLast());
    }
    assertInstanceOf(Outcome.Anchored.class, simulation.coordinator().outcomes().getLast());
  }

  private List<Integer> facts() {
    List<Integer> counts = new ArrayList<>(List.of(simulation.coordinator().facts().size()));
    simulation.members().subList(0, 2).forEach(member -> counts.add(member.facts().size()));
    return counts;
  }

  private long refusals(Code code) {
    return simulation.coordinator().refused().stream().filter(no -> no.code() == code).count();
  }

  private SignedStatement requestOf(int member) {
    return simulation.network().statements().stream()
        .filter(said -> said.author().equals(simulation.statementKey(member)))
        .filter(said -> said.body().kind() == StatementKind.KEYSET_ACK)
        .findFirst()
        .orElseThrow();
  }

  private static Header header(SignedStatement like, int number) {
    Bytes round = number % 4 == 0 || number % 4 == 2 ? ZERO : Bytes.EMPTY;
    return new Header(
        like.header().cohortId(), round, like.header().instance(), 1_000 + number, like.id(), 0);
  }

  /** Nothing that anybody can use. */
  private static Statement wrong(int number) {
    return switch (number % 4) {
      case 0 -> new Response(Map.of(), new NonceOffer(1, Bytes.of(new byte[66])));
      case 1 -> new KeysetAck(ZERO);
      case 2 -> new Final(ZERO, ZERO, Bytes.of(new byte[64]));
      default -> new RoundRequest(1 + number);
    };
  }
}
