package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.check.Evidence;
import org.beaconcohort.cohort.check.IndependentCheck;
import org.beaconcohort.cohort.coordinator.Admission;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorMachine;
import org.beaconcohort.cohort.coordinator.CoordinatorPlan;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.coordinator.StandbyPlan;
import org.beaconcohort.cohort.journal.CoordinatorRecords;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.participant.JoinPolicy.Fallback;
import org.beaconcohort.cohort.participant.KeysetState;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.Notary;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.cohort.runtime.Performer;
import org.beaconcohort.cohort.runtime.Ports;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator and members on one virtual clock, from one seed. Every fact goes through its record
 * and back, and {@link #run} ends by folding every journal's records from nothing and comparing, by
 * the independent checker, and by whom everybody can prove a fault of: liars alone.
 */
public final class Simulation {
  /** Where virtual time begins. */
  public static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

  private final long seed;
  private final SplittableRandom random;
  private final SecureRandom secrets;
  private final VirtualTime time;
  private final SimNetwork network;
  private final SimChain chain;
  private final SimWorld world;
  private final SimParty<CoordinatorState, CoordinatorFact> coordinator;
  private final List<SimParty<ParticipantState, ParticipantFact>> members = new ArrayList<>();
  private final List<SimParty<ParticipantState, ParticipantFact>> twins = new ArrayList<>();
  private final List<SimParty<CoordinatorState, CoordinatorFact>> successors = new ArrayList<>();
  private final List<SimMember> makers = new ArrayList<>();
  private final List<SimDid> dids = new ArrayList<>();
  private final List<SimNotary> notaries = new ArrayList<>();
  private final Set<Bytes> forged = new HashSet<>();
  private final Set<Bytes> liars = new HashSet<>();
  private final List<Simulation> copies = new ArrayList<>();
  private final List<Simulation> nexts = new ArrayList<>();
  private final @Nullable Simulation before;
  private JoinPolicy policy;
  private final SimDoubles doubles;
  private UnaryOperator<Statement> lie = body -> body;
  private Supplier<Stream<String>> asked = this::askedByLeaders;
  private boolean checked = true;
  private Duration datedOff = Duration.ZERO;

  /** A coordinator with these terms; members are added. */
  public Simulation(long seed, CohortTerms terms) {
    this(seed, terms, 2_000);
  }

  /** As above, with a fee rate in sat/kvB. */
  public Simulation(long seed, CohortTerms terms, long feeRate) {
    this(seed, terms, feeRate, SimDoubles.NONE);
  }

  /** As above, where {@code doubles} take the place of everybody's parts. */
  public Simulation(long seed, CohortTerms terms, long feeRate, SimDoubles doubles) {
    this(seed, terms, feeRate, doubles, Admission.EVERYBODY);
  }

  /** A coordinator that does not take everybody, or not everybody alike. */
  public Simulation(long seed, CohortTerms terms, Admission admission) {
    this(seed, terms, 2_000, SimDoubles.NONE, admission);
  }

  private Simulation(
      long seed, CohortTerms terms, long feeRate, SimDoubles doubles, Admission admission) {
    this(seed, terms, feeRate, doubles, admission, Optional.empty());
  }

  /** A coordinator with this key. */
  Simulation(long seed, CohortTerms terms, SecretKey identity) {
    this(seed, terms, 2_000, SimDoubles.NONE, Admission.EVERYBODY, Optional.of(identity));
  }

  private Simulation(
      long seed,
      CohortTerms terms,
      long feeRate,
      SimDoubles doubles,
      Admission admission,
      Optional<SecretKey> known) {
    this.seed = seed;
    this.doubles = doubles;
    this.random = new SplittableRandom(seed);
    this.secrets = new SeededRandom(random.nextLong());
    this.time = new VirtualTime(START, random.split());
    this.network = new SimNetwork(time, random.split());
    this.chain = new SimChain(time::now);
    this.policy = policy(terms.network(), Instant.MAX, Fallback.NONE);
    this.world = new SimWorld(time, network, chain, secrets, terms.network());
    this.before = null;
    this.coordinator =
        coordinating(
            "coordinator",
            known.orElseGet(() -> SecretKey.generate(secrets)),
            identity ->
                new CoordinatorPlan(
                    identity, "round-" + seed, terms, feeRate, Bytes.EMPTY, admission));
  }

  /** A cohort that follows {@code before} with another coordinator, in the same world. */
  private Simulation(Simulation before, CohortTerms terms, Bytes succeeds) {
    this.seed = before.seed;
    this.doubles = before.doubles;
    this.random = before.random;
    this.secrets = before.secrets;
    this.time = before.time;
    this.network = before.network;
    this.chain = before.chain;
    this.world = before.world;
    this.before = before;
    this.coordinator =
        coordinating(
            "coordinator-of-next",
            SecretKey.generate(secrets),
            identity ->
                new CoordinatorPlan(
                    identity, "next-" + seed, terms, 2_000, succeeds, Admission.EVERYBODY));
    this.policy =
        new JoinPolicy(terms.network(), coordinatorKey(), 1, 20_000, Instant.MAX, Fallback.NONE)
            .withSuccession(new JoinPolicy.Succession(succeeds, JoinPolicy.Leaving.REFUSES));
  }

  /**
   * The cohort that follows this one, which must be formed: another coordinator announces it, and
   * nobody funds it but this one's last round. Members are added to it; it is checked with this
   * one.
   */
  public Simulation followedBy(CohortTerms terms) {
    Bytes id =
        coordinator.state() instanceof CoordinatorState.InCohort formed
            ? formed.formed().cohort().id()
            : Bytes.EMPTY;
    Simulation next = new Simulation(this, terms, id);
    nexts.add(next);
    return next;
  }

  /** A member of the cohort before this one that is in this one too. */
  public SimParty<ParticipantState, ParticipantFact> addStaying(int member) {
    Simulation old = Objects.requireNonNull(before);
    SimNotary notary = notary(SecretKey.generate(secrets));
    SimMember keys =
        old.makers
            .get(member)
            .again(
                notary,
                SecretKey.generate(secrets),
                SecretKey.generate(secrets).xOnlyPublicKey(),
                policy);
    return added(keys, old.dids.get(member), "next-member-" + members.size());
  }

  /** From now on members that are added let this cohort go on without them. */
  public void consentToLeaving() {
    policy =
        policy.withSuccession(
            new JoinPolicy.Succession(policy.succession().after(), JoinPolicy.Leaving.CONSENTS));
  }

  private SimParty<CoordinatorState, CoordinatorFact> coordinating(
      String name, SecretKey key, Function<Bytes, CoordinatorPlan> plans) {
    SimNotary notary = notary(key);
    Bytes identity = notary.statementKey();
    CoordinatorPlan plan = plans.apply(identity);
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
    return new SimParty<>(
        time,
        CoordinatorRecords.codec(SimNotary::read),
        (answers, listener, door) -> {
          Transport transport = network.party(name, identity);
          Ports ports = world.ports(transport, mouth, world.bytes(16), door);
          Performer performer = Performer.forCoordinator(ports, answers, listener);
          return new SimParty.Parts<>(
              doubles.coordinator().apply(new CoordinatorMachine(plan)),
              performer,
              performer::listenToInbox,
              List.of(new Input.Begin()),
              transport::close);
        });
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

  /** The same terms with named successors. */
  public static CohortTerms withSuccessors(CohortTerms terms, List<Bytes> successors) {
    return new CohortTerms(
        terms.network(),
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
        successors,
        terms.leaf(),
        terms.extensions());
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

  /** Members added from now on anchor alone what the cohort does not anchor by then (R21). */
  public void fallBackToSingletons(Instant deadline) {
    policy = policy(world.on(), deadline, Fallback.SINGLETON);
  }

  /** Members added from now on follow no other coordinator's announcement. */
  public void pinCoordinator() {
    policy =
        new JoinPolicy(
            policy.network(),
            coordinatorKey(),
            policy.confirmations(),
            policy.maxFee(),
            policy.updateDeadline(),
            policy.fallback());
  }

  /** Members added from now on agree to leaf A with at least this k below n (N9). */
  public void agreeToLeafA(int minK) {
    policy = policy.withMinK(minK);
  }

  /** Members added from now on join by another policy. */
  void joinBy(UnaryOperator<JoinPolicy> other) {
    policy = other.apply(policy);
  }

  private static JoinPolicy policy(Network network, Instant deadline, Fallback fallback) {
    return new JoinPolicy(network, Bytes.EMPTY, 1, 20_000, deadline, fallback);
  }

  /** Adds a member; {@code hasUpdate} says whether it has something to anchor. */
  public SimParty<ParticipantState, ParticipantFact> addMember(boolean hasUpdate) {
    return addMember(hasUpdate, null, doubles);
  }

  /**
   * Adds a member that seals its nonces in {@code store} (R9), where its next processes find them.
   */
  public SimParty<ParticipantState, ParticipantFact> addSealedMember(
      boolean hasUpdate, SimSealedNonces store) {
    return addMember(hasUpdate, store, doubles);
  }

  /** Adds a member with another signer over its cohort key. */
  SimParty<ParticipantState, ParticipantFact> addMemberWith(Function<SecretKey, Signer> signers) {
    return addMember(true, null, doubles.signing(signers));
  }

  /** Adds a member with other parts than its own, whose faults may be proved. */
  public SimParty<ParticipantState, ParticipantFact> addFaultyMember(SimDoubles parts) {
    SimParty<ParticipantState, ParticipantFact> member = addMember(true, null, parts);
    liars.add(statementKey(members.size() - 1));
    return member;
  }

  /** From now on nothing is checked; for parties that are meant to break a rule. */
  public void unchecked() {
    checked = false;
  }

  /** Adds a member with something to anchor whose DID's key this is. */
  SimParty<ParticipantState, ParticipantFact> addMember(SecretKey didKey) {
    return addMember(true, null, doubles, () -> didKey);
  }

  private SimParty<ParticipantState, ParticipantFact> addMember(
      boolean hasUpdate, @Nullable SimSealedNonces sealed, SimDoubles parts) {
    return addMember(hasUpdate, sealed, parts, () -> SecretKey.generate(secrets));
  }

  private SimParty<ParticipantState, ParticipantFact> addMember(
      boolean hasUpdate,
      @Nullable SimSealedNonces sealed,
      SimDoubles parts,
      Supplier<SecretKey> didKey) {
    SimNotary notary = notary(SecretKey.generate(secrets));
    SecretKey cohortKey = SecretKey.generate(secrets);
    Bytes inboxKey = SecretKey.generate(secrets).xOnlyPublicKey();
    SimDid did = new SimDid(world.on(), didKey.get(), chain, hasUpdate, secrets);
    SimMember keys = new SimMember(world, notary, cohortKey, inboxKey, did, policy, sealed, parts);
    return added(keys, did, (before == null ? "member-" : "next-member-") + members.size());
  }

  private SimParty<ParticipantState, ParticipantFact> added(
      SimMember keys, SimDid did, String name) {
    SimParty<ParticipantState, ParticipantFact> member = keys.process(name);
    members.add(member);
    dids.add(did);
    makers.add(keys);
    if (before == null) {
      did.resolvesBy(() -> bundles(member));
    }
    member.begin();
    return member;
  }

  private static List<CasAnnouncement> bundles(SimParty<ParticipantState, ParticipantFact> member) {
    List<CasAnnouncement> kept = new ArrayList<>();
    for (ParticipantFact fact : member.facts()) {
      if (fact instanceof ParticipantFact.ProposalTaken taken) {
        kept.add(taken.bundle());
      }
    }
    return kept;
  }

  /** Another process with a member's keys and a journal of its own; it has not begun. */
  public SimParty<ParticipantState, ParticipantFact> twin(int member) {
    SimParty<ParticipantState, ParticipantFact> twin =
        makers.get(member).process("twin-of-member-" + member);
    twins.add(twin);
    return twin;
  }

  /** Begins a successor that the terms name, with its key. */
  public SimParty<CoordinatorState, CoordinatorFact> standBy(SecretKey key) {
    SimNotary notary = notary(key);
    Bytes identity = notary.statementKey();
    StandbyPlan plan =
        new StandbyPlan(identity, coordinatorKey(), "round-" + seed, world.on(), 2_000);
    String name = "successor-" + successors.size();
    SimParty<CoordinatorState, CoordinatorFact> successor =
        new SimParty<>(
            time,
            CoordinatorRecords.codec(SimNotary::read),
            (answers, listener, door) -> {
              Transport transport = network.party(name, identity);
              Ports ports = world.ports(transport, notary, world.bytes(16), door);
              Performer performer = Performer.forCoordinator(ports, answers, listener);
              return new SimParty.Parts<>(
                  new CoordinatorMachine(plan),
                  performer,
                  () -> {
                    performer.listenToInbox();
                    performer.listenToAnnouncements(plan.coordinator(), plan.identifier());
                  },
                  List.of(),
                  transport::close);
            });
    successors.add(successor);
    successor.begin();
    return successor;
  }

  /** Begins the coordinator. */
  public void begin() {
    coordinator.begin();
    if (before == null) {
      mineEveryMinute();
    }
  }

  /** The cohorts that follow this one. */
  public List<Simulation> nexts() {
    return nexts;
  }

  /** What shows the next cohort to this one, once anybody of it knows that it is complete. */
  public Optional<Succession> succession() {
    return Stream.concat(
            Stream.of(coordinator.state())
                .filter(CoordinatorState.InCohort.class::isInstance)
                .map(CoordinatorState.InCohort.class::cast)
                .flatMap(led -> led.formed().succession().stream()),
            members.stream()
                .map(SimParty::state)
                .filter(ParticipantState.InCohort.class::isInstance)
                .map(ParticipantState.InCohort.class::cast)
                .flatMap(joined -> joined.joined().succession().stream()))
        .findFirst();
  }

  /** As soon as the next cohort is complete, {@code party} of this one is told. */
  public void passOn(Simulation next, SimParty<?, ?> party) {
    time.after(
        Duration.ofSeconds(2),
        () -> {
          Optional<Succession> formed = next.succession();
          if (formed.isPresent()) {
            party.accept(new Input.SuccessorFormed(formed.get()));
          } else {
            passOn(next, party);
          }
        });
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
    asked.get().distinct().forEach(address -> chain.fund(address, 50_000));
  }

  private Stream<String> askedByLeaders() {
    List<SimParty<CoordinatorState, CoordinatorFact>> leaders = new ArrayList<>(successors);
    leaders.add(coordinator);
    return leaders.stream()
        .map(SimParty::state)
        .filter(CoordinatorState.AwaitingFunding.class::isInstance)
        .map(state -> ((CoordinatorState.AwaitingFunding) state).formed().cohort().address());
  }

  /** A member asks for the coin in place of the leaders. */
  void fundedFor(int member) {
    asked =
        () ->
            Stream.of(members.get(member).state())
                .filter(KeysetState.AwaitingFunding.class::isInstance)
                .map(state -> ((KeysetState.AwaitingFunding) state).joined().cohort().address());
  }

  /**
   * Runs until everybody has ended, at most {@code most} of virtual time; checks every journal and
   * all that was said.
   */
  public void run(Duration most) {
    Instant end = time.now().plus(most);
    boolean going = true;
    while (going && !ended()) {
      going = time.step(end);
    }
    assertEquals(coordinator.folded(), coordinator.state(), "coordinator's journal, seed " + seed);
    for (int i = 0; i < members.size(); i++) {
      assertEquals(
          members.get(i).folded(),
          members.get(i).state(),
          "journal of member " + i + ", seed " + seed);
    }
    checkAll();
  }

  private void checkAll() {
    if (checked) {
      var unused = check();
    }
    // Copies have one key and one instance: what they say beside each other does prove.
    if (checked && copies.isEmpty()) {
      Blame.requireOnly(liars, this, "seed " + seed);
      nexts.forEach(next -> Blame.requireOnly(liars, next, "next of seed " + seed));
    }
  }

  /** The independent checker over everything so far; {@link #run} and {@link #runUntil} do it. */
  public IndependentCheck.Result check() {
    return IndependentCheck.require(evidence(), "seed " + seed);
  }

  /** What there is to see from outside, and every journal; of the copies it heard from too. */
  public Evidence evidence() {
    SimEvidence found = new SimEvidence().network(network, forged).chain(chain);
    parties(found, "");
    copies.forEach(copy -> found.all(copy.evidence()));
    nexts.forEach(next -> next.parties(found, "next-"));
    return found.evidence();
  }

  private void parties(SimEvidence found, String prefix) {
    found.party(prefix + "coordinator", coordinator);
    for (int i = 0; i < members.size(); i++) {
      found.party(prefix + "member-" + i, members.get(i));
    }
    for (int i = 0; i < successors.size(); i++) {
      found.party("successor-" + i, successors.get(i));
    }
    for (int i = 0; i < twins.size(); i++) {
      found.party(prefix + "twin-" + i, twins.get(i));
    }
  }

  /** Relays that carried {@code other}, whose parties have these keys, are asked here too. */
  public void hearAllOf(Simulation other) {
    copies.add(other);
    network.take(other.network);
  }

  /** Runs until {@code reached}, at most {@code most} of virtual time; false if it never was. */
  public boolean runUntil(BooleanSupplier reached, Duration most) {
    Instant end = time.now().plus(most);
    while (!reached.getAsBoolean()) {
      if (!time.step(end)) {
        checkAll();
        return false;
      }
    }
    checkAll();
    return true;
  }

  private boolean ended() {
    boolean led =
        coordinator.state() instanceof CoordinatorState.Closed
            || coordinator.state() instanceof CoordinatorState.RolledBack;
    return led
        && nexts.stream().allMatch(Simulation::ended)
        && Stream.concat(members.stream(), twins.stream())
            .allMatch(member ->
                member.state() instanceof ParticipantState.Closed
                    || member.state() instanceof ParticipantState.RolledBack);
  }

  /** The coordinator. */
  public SimParty<CoordinatorState, CoordinatorFact> coordinator() {
    return coordinator;
  }

  /** From now on the coordinator says {@code other} of what it means, for one kind. */
  public void coordinatorLies(StatementKind kind, UnaryOperator<Statement> other) {
    lie = body -> body.kind() == kind ? other.apply(body) : body;
    liars.add(coordinatorKey());
  }

  /** From now on everybody dates its events so much later than it is, or earlier. */
  public void datedOff(Duration by) {
    datedOff = by;
  }

  /** The key that announced the cohort. */
  public Bytes coordinatorKey() {
    return notaries.get(0).statementKey();
  }

  /** The key that signs a member's statements. */
  public Bytes statementKey(int member) {
    return notaries.get(member + 1).statementKey();
  }

  /** Ids of what others said in a party's name. */
  public Set<Bytes> forged() {
    return Collections.unmodifiableSet(forged);
  }

  /** Holds everybody's statement keys. */
  public SimNotary.Forger forger() {
    return new SimNotary.Forger(notaries, forged, liars);
  }

  /** The members in the order they were added. */
  public List<SimParty<ParticipantState, ParticipantFact>> members() {
    return members;
  }

  /** Other processes with members' keys. */
  public List<SimParty<ParticipantState, ParticipantFact>> twins() {
    return twins;
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
    SimNotary notary = new SimNotary(key, () -> time.now().plus(datedOff));
    notaries.add(notary);
    return notary;
  }
}
