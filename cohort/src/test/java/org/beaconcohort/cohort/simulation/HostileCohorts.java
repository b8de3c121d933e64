package org.beaconcohort.cohort.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.musig2.bytes.Bytes;

/** Cohorts of the simulation where somebody says what it must not. */
public final class HostileCohorts {
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Bytes ZERO = Bytes.of(new byte[32]);

  private HostileCohorts() {}

  private static Simulation cohort(long seed, int min, int members) {
    Simulation simulation = new Simulation(seed, Simulation.terms(min, members));
    for (int i = 0; i < members; i++) {
      simulation.addMember(true);
    }
    return simulation;
  }

  private static Simulation ended(Simulation simulation) {
    simulation.begin();
    simulation.run(A_DAY);
    return simulation;
  }

  /** Member 0 answers the round twice under one number. */
  public static Simulation memberSaysTwoThings() {
    Simulation simulation = cohort(123, 2, 2);
    var forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof Response response
                    && said.author().equals(simulation.statementKey(0))
                    && !receiver.equals("member-0")
                ? List.of(said, forger.again(said, new Response(Map.of(), response.nonce())))
                : List.of(said));
    return ended(simulation);
  }

  /** Member 0 sends the others a partial signature that is the number 7. */
  public static Simulation memberSignsBadly() {
    Simulation simulation = cohort(21, 3, 3);
    var forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof PartialSignature partial
                    && said.author().equals(simulation.statementKey(0))
                    && !receiver.equals("member-0")
                ? List.of(
                    forger.again(
                        said,
                        Changed.with(
                            partial,
                            "signature",
                            Bytes.concat(Bytes.of(new byte[31]), Bytes.ofHex("07")))))
                : List.of(said));
    return ended(simulation);
  }

  /** The coordinator's proposals are what {@code lie} makes of them. */
  public static Simulation coordinatorProposes(UnaryOperator<Proposal> lie) {
    Simulation simulation = cohort(31, 2, 2);
    simulation.coordinatorLies(StatementKind.PROPOSAL, body -> lie.apply((Proposal) body));
    return ended(simulation);
  }

  /** The coordinator's A is wrong, and T right for it. */
  public static Simulation coordinatorProposesAnotherContext() {
    Simulation simulation = cohort(31, 2, 2);
    simulation.coordinatorLies(
        StatementKind.PROPOSAL,
        body -> {
          var proposing = (CoordinatorState.Proposing) simulation.coordinator().state();
          Proposal honest = (Proposal) body;
          Proposal other = Changed.with(honest, "context", ZERO);
          return Changed.with(other, "transcript", proposing.attempt().transcript(ZERO));
        });
    return ended(simulation);
  }

  /** The coordinator shows each member an aggregate of other nonces. */
  public static Simulation coordinatorShowsTwoAggregates() {
    Simulation simulation = cohort(32, 2, 2);
    var forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof Proposal honest
                    && said.author().equals(simulation.coordinatorKey())
                ? List.of(forger.again(said, Changed.with(honest, "transcript", mark(receiver))))
                : List.of(said));
    return ended(simulation);
  }

  private static Bytes mark(String receiver) {
    byte[] mark = new byte[32];
    mark[0] = (byte) (1 + receiver.charAt(receiver.length() - 1) % 8);
    return Bytes.of(mark);
  }

  /** The coordinator proposes a second key set, without the last member; member 0 takes both. */
  public static Simulation keysetForks() {
    Simulation simulation = cohort(33, 2, 3);
    var forger = simulation.forger();
    AtomicReference<Bytes> other = new AtomicReference<>(ZERO);
    simulation
        .network()
        .tamper((receiver, said) -> {
          List<SignedStatement> arriving = new ArrayList<>(List.of(said));
          // Liars know themselves.
          if (receiver.equals("coordinator") || receiver.equals("member-0")) {
            return arriving;
          }
          if (said.body() instanceof KeysetProposal honest) {
            SignedStatement second = forger.instead(said, later(said), without(honest));
            other.set(second.id());
            arriving.add(second);
          } else if (said.body() instanceof KeysetAck
              && said.author().equals(simulation.statementKey(0))) {
            arriving.add(forger.instead(said, later(said), new KeysetAck(other.get())));
          }
          return arriving;
        });
    return ended(simulation);
  }

  private static KeysetProposal without(KeysetProposal all) {
    return new KeysetProposal(
        all.announcementEvent(),
        all.keys().subList(0, 2),
        all.optIns().subList(0, 2),
        all.threshold(),
        all.address(),
        all.channelKeyHash(),
        all.parentProposalId());
  }

  private static Header later(SignedStatement said) {
    return Changed.with(said.header(), "seq", said.header().seq() + 1_000);
  }
}
