package org.beaconcohort.cohort.view;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.Funder;
import org.beaconcohort.cohort.model.CohortTerms.LeafA;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.CohortTerms.SignerClass;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;

/** A cohort of three that formed as it should, with every key and every proof real. */
public final class TestCohort {
  private final SecureRandom random;
  private final TestParty leader;
  private final List<TestParty> members = new ArrayList<>();
  private final ChannelKey channel;
  private final SignedStatement announcement;
  private final List<SignedStatement> optIns = new ArrayList<>();
  private final SignedStatement keysetProposal;

  /** The cohort of a seed. */
  public TestCohort(long seed) {
    random = new SeededRandom(seed);
    leader = new TestParty(random);
    byte[] key = new byte[32];
    random.nextBytes(key);
    channel = new ChannelKey(Bytes.of(key));
    announcement =
        leader.say(Bytes.of(new byte[32]), Bytes.EMPTY, new Announcement("test", terms()));
    for (int i = 0; i < 3; i++) {
      members.add(new TestParty(random));
    }
    members.sort(Comparator.comparing(member -> member.cohortKey().publicKey()));
    members.forEach(
        member -> optIns.add(member.say(announcement.id(), Bytes.EMPTY, optIn(member))));
    Cohort cohort = cohort();
    keysetProposal =
        leader.say(
            announcement.id(),
            Bytes.EMPTY,
            new KeysetProposal(
                announcement.event(),
                cohort.keys(),
                optIns.stream().map(SignedStatement::id).toList(),
                0,
                cohort.address(),
                channel.hash(),
                Bytes.EMPTY));
  }

  private static CohortTerms terms() {
    return new CohortTerms(
        Network.REGTEST,
        BeaconType.CAS,
        3,
        5,
        2,
        0,
        LeafA.ABSENT,
        ResponseOrder.NONCES_FIRST,
        SignerClass.SCHEDULED,
        NonceCustody.MEMORY,
        Deadlines.live(),
        new FeeCorridor(1000, 20_000, 2_000),
        Funder.COORDINATOR,
        10_000,
        2,
        1,
        List.of("ws://127.0.0.1:7447"),
        List.of());
  }

  /** A valid opt-in of {@code member}. */
  public OptIn optIn(TestParty member) {
    String coordinate = SignedStatement.coordinate(leader.statementKey(), "test");
    String did = member.did().text();
    Bytes subject =
        OptInProof.subject(
            coordinate,
            terms().hash(),
            member.statementKey(),
            member.cohortKey().publicKey(),
            member.inboxKey(),
            List.of(did));
    Bytes possession =
        Schnorr.sign(member.cohortKey(), OptInProof.possessionMessage(subject), subject);
    Bytes proof = Schnorr.sign(member.didKey(), OptInProof.didMessage(subject, did), subject);
    return new OptIn(
        coordinate,
        terms().hash(),
        member.cohortKey().publicKey(),
        possession,
        List.of(new Registration(did, "", proof)),
        member.inboxKey(),
        SignerClass.LIVE,
        NonceCustody.MEMORY,
        true,
        1);
  }

  /** The stream that all keys came from. */
  public SecureRandom random() {
    return random;
  }

  /** Who announced the cohort. */
  public TestParty leader() {
    return leader;
  }

  /** The members in key order. */
  public List<TestParty> members() {
    return members;
  }

  /** The channel key. */
  public ChannelKey channel() {
    return channel;
  }

  /** F1. */
  public SignedStatement announcement() {
    return announcement;
  }

  /** F2 in key order. */
  public List<SignedStatement> optIns() {
    return optIns;
  }

  /** F3b. */
  public SignedStatement keysetProposal() {
    return keysetProposal;
  }

  /** What all of them recompute. */
  public Cohort cohort() {
    return KeysetView.cohort(terms(), optIns);
  }
}
