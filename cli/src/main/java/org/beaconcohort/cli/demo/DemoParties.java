package org.beaconcohort.cli.demo;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.api.MemberKeys;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.regtest.Stage;
import org.beaconcohort.cli.result.ResultCheck;
import org.beaconcohort.cli.wiring.Wiring;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.model.LeafPolicy;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.participant.JoinPolicy.Leaving;
import org.beaconcohort.cohort.port.Signer;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** Makes the parties of a demo, each with keys, connections and a thread of its own. */
final class DemoParties implements AutoCloseable {
  /** The coordinator, where parties are named. */
  static final String COORDINATOR = "coordinator";

  /** Who stands by, where parties are named. */
  static final String SUCCESSOR = "successor";

  private static final Duration POLL = Duration.ofMillis(150);
  private static final long SINGLETON_COIN = 10_000;
  private static final long LEAST_FUNDING = 20_000;
  private static final long FUNDING = 50_000;
  private static final long FEE_RATE = 2_000;
  private static final int CONFIRMATIONS = 1;
  private static final FeeCorridor FEES = new FeeCorridor(1_000, 50_000, 20_000);

  private final Stage stage;
  private final int minK;
  private final BiConsumer<String, Progress> audience;
  private final SecureRandom random = new SecureRandom();
  private final SecretKey identity = SecretKey.generate(random);
  private Bytes after = Bytes.EMPTY;
  private final SecretKey successor = SecretKey.generate(random);
  private final String identifier;
  private final List<EsploraChain> chains = new ArrayList<>();
  private final List<SecretKey> derived = new ArrayList<>();

  /**
   * Parties that do not exist yet.
   *
   * @param minK the least k of leaf A below n that members agree to, 0 for none
   * @param audience hears who made which progress: the coordinator or a DID
   */
  DemoParties(Stage stage, int minK, BiConsumer<String, Progress> audience) {
    this.stage = stage;
    this.minK = minK;
    this.audience = audience;
    byte[] name = new byte[4];
    random.nextBytes(name);
    this.identifier = "demo-" + Bytes.of(name).hex();
  }

  /** The key of whoever stands by, x-only, 32 bytes. */
  Bytes successorKey() {
    return successor.xOnlyPublicKey();
  }

  /** Stands by for the coordinator; whoever asked closes it. */
  CoordinatorRun successor(List<String> relays) {
    return CoordinatorRun.standBy(
        outside(relays),
        successor,
        identity.xOnlyPublicKey(),
        identifier,
        Network.REGTEST,
        FEE_RATE,
        progress -> audience.accept(SUCCESSOR, progress));
  }

  /** Announces a cohort under these terms and leads it; whoever asked closes it. */
  CoordinatorRun coordinator(CohortTerms terms) {
    return coordinator(terms, outside(terms.relays()), Bytes.EMPTY);
  }

  /** The same for a cohort that follows another; members made from now on join only that. */
  CoordinatorRun following(CohortTerms terms, Cohort before) {
    after = before.id();
    return coordinator(terms, outside(terms.relays()), before.id());
  }

  /**
   * As above, with a coordinator that can be turned.
   *
   * @param turn is given what makes it say two things under one number
   */
  CoordinatorRun twoFacedCoordinator(CohortTerms terms, Consumer<Runnable> turn) {
    return coordinator(terms, forked(terms.relays(), identity, turn), Bytes.EMPTY);
  }

  private Outside forked(List<String> relays, SecretKey statementKey, Consumer<Runnable> turn) {
    ForkedTongue tongue = new ForkedTongue(Wiring.relays(relays), statementKey, random);
    turn.accept(tongue::turn);
    return new Outside(tongue, chain(), POLL, random);
  }

  private CoordinatorRun coordinator(CohortTerms terms, Outside outside, Bytes succeeds) {
    return CoordinatorRun.start(
        outside,
        identity,
        identifier,
        terms,
        FEE_RATE,
        succeeds,
        progress -> audience.accept(COORDINATOR, progress));
  }

  /** A member of a cohort that another may follow. */
  DemoMember member(int number, Leaving leaving) {
    SecretKey key = newKey();
    stage.fixture().fund(DemoMember.singletonAddress(key), SINGLETON_COIN);
    return new DemoMember(
        number,
        key,
        MemberKeys.fresh(key, random),
        outside(stage.relays()),
        policy(Instant.MAX).withSuccession(new JoinPolicy.Succession(after, leaving)),
        audience);
  }

  /** The same DID in the cohort that follows. */
  DemoMember again(DemoMember stays) {
    return stays.again(
        outside(stage.relays()),
        policy(Instant.MAX).withSuccession(new JoinPolicy.Succession(after, Leaving.REFUSES)),
        audience);
  }

