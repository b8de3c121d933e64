package org.beaconcohort.cohort.leaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.LeafA;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.LeafPolicy;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.cohort.view.OptInProof;
import org.beaconcohort.cohort.view.TestParty;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Leaf A with k below n is for those alone who are invited and say that they want it (N9). */
final class LeafConsentTest {
  private static final SeededRandom RANDOM = new SeededRandom(9);
  private static final TestParty LEADER = new TestParty(RANDOM);
  private static final TestParty ALICE = new TestParty(RANDOM);
  private static final TestParty BOB = new TestParty(RANDOM);
  private static final TestParty MALLORY = new TestParty(RANDOM);
  private static final JoinPolicy POLICY =
      new JoinPolicy(Network.REGTEST, Bytes.EMPTY, 1, 20_000, Instant.MAX);

  @Tag("scenario-41")
  @Test
  void theDefaultPolicyRefusesACohortWhoseOtherSeatsOnePartyMayHold() {
    SignedStatement announcement = announce(terms(4, 4, 0));
    assertEquals(Optional.of(Code.VETO_LOST), refusal(POLICY, announcement));
    assertEquals(Optional.of(Code.VETO_LOST), refusal(POLICY.withMinK(4), announcement));
    assertEquals(Optional.empty(), refusal(POLICY.withMinK(3), announcement));
  }

  @Test
  void allMembersTogetherMayAlwaysBeAskedForALeaf() {
    CohortTerms terms = with(Simulation.terms(2, 4), LeafA.ALL_MEMBERS, LeafPolicy.NONE);
    assertEquals(Optional.empty(), refusal(POLICY, announce(terms)));
    assertEquals(4, terms.threshold(4));
  }

  @Test
  void whatIsNotAgreedOrNotInvitedIsRefusedByEverybody() {
    SignedStatement announcement = announce(terms(4, 4, 0));
    assertEquals(Optional.empty(), check(announcement, ALICE, 3));
    assertEquals(Optional.of(Code.OPT_IN_INVALID), check(announcement, ALICE, 0));
    assertEquals(Optional.of(Code.OPT_IN_INVALID), check(announcement, ALICE, 4));
    assertEquals(Optional.of(Code.OPT_IN_INVALID), check(announcement, MALLORY, 3));
    SignedStatement plain = announce(Simulation.terms(3, 3));
    assertEquals(Optional.empty(), check(plain, MALLORY, 0));
    assertEquals(Optional.of(Code.OPT_IN_INVALID), check(plain, MALLORY, 2));
  }

  @Test
  void aCohortWithoutThatLeafMayInviteTooAndThenNobodyElseJoins() {
    SignedStatement invited =
        announce(Simulation.terms(2, 2).among(List.of(index(ALICE), index(BOB)), List.of()));
    assertEquals(Optional.empty(), check(invited, ALICE, 0));
    assertEquals(Optional.of(Code.OPT_IN_INVALID), check(invited, MALLORY, 0));
    assertEquals(Optional.empty(), answer(POLICY, invited, ALICE));
    assertEquals(Optional.of(Code.TERMS_NOT_ACCEPTED), answer(POLICY, invited, MALLORY));
    assertThrows(
        IllegalArgumentException.class,
        () -> Simulation.terms(2, 2).among(List.of(index(ALICE)), List.of()));
  }

  @Test
  void whoNamesItsCohortAnswersNoAnnouncementThatInvitesOthersOrEverybody() {
    SignedStatement two =
        announce(Simulation.terms(2, 2).among(List.of(index(BOB), index(ALICE)), List.of()));
    SignedStatement three =
        announce(
            Simulation.terms(3, 3)
                .among(List.of(index(ALICE), index(BOB), index(MALLORY)), List.of()));
    JoinPolicy named = among(ALICE, BOB);
    assertEquals(Optional.empty(), answer(named, two, ALICE));
    assertEquals(Optional.of(Code.TERMS_NOT_ACCEPTED), answer(named, three, ALICE));
    assertEquals(
        Optional.of(Code.TERMS_NOT_ACCEPTED),
        answer(named, announce(Simulation.terms(2, 2)), ALICE));
    assertEquals(Optional.of(Code.TERMS_NOT_ACCEPTED), answer(among(ALICE, MALLORY), two, ALICE));
  }

