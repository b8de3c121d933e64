package org.beaconcohort.adapter.nostr.profile;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.LeafStatement.Bundle;
import org.beaconcohort.cohort.message.LeafStatement.LeafRequest;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.sync.Syncs;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.OptInProof;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * A cohort's statements as real events, by real keys: each kind once, as the protocol has it for so
 * many members with so many DIDs each. Ids, hashes and signatures that only take room are made up.
 */
final class CohortOfMany {
  private final SecureRandom random = new SecureRandom();
  private final Map<Bytes, NostrNotary> notaries = new LinkedHashMap<>();
  private final SignedStatement announcement;
  private final Map<Bytes, SignedStatement> optIns = new LinkedHashMap<>();
  private final Cohort cohort;
  private final List<SignedStatement> all = new ArrayList<>();
  private long seq;

  CohortOfMany(CohortTerms terms, String identifier, int members, int didsEach) {
    NostrNotary coordinator = notary();
    announcement = say(coordinator, Bytes.of(new byte[32]), new Announcement(identifier, terms));
    for (int i = 0; i < members; i++) {
      SignedStatement said = optIn(terms, didsEach);
      optIns.put(said.id(), said);
    }
    cohort = KeysetView.cohort(terms, List.copyOf(optIns.values()));
    formation(coordinator, didsEach);
    round(coordinator);
  }

  /** Each statement, or the longest of its kind. */
  List<SignedStatement> all() {
    return all;
  }

  SignedStatement one(StatementKind kind) {
    return all.stream().filter(said -> said.body().kind() == kind).findFirst().orElseThrow();
  }

  private NostrNotary notary() {
    NostrNotary notary =
        new NostrNotary(SecretKey.generate(random), InstantSource.system(), random);
    notaries.put(notary.statementKey(), notary);
    return notary;
  }

  private NostrNotary notary(Member member) {
    return Objects.requireNonNull(notaries.get(member.statementKey()));
  }

  private SignedStatement say(NostrNotary author, Bytes cohortId, Statement body) {
    Bytes roundId =
        switch (body.kind()) {
          case ANNOUNCEMENT, OPT_IN, WELCOME, KEYSET_PROPOSAL -> Bytes.EMPTY;
          case KEYSET_ACK, ROUND_REQUEST, SUCCESSION -> Bytes.EMPTY;
          default -> bytes(32);
        };
    Header header = new Header(cohortId, roundId, bytes(16), seq++ % 10, bytes(32), 0);
    SignedStatement said = author.sign(header, body);
    all.add(said);
    return said;
  }

  private Bytes bytes(int size) {
    byte[] some = new byte[size];
    random.nextBytes(some);
    return Bytes.of(some);
  }

  private SignedStatement optIn(CohortTerms terms, int dids) {
    NostrNotary notary = notary();
    SecretKey cohortKey = SecretKey.generate(random);
    Bytes inboxKey = SecretKey.generate(random).xOnlyPublicKey();
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    for (int i = 0; i < dids; i++) {
      SecretKey key = SecretKey.generate(random);
      keys.put(Btcr2Did.ofKey(Network.REGTEST, key.publicKey()).text(), key);
    }
    String coordinate =
        SignedStatement.coordinate(
            announcement.author(), ((Announcement) announcement.body()).identifier());
    Bytes subject =
        OptInProof.subject(
            coordinate,
            terms.hash(),
            notary.statementKey(),
            cohortKey.publicKey(),
            inboxKey,
            List.copyOf(keys.keySet()));
    List<Registration> registrations = new ArrayList<>();
    keys.forEach((did, key) ->
        registrations.add(
            new Registration(
                did, "", Schnorr.sign(key, OptInProof.didMessage(subject, did), bytes(32)))));
    return say(
        notary,
        announcement.id(),
        new OptIn(
            coordinate,
            terms.hash(),
            cohortKey.publicKey(),
            Schnorr.sign(cohortKey, OptInProof.possessionMessage(subject), bytes(32)),
            registrations,
            inboxKey,
            terms.signerClass(),
            terms.custody(),
            true,
            1,
            0));
  }

  private void formation(NostrNotary coordinator, int didsEach) {
    ChannelKey channel = new ChannelKey(bytes(32));
    List<SignedStatement> inOrder =
        cohort.members().stream()
            .map(member -> Objects.requireNonNull(optIns.get(member.optInId())))
            .toList();
    SignedStatement proposal =
        say(
            coordinator,
            announcement.id(),
            new KeysetProposal(
                announcement.event(),
                cohort.keys(),
                cohort.members().stream().map(Member::optInId).toList(),
                cohort.terms().threshold(cohort.size()),
                cohort.address(),
                channel.hash(),
                bytes(32)));
    say(coordinator, announcement.id(), new Welcome(channel, proposal.id(), bytes(32)));
    List<SignedStatement> acks =
        cohort.members().stream()
            .map(member -> say(notary(member), cohort.id(), new KeysetAck(proposal.id())))
            .toList();
    NostrNotary first = notary(cohort.members().get(0));
    say(first, cohort.id(), new RoundRequest(1));
    if (didsEach == 1) {
      say(first, bytes(32), new Succession(announcement, proposal, inOrder, acks));
    }
    StatementSet heard = StatementSet.EMPTY.with(proposal);
    for (SignedStatement ack : acks) {
      heard = heard.with(ack);
    }
    say(first, cohort.id(), Syncs.of(heard));
  }

  private void round(NostrNotary coordinator) {
    int n = cohort.size();
    NostrNotary first = notary(cohort.members().get(0));
    Outpoint outpoint = new Outpoint(bytes(32), 1);
    TxOutput change = new TxOutput(19_692, cohort.output().script());
    say(
        coordinator,
        cohort.id(),
        new Opportunity(1, outpoint, bytes(137), 308, List.of(change), 2, 0, 0xfffffffdL, 0));
    Map<String, Bytes> updates = new TreeMap<>();
    cohort.members().forEach(member -> member.dids().forEach(did -> updates.put(did, bytes(32))));
    Map<String, Bytes> own = new TreeMap<>();
    cohort.members().get(0).dids().forEach(did -> own.put(did, bytes(32)));
    NonceOffer nonce = new NonceOffer(1, bytes(66));
    say(first, cohort.id(), new Response(own, nonce));
    List<Bytes> ids = IntStream.range(0, n).mapToObj(slot -> bytes(32)).toList();
    say(
        coordinator,
        cohort.id(),
        new Proposal(
            1,
            bytes(32),
            Proposal.Reason.NONCE_LOST,
            Proposal.SpendPath.KEY_PATH,
            ids,
            Collections.nCopies(n, bytes(32)),
            bytes(32),
            bytes(32)));
    say(first, cohort.id(), new PartialSignature(bytes(32), bytes(32), nonce));
    say(first, cohort.id(), new RoundStatement.Final(bytes(32), bytes(32), bytes(64)));
    if (n <= 100) {
      say(coordinator, cohort.id(), new Bundle(bytes(32), updates));
      say(
          coordinator,
          cohort.id(),
          new LeafRequest(bytes(32), IntStream.range(0, n / 2).boxed().toList(), bytes(32)));
    }
  }
}
