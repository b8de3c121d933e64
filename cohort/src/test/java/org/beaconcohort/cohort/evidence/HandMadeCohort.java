package org.beaconcohort.cohort.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.port.Notary;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.OptInProof;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.SigningSession;

/**
 * A coordinator and members whose every statement is made by hand, so that all of them may collude
 * against one.
 */
public final class HandMadeCohort {
  /** A process of the coordinator's or of the members'. */
  static final Bytes ONE = Bytes.ofHex("01".repeat(16));

  /** Another. */
  static final Bytes OTHER = Bytes.ofHex("02".repeat(16));

  private static final Instant WHEN = Instant.ofEpochSecond(1_800_000_000);
  private static final Bytes ZERO = Bytes.of(new byte[32]);

  private record Party(Notary notary, SecretKey cohort, SecretKey did, Bytes inbox) {}

  private final SeededRandom random;
  private final Function<SecretKey, Notary> notaries;
  private final StatementReader reader;
  private final Notary coordinator;
  private final List<Party> members = new ArrayList<>();
  private final List<SigningSession> sessions = new ArrayList<>();
  private long seq;

  HandMadeCohort(long seed, int size) {
    this(seed, size, key -> new SimNotary(key, () -> WHEN), SimNotary::read);
  }

  private HandMadeCohort(
      long seed, int size, Function<SecretKey, Notary> notaries, StatementReader reader) {
    random = new SeededRandom(seed);
    this.notaries = notaries;
    this.reader = reader;
    coordinator = notary();
    for (int i = 0; i < size; i++) {
      members.add(
          new Party(
              notary(),
              SecretKey.generate(random),
              SecretKey.generate(random),
              SecretKey.generate(random).xOnlyPublicKey()));
    }
    members.sort(Comparator.comparing(member -> member.cohort().publicKey()));
  }

  private Notary notary() {
    return notaries.apply(SecretKey.generate(random));
  }

  /** Evidence of each kind, in events of another format than the simulation's. */
  public static List<Evidence> oneOfEach(
      Function<SecretKey, Notary> notaries, StatementReader reader) {
    HandMadeCohort cohort = new HandMadeCohort(56, 2, notaries, reader);
    KeysetStatements keyset = cohort.keyset(cohort.terms(10_000), ONE);
    AttemptStatements honest = cohort.attempt(keyset, ONE);
    Attempt attempt = honest.attempt(keyset.cohort(reader));
    SignedStatement proposal = honest.proposal();
    Proposal lie = Changed.with(honest.proposed(), "transcript", ZERO);
    SignedStatement forged = cohort.coordinator.sign(proposal.header(), lie);
    KeysetProposal proposed = (KeysetProposal) keyset.proposal().body();
    KeysetProposal others =
        Changed.with(proposed, "optIns", List.of(proposed.optIns().getFirst(), ZERO));
    return List.of(
        new Equivocation(proposal, forged),
        new BadPartialSignature(honest, cohort.partial(attempt, 1, ZERO)),
        new ForgedProposal(Changed.with(honest, "proposal", forged)),
        KeysetFork.of(
            keyset.proposal(), cohort.coordinator.sign(keyset.proposal().header(), others)));
  }

  /** Terms that differ by the least value of an output. */
  CohortTerms terms(long minFunding) {
    CohortTerms terms = Simulation.terms(members.size(), members.size());
    return Changed.with(terms, "minFunding", minFunding);
  }

  Bytes coordinatorKey() {
    return coordinator.statementKey();
  }

  Bytes statementKey(int slot) {
    return members.get(slot).notary().statementKey();
  }

  private SignedStatement say(
      Notary who, Bytes cohortId, Bytes roundId, Bytes instance, Statement body) {
    return who.sign(new Header(cohortId, roundId, instance, seq++, Bytes.EMPTY, 0), body);
  }