  private static JoinPolicy among(TestParty one, TestParty other) {
    return POLICY.among(Set.of(one.did().text(), other.did().text()), LEADER.statementKey());
  }

  private static Optional<Code> answer(
      JoinPolicy policy, SignedStatement announcement, TestParty party) {
    return policy
        .check(announcement, List.of(party.did().text()), Simulation.START)
        .map(Violation::code);
  }

  @Test
  void kIsAboveHalfOfEverySizeTheCohortMayGet() {
    assertEquals(2, terms(3, 9, 0).threshold(3));
    assertEquals(8, terms(3, 9, 0).threshold(9));
    assertEquals(4, terms(5, 7, 4).threshold(6));
    assertThrows(IllegalArgumentException.class, () -> terms(2, 3, 0));
    assertThrows(IllegalArgumentException.class, () -> terms(5, 8, 4));
    assertThrows(IllegalArgumentException.class, () -> terms(5, 7, 6));
    assertThrows(
        IllegalArgumentException.class,
        () -> with(Simulation.terms(3, 3), LeafA.THRESHOLD, LeafPolicy.NONE));
    assertThrows(
        IllegalArgumentException.class,
        () -> with(Simulation.terms(3, 3), LeafA.ABSENT, terms(3, 3, 2).leaf()));
  }

  @Test
  void theTermsHashCoversKAndWhoIsInvited() {
    CohortTerms terms = terms(5, 7, 0);
    List<Bytes> others = new ArrayList<>(terms.leaf().invited());
    others.set(1, index(MALLORY));
    assertNotEquals(terms.hash(), terms(5, 7, 4).hash());
    assertNotEquals(terms.hash(), with(terms, LeafA.THRESHOLD, new LeafPolicy(0, others)).hash());
  }

  private static Optional<Code> refusal(JoinPolicy policy, SignedStatement announcement) {
    return policy.check(announcement, List.of(), Simulation.START).map(Violation::code);
  }

  private static Optional<Code> check(SignedStatement announcement, TestParty party, int minK) {
    CohortTerms terms = ((Announcement) announcement.body()).terms();
    String coordinate = SignedStatement.coordinate(LEADER.statementKey(), "leaf");
    String did = party.did().text();
    Bytes subject =
        OptInProof.subject(
            coordinate,
            terms.hash(),
            party.statementKey(),
            party.cohortKey().publicKey(),
            party.inboxKey(),
            List.of(did));
    OptIn optIn =
        new OptIn(
            coordinate,
            terms.hash(),
            party.cohortKey().publicKey(),
            Schnorr.sign(party.cohortKey(), OptInProof.possessionMessage(subject), subject),
            List.of(
                new Registration(
                    did,
                    "",
                    Schnorr.sign(party.didKey(), OptInProof.didMessage(subject, did), subject))),
            party.inboxKey(),
            terms.signerClass(),
            terms.custody(),
            true,
            1,
            minK);
    return OptInProof.check(announcement, party.say(announcement.id(), Bytes.EMPTY, optIn))
        .map(Violation::code);
  }

  private static SignedStatement announce(CohortTerms terms) {
    return LEADER.say(Bytes.of(new byte[32]), Bytes.EMPTY, new Announcement("leaf", terms));
  }

  private static CohortTerms terms(int min, int max, int k) {
    List<Bytes> invited = new ArrayList<>(List.of(index(ALICE)));
    while (invited.size() < max) {
      invited.add(index(new TestParty(RANDOM)));
    }
    return with(Simulation.terms(min, max), LeafA.THRESHOLD, new LeafPolicy(k, invited));
  }

  private static Bytes index(TestParty party) {
    return Registration.indexOf(party.did().text());
  }

  private static CohortTerms with(CohortTerms terms, LeafA leafA, LeafPolicy leaf) {
    return terms.withLeaf(leafA, ResponseOrder.NONCES_FIRST, leaf);
  }
}
