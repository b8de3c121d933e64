package org.beaconcohort.cohort.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.check.Evidence;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.beaconcohort.musig2.protocol.SigningSession;

/** Cohorts with a member that breaks a rule, for the checker to find. */
public final class BrokenMembers {
  private BrokenMembers() {}

  /** Its randomness is stuck: every nonce is the same. */
  public static Evidence withOneNonceForEverything(Duration most) {
    Simulation simulation = new Simulation(61, Simulation.terms(2, 2, 0, 2));
    simulation.unchecked();
    simulation.addMemberWith(StuckVault::new);
    simulation.addMember(true);
    simulation.begin();
    boolean unused = simulation.runUntil(() -> false, most);
    return simulation.evidence();
  }

  /** Its claim is written after the signature has left, and the process ends between the two. */
  public static Evidence thatClaimsAfterItSigns(Duration most) {
    Simulation simulation = new Simulation(62, Simulation.terms(2, 2));
    simulation.unchecked();
    var member = simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    boolean signed =
        simulation.runUntil(() -> member.state() instanceof ParticipantState.Signed, most);
    boolean said =
        simulation.runUntil(
            () ->
                simulation.network().statements().stream()
                    .anyMatch(each ->
                        each.body().kind() == StatementKind.PARTIAL_SIGNATURE
                            && each.author().equals(simulation.statementKey(0))),
            most);
    if (!signed || !said) {
      throw new IllegalStateException("member must have signed, it is in " + member.state());
    }
    List<ParticipantFact> facts = member.facts();
    int claim = 0;
    while (!(facts.get(claim) instanceof ParticipantFact.Claimed)) {
      claim++;
    }
    member.loseAllBut(claim);
    boolean unused = simulation.runUntil(() -> false, most);
    return simulation.evidence();
  }

  /** It runs in two copies of one machine, and a leader shows each another transaction. */
  public static Evidence thatSignsTwoTransactions(Duration most) {
    Simulation one = new Simulation(63, Simulation.terms(2, 2), 2_000);
    Simulation other = new Simulation(63, Simulation.terms(2, 2), 3_000);
    for (Simulation simulation : List.of(one, other)) {
      simulation.addMember(true);
      simulation.addMember(true);
      simulation.begin();
      simulation.run(most);
    }
    Evidence first = one.evidence();
    Evidence second = other.evidence();
    return new Evidence(
        concat(first.events(), second.events()),
        Set.of(),
        concat(first.journals(), second.journals()),
        concat(first.transactions(), second.transactions()));
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Its controller makes another update for the version that it has handed out. */
  public static Evidence thatChangesItsMind(Duration most) {
    Simulation simulation = new Simulation(64, Simulation.terms(2, 2, 0, 2));
    simulation.unchecked();
    var member = simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    boolean second =
        simulation.runUntil(
            () -> member.state() instanceof ParticipantState.Ready ready && ready.number() == 2,
            most);
    if (!second) {
      throw new IllegalStateException("member must reach round 2, it is in " + member.state());
    }
    simulation.dids().get(0).forgetUpdate("https://example.net");
    boolean unused = simulation.runUntil(() -> false, most);
    return simulation.evidence();
  }

  /** Opens the same nonce for every number, and signs whatever it is asked. */
  private static final class StuckVault implements Signer {
    private static final long STUCK = 7;

    private final SecretKey key;

    StuckVault(SecretKey key) {
      this.key = key;
    }

    @Override
    public Bytes publicKey() {
      return key.publicKey();
    }

    @Override
    public Bytes provePossession(Bytes message) {
      return Schnorr.sign(key, message, message);
    }

    private SigningSession session(KeyAggContext keys) {
      return SigningSession.start(
          key, keys, Optional.empty(), Bytes.EMPTY, new SeededRandom(STUCK));
    }

    @Override
    public NonceOffer open(Bytes roundId, int number, KeyAggContext context) {
      return new NonceOffer(number, session(context).publicNonce());
    }

    @Override
    public Bytes sign(Bytes roundId, int number, Bytes transcript, SessionContext session) {
      return session(session.keyAgg()).sign(session);
    }

    @Override
    public Bytes signLeaf(Outpoint outpoint, Bytes context, Bytes sighash) {
      return Schnorr.sign(key, sighash, sighash);
    }

    @Override
    public void destroyRound(Bytes roundId) {
      // It has no nonce to destroy.
    }

    @Override
    public void halt() {
      // Nothing stops it.
    }

    @Override
    public boolean halted() {
      return false;
    }
  }
}