  /** The members' opt-ins to these terms, the key set by a process, and everybody's word for it. */
  KeysetStatements keyset(CohortTerms terms, Bytes instance) {
    SignedStatement announcement =
        say(coordinator, ZERO, Bytes.EMPTY, instance, new Announcement("friday", terms));
    List<SignedStatement> optIns = new ArrayList<>();
    for (Party member : members) {
      optIns.add(
          say(
              member.notary(),
              announcement.id(),
              Bytes.EMPTY,
              instance,
              optIn(member, terms, announcement)));
    }
    Cohort cohort = KeysetView.cohort(terms, optIns);
    SignedStatement proposal =
        say(
            coordinator,
            announcement.id(),
            Bytes.EMPTY,
            instance,
            new KeysetProposal(
                announcement.event(),
                cohort.keys(),
                optIns.stream().map(SignedStatement::id).toList(),
                0,
                cohort.address(),
                ZERO,
                Bytes.EMPTY));
    List<SignedStatement> acks = new ArrayList<>();
    for (Party member : members) {
      acks.add(
          say(member.notary(), cohort.id(), Bytes.EMPTY, instance, new KeysetAck(proposal.id())));
    }
    return new KeysetStatements(proposal, optIns, acks);
  }

  private OptIn optIn(Party member, CohortTerms terms, SignedStatement announcement) {
    String coordinate = SignedStatement.coordinate(announcement.author(), "friday");
    String did = Btcr2Did.ofKey(Network.REGTEST, member.did().publicKey()).text();
    Bytes subject =
        OptInProof.subject(
            coordinate,
            terms.hash(),
            member.notary().statementKey(),
            member.cohort().publicKey(),
            member.inbox(),
            List.of(did));
    return new OptIn(
        coordinate,
        terms.hash(),
        member.cohort().publicKey(),
        Schnorr.sign(member.cohort(), OptInProof.possessionMessage(subject), subject),
        List.of(
            new Registration(
                did, "", Schnorr.sign(member.did(), OptInProof.didMessage(subject, did), subject))),
        member.inbox(),
        CohortTerms.SignerClass.LIVE,
        CohortTerms.NonceCustody.MEMORY,
        true,
        0);
  }

  /** Everything honest up to the proposal of a process of the coordinator's. */
  AttemptStatements attempt(KeysetStatements keyset, Bytes instance) {
    Cohort cohort = keyset.cohort(reader);
    Transaction funding =
        new Transaction(
            2,
            List.of(Transaction.Input.unsigned(new Outpoint(cohort.id(), 7), 0)),
            List.of(new TxOutput(50_000, cohort.output().script())),
            0);
    Round round =
        new Round(
            cohort, Round.opportunity(cohort, 1, new Outpoint(funding.txid(), 0), funding, 500));
    SignedStatement opportunity =
        say(coordinator, cohort.id(), round.id(), instance, round.opportunity());
    List<SignedStatement> responses = new ArrayList<>();
    for (Party member : members) {
      SigningSession session =
          SigningSession.start(
              member.cohort(),
              cohort.output().signingContext(),
              Optional.empty(),
              Bytes.EMPTY,
              random);
      sessions.add(session);
      responses.add(
          say(
              member.notary(),
              cohort.id(),
              round.id(),
              instance,
              new Response(Map.of(), new NonceOffer(1, session.publicNonce()))));
    }
    Attempt attempt = Attempt.first(round, responses);
    SignedStatement proposal =
        say(coordinator, cohort.id(), round.id(), instance, attempt.proposal());
    return new AttemptStatements(keyset, opportunity, proposal, responses, responses);
  }

  /** The honest partial signature of a slot's cohort key over the newest attempt. */
  Bytes sign(Attempt attempt, int slot) {
    return sessions.get(sessions.size() - members.size() + slot).sign(attempt.session());
  }

  /** A slot's word for a partial signature. */
  SignedStatement partial(Attempt attempt, int slot, Bytes signature) {
    return say(
        members.get(slot).notary(),
        attempt.round().cohort().id(),
        attempt.round().id(),
        ONE,
        new PartialSignature(
            attempt.transcript(), signature, new NonceOffer(2, attempt.publicNonces().get(slot))));
  }
}