  /** Whether nothing is left at an address. */
  boolean isEmpty(String address) {
    return chain().unspent(address).isEmpty();
  }

  /**
   * A member with a coin at its singleton address, which looks for the coordinator's announcement;
   * whoever asked closes it.
   *
   * @param number from 1, for the update that it wants
   * @param key of its DID, the member's to destroy
   * @param relays that it is connected to
   * @param updateDeadline by when it wants that update anchored
   */
  DemoMember member(int number, SecretKey key, List<String> relays, Instant updateDeadline) {
    return member(number, key, MemberKeys.fresh(key, random), outside(relays), updateDeadline);
  }

  /** As above, with a signer of its own, which stays the caller's to close. */
  DemoMember member(int number, SecretKey key, List<String> relays, Signer signer) {
    return member(
        number,
        key,
        MemberKeys.fresh(key, random),
        outside(relays).signing(membership -> signer),
        Instant.MAX);
  }

  /**
   * As above, a member that can be turned.
   *
   * @param turn is given what makes it say two things under one number
   */
  DemoMember twoFacedMember(
      int number, SecretKey key, List<String> relays, Consumer<Runnable> turn) {
    MemberKeys keys = MemberKeys.fresh(key, random);
    // The key that MemberKeys derives for its statements.
    SecretKey statement = key.derive("beacon-cohort/statement-key", keys.membership());
    derived.add(statement);
    return member(number, key, keys, forked(relays, statement, turn), Instant.MAX);
  }

  private DemoMember member(
      int number, SecretKey key, MemberKeys keys, Outside outside, Instant updateDeadline) {
    stage.fixture().fund(DemoMember.singletonAddress(key), SINGLETON_COIN);
    return new DemoMember(
        number, key, keys, outside, policy(updateDeadline).withMinK(minK), audience);
  }

  private JoinPolicy policy(Instant updateDeadline) {
    return new JoinPolicy(
        Network.REGTEST, identity.xOnlyPublicKey(), CONFIRMATIONS, FEES.maxFee(), updateDeadline);
  }

  /** A signer that can be turned; whoever asked closes it. */
  CrookedSigner crookedSigner() {
    return new CrookedSigner(random);
  }

  /** A key for a DID. */
  SecretKey newKey() {
    return SecretKey.generate(random);
  }

  /** Pays the beacon address. */
  void fund(String address) {
    stage.fixture().fund(address, FUNDING);
  }

  /** What reads results again, with a chain connection of its own. */
  ResultCheck check(Path directory) {
    return new ResultCheck(directory, chain(), CONFIRMATIONS);
  }

  /**
   * Terms of one round.
   *
   * @param least how many there are to be at least
   * @param members how many there are to be at most
   * @param successors x-only keys of those who stand by
   */
  static CohortTerms terms(
      List<String> relays, int least, int members, Deadlines deadlines, List<Bytes> successors) {
    return terms(relays, least, members, deadlines, successors, 1);
  }

  /** The same of more rounds, with nobody who stands by. */
  static CohortTerms terms(
      List<String> relays, int least, int members, Deadlines deadlines, int rounds) {
    return terms(relays, least, members, deadlines, List.of(), rounds);
  }

  private static CohortTerms terms(
      List<String> relays,
      int least,
      int members,
      Deadlines deadlines,
      List<Bytes> successors,
      int rounds) {
    return new CohortTerms(
        Network.REGTEST,
        BeaconType.CAS,
        least,
        members,
        1,
        0,
        CohortTerms.LeafA.ABSENT,
        CohortTerms.ResponseOrder.NONCES_FIRST,
        CohortTerms.SignerClass.LIVE,
        CohortTerms.NonceCustody.MEMORY,
        deadlines,
        FEES,
        CohortTerms.Funder.COORDINATOR,
        LEAST_FUNDING,
        CONFIRMATIONS,
        rounds,
        relays,
        successors);
  }

  /** The same terms, where all but one of these members may sign without that one. */
  static CohortTerms inviting(CohortTerms terms, List<Btcr2Did> dids) {
    return terms.withLeaf(
        CohortTerms.LeafA.THRESHOLD,
        terms.order(),
        new LeafPolicy(0, dids.stream().map(did -> Registration.indexOf(did.text())).toList()));
  }

  @Override
  public void close() {
    chains.forEach(EsploraChain::close);
    derived.forEach(SecretKey::destroy);
    identity.destroy();
    successor.destroy();
  }

  private Outside outside(List<String> relays) {
    return new Outside(Wiring.relays(relays), chain(), POLL, random);
  }

  private EsploraChain chain() {
    EsploraChain chain = Wiring.chain(stage.chain(), Network.REGTEST);
    chains.add(chain);
    return chain;
  }
}
