package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorMachine;
import org.beaconcohort.cohort.coordinator.CoordinatorPlan;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.journal.CoordinatorRecords;
import org.beaconcohort.cohort.journal.ParticipantRecords;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.participant.OwnNonces;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantMachine;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.Notary;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.cohort.runtime.MemberPorts;
import org.beaconcohort.cohort.runtime.Performer;
import org.beaconcohort.cohort.runtime.Ports;
import org.beaconcohort.cohort.signer.NonceVault;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator and members on one virtual clock, from one seed. Every fact goes through its record
 * and back, and {@link #run} ends by folding every journal's records from nothing and comparing.
 */
public final class Simulation {
  /** Where virtual time begins. */
  public static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

  private static final Duration POLL = Duration.ofSeconds(5);

  private final long seed;
  private final SplittableRandom random;
  private final SecureRandom secrets;
  private final VirtualTime time;
  private final SimNetwork network;
  private final SimChain chain;
  private final Network on;
  private final SimParty<CoordinatorState, CoordinatorFact> coordinator;
  private final List<SimParty<ParticipantState, ParticipantFact>> members = new ArrayList<>();
  private final List<SimParty<ParticipantState, ParticipantFact>> twins = new ArrayList<>();
  private final List<Twins> makers = new ArrayList<>();
  private final List<SimDid> dids = new ArrayList<>();
  private final List<SimNotary> notaries = new ArrayList<>();
  private UnaryOperator<Statement> lie = body -> body;

  /** A coordinator with these terms; members are added. */
  public Simulation(long seed, CohortTerms terms) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.secrets = new SeededRandom(random.nextLong());
    this.time = new VirtualTime(START, random.split());
    this.network = new SimNetwork(time, random.split());
    this.chain = new SimChain(time::now);
    this.on = terms.network();
    SimNotary notary = notary(SecretKey.generate(secrets));
    Bytes identity = notary.statementKey();
    CoordinatorPlan plan = new CoordinatorPlan(identity, "round-" + seed, terms, 2_000);
    Notary mouth =
        new Notary() {
          @Override
          public Bytes statementKey() {
            return identity;
          }

          @Override
          public SignedStatement sign(Header header, Statement body) {
            return notary.sign(header, lie.apply(body));
          }
        };
    this.coordinator =
        new SimParty<>(
            time,
            CoordinatorRecords.codec(SimNotary::read),
            (answers, listener) -> {
              Transport transport = network.party("coordinator", identity);
              Ports ports = ports(transport, mouth, bytes(16));
              Performer performer = Performer.forCoordinator(ports, answers, listener);
              return new SimParty.Parts<>(
                  new CoordinatorMachine(plan),
                  performer,
                  performer::listenToInbox,
                  List.of(new Input.Begin()),
                  transport::close);
            });
  }

  private Ports ports(Transport transport, Notary notary, Bytes instance) {
    return new Ports(transport, notary, chain, time, instance, secrets, POLL);
  }

  /** Terms for {@code min} to {@code max} members on regtest. */
  public static CohortTerms terms(int min, int max) {
    return terms(min, max, 0, 1);
  }

  /** Terms with a pending-update trigger and a number of rounds. */
  public static CohortTerms terms(int min, int max, int trigger, int rounds) {
    return terms(min, max, trigger, rounds, NonceCustody.MEMORY, Deadlines.live());
  }

  /** Terms for two members of another network. */
  public static CohortTerms terms(Network network) {
    CohortTerms terms = terms(2, 2);
    return new CohortTerms(
        network,
        terms.beaconType(),
        terms.minMembers(),
        terms.maxMembers(),
        terms.maxDidsPerMember(),
        terms.pendingUpdateTrigger(),
        terms.leafA(),
        terms.order(),
        terms.signerClass(),
        terms.custody(),
        terms.deadlines(),
        terms.fees(),
        terms.funder(),
        terms.minFunding(),
        terms.confirmations(),
        terms.rounds(),
        terms.relays(),
        terms.successors());
  }

  /** Terms with a custody of nonces and deadlines. */
  public static CohortTerms terms(
      int min, int max, int trigger, int rounds, NonceCustody custody, Deadlines deadlines) {
    return new CohortTerms(
        Network.REGTEST,
        BeaconType.CAS,
        min,
        max,
        1,
        trigger,
        CohortTerms.LeafA.ABSENT,
        CohortTerms.ResponseOrder.NONCES_FIRST,
        CohortTerms.SignerClass.LIVE,
        custody,
        deadlines,
        new FeeCorridor(1_000, 50_000, 10_000),
        CohortTerms.Funder.COORDINATOR,
        10_000,
        1,
        rounds,
        List.of("wss://relay.example"),
        List.of());
  }

  /** Adds a member; {@code hasUpdate} says whether it has something to anchor. */
  public SimParty<ParticipantState, ParticipantFact> addMember(boolean hasUpdate) {
    return addMember(hasUpdate, null);
  }

  /**
   * Adds a member that seals its nonces in {@code store} (R9), where its next processes find them.
   */
  public SimParty<ParticipantState, ParticipantFact> addSealedMember(
      boolean hasUpdate, SimSealedNonces store) {
    return addMember(hasUpdate, store);
  }

  private SimParty<ParticipantState, ParticipantFact> addMember(
      boolean hasUpdate, @Nullable SimSealedNonces sealed) {
    SimNotary notary = notary(SecretKey.generate(secrets));
    SecretKey cohortKey = SecretKey.generate(secrets);
    Bytes inboxKey = SecretKey.generate(secrets).xOnlyPublicKey();
    SimDid did = new SimDid(on, SecretKey.generate(secrets), chain, hasUpdate, secrets);
    Twins twins = name -> process(name, notary, cohortKey, inboxKey, did, sealed);
    SimParty<ParticipantState, ParticipantFact> member = twins.make("member-" + members.size());
    members.add(member);
    dids.add(did);
    makers.add(twins);
    member.begin();
    return member;
  }

  /** Processes with one member's keys. */
  private interface Twins {
    SimParty<ParticipantState, ParticipantFact> make(String name);
  }

  /** Another process with a member's keys and a journal of its own; it has not begun. */
  public SimParty<ParticipantState, ParticipantFact> twin(int member) {
    SimParty<ParticipantState, ParticipantFact> twin =
        makers.get(member).make("twin-of-member-" + member);
    twins.add(twin);
    return twin;
  }

  private SimParty<ParticipantState, ParticipantFact> process(
      String name,
      SimNotary notary,
      SecretKey cohortKey,
      Bytes inboxKey,
      SimDid did,
      @Nullable SimSealedNonces sealed) {
    return new SimParty<>(
        time,
        ParticipantRecords.codec(SimNotary::read),
        (answers, listener) -> {
          Bytes instance = bytes(16);
          ParticipantPlan plan =
              new ParticipantPlan(
                  notary.statementKey(),
                  cohortKey.publicKey(),
                  inboxKey,
                  instance,
                  did.dids(),
                  new JoinPolicy(on, Bytes.EMPTY, 1, 20_000, Instant.MAX),
                  sealed == null ? OwnNonces.IN_MEMORY : OwnNonces.sealedIn(sealed));
          Transport transport = network.party(name, inboxKey);
          Performer performer =
              Performer.forMember(
                  ports(transport, notary, instance),
                  new MemberPorts(
                      did,
                      sealed == null
                          ? new NonceVault(cohortKey, secrets)
                          : NonceVault.sealed(cohortKey, secrets, sealed),
                      plan.nonces().custody(),
                      inboxKey),
                  answers,
                  listener);
          return new SimParty.Parts<>(
              new ParticipantMachine(plan),
              performer,
              () -> {
                performer.listenToInbox();
                performer.listenToAnnouncements(Bytes.EMPTY, "");
              },
              List.of(),
              transport::close);
        });
  }

  /** Begins the coordinator. */
  public void begin() {
    coordinator.begin();
    mineEveryMinute();
  }

  private void mineEveryMinute() {
    time.after(
        Duration.ofMinutes(1),
        () -> {
          fundWhenAsked();
          chain.mine();
          mineEveryMinute();
        });
  }

  private void fundWhenAsked() {
    if (coordinator.state() instanceof CoordinatorState.AwaitingFunding funding) {
      chain.fund(funding.formed().cohort().address(), 50_000);
    }
  }

  /** Runs until everybody has ended, at most {@code most} of virtual time; checks every journal. */
  public void run(Duration most) {
    Instant end = time.now().plus(most);
    while (!ended() && time.step(end)) {
      checkNothingSignedTwice();
    }
    assertEquals(coordinator.folded(), coordinator.state(), "coordinator's journal, seed " + seed);
    for (int i = 0; i < members.size(); i++) {
      assertEquals(
          members.get(i).folded(),
          members.get(i).state(),
          "journal of member " + i + ", seed " + seed);
    }
  }

  /** Runs until {@code reached}, at most {@code most} of virtual time; false if it never was. */
  public boolean runUntil(BooleanSupplier reached, Duration most) {
    Instant end = time.now().plus(most);
    while (!reached.getAsBoolean()) {
      if (!time.step(end)) {
        return false;
      }
    }
    return true;
  }

  private boolean ended() {
    boolean led =
        coordinator.state() instanceof CoordinatorState.Closed
            || coordinator.state() instanceof CoordinatorState.RolledBack;
    return led
        && Stream.concat(members.stream(), twins.stream())
            .allMatch(member ->
                member.state() instanceof ParticipantState.Closed
                    || member.state() instanceof ParticipantState.RolledBack);
  }

  /** I1: a nonce number of a round is claimed for one transcript at most. */
  private void checkNothingSignedTwice() {
    for (SimParty<ParticipantState, ParticipantFact> member : members) {
      List<ParticipantFact.Claimed> claims =
          member.facts().stream()
              .filter(ParticipantFact.Claimed.class::isInstance)
              .map(ParticipantFact.Claimed.class::cast)
              .toList();
      assertEquals(
          claims.size(),
          claims.stream().map(ParticipantFact.Claimed::transcript).distinct().count(),
          "claims, seed " + seed);
    }
  }

  /** The coordinator. */
  public SimParty<CoordinatorState, CoordinatorFact> coordinator() {
    return coordinator;
  }

  /** From now on the coordinator says {@code other} of what it means, for one kind. */
  public void coordinatorLies(StatementKind kind, UnaryOperator<Statement> other) {
    lie = body -> body.kind() == kind ? other.apply(body) : body;
  }

  /** The key that announced the cohort. */
  public Bytes coordinatorKey() {
    return notaries.get(0).statementKey();
  }

  /** The key that signs a member's statements. */
  public Bytes statementKey(int member) {
    return notaries.get(member + 1).statementKey();
  }

  /** Holds everybody's statement keys. */
  public SimNotary.Forger forger() {
    return new SimNotary.Forger(notaries);
  }

  /** The members in the order they were added. */
  public List<SimParty<ParticipantState, ParticipantFact>> members() {
    return members;
  }

  /** The members' DIDs. */
  public List<SimDid> dids() {
    return dids;
  }

  /** The network. */
  public SimNetwork network() {
    return network;
  }

  /** The chain. */
  public SimChain chain() {
    return chain;
  }

  /** The clock. */
  public VirtualTime time() {
    return time;
  }

  private SimNotary notary(SecretKey key) {
    SimNotary notary = new SimNotary(key, time::now);
    notaries.add(notary);
    return notary;
  }

  private Bytes bytes(int size) {
    byte[] drawn = new byte[size];
    secrets.nextBytes(drawn);
    return Bytes.of(drawn);
  }
}
