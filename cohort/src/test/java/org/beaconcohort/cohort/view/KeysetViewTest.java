package org.beaconcohort.cohort.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key-set proposal is recomputed, not believed: one changed field, and members refuse it. */
final class KeysetViewTest {
  private static final TestCohort PARTIES = new TestCohort(23);
  private static final KeysetProposal GOOD = (KeysetProposal) PARTIES.keysetProposal().body();
  private static final Bytes OTHER = Bytes.of(new byte[32]);

  record Mutation(Code code, String path, Object value) {
    @Override
    public String toString() {
      return path + " " + code;
    }
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> other = new ArrayList<>(list);
    Collections.reverse(other);
    return other;
  }

  static Stream<Mutation> mutationsOfTheProposal() {
    Bytes stranger = PARTIES.leader().cohortKey().publicKey();
    return Stream.of(
        new Mutation(Code.TERMS_MISMATCH, "announcementEvent", "{}"),
        new Mutation(Code.KEYSET_MISMATCH, "keys", reversed(GOOD.keys())),
        new Mutation(Code.KEYSET_MISMATCH, "keys[0]", stranger),
        new Mutation(Code.KEYSET_MISMATCH, "optIns", reversed(GOOD.optIns())),
        new Mutation(Code.KEYSET_MISMATCH, "optIns[2]", OTHER),
        new Mutation(Code.KEYSET_MISMATCH, "threshold", 2),
        new Mutation(Code.KEYSET_MISMATCH, "threshold", 3),
        new Mutation(Code.ADDRESS_MISMATCH, "address", GOOD.address().replace('p', 'q')));
  }

  static Stream<Mutation> mutationsOfOneOptIn() {
    OptIn peer = (OptIn) PARTIES.optIns().get(1).body();
    return Stream.of(
        new Mutation(Code.KEYSET_MISMATCH, "id", OTHER),
        new Mutation(Code.KEYSET_MISMATCH, "author", PARTIES.optIns().get(1).author()),
        new Mutation(Code.KEYSET_MISMATCH, "body.cohortKey", peer.cohortKey()),
        new Mutation(Code.KEYSET_MISMATCH, "body.inboxKey", peer.inboxKey()),
        new Mutation(Code.KEYSET_MISMATCH, "body.possession", peer.possession()),
        new Mutation(Code.KEYSET_MISMATCH, "body.registrations", peer.registrations()),
        new Mutation(Code.KEYSET_MISMATCH, "body.termsHash", OTHER));
  }

  private static Optional<Code> check(KeysetProposal proposal, List<SignedStatement> optIns) {
    return KeysetView.check(PARTIES.announcement(), proposal, optIns).map(Violation::code);
  }

  @Test
  void theGoodProposalPasses() {
    assertEquals(
        Optional.empty(), KeysetView.check(PARTIES.announcement(), GOOD, PARTIES.optIns()));
  }

  @Test
  void theOrderInWhichOptInsAreHeldDoesNotMatter() {
    assertEquals(Optional.empty(), check(GOOD, reversed(PARTIES.optIns())));
    assertEquals(PARTIES.cohort().id(), cohortOf(reversed(PARTIES.optIns())));
  }

  private static Bytes cohortOf(List<SignedStatement> optIns) {
    return KeysetView.cohort(PARTIES.cohort().terms(), optIns).id();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutationsOfTheProposal")
  void oneChangedFieldOfTheProposalIsRefused(Mutation mutation) {
    KeysetProposal changed = Changed.with(GOOD, mutation.path(), mutation.value());

    assertEquals(Optional.of(mutation.code()), check(changed, PARTIES.optIns()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutationsOfOneOptIn")
  void oneChangedFieldOfAnOptInIsRefused(Mutation mutation) {
    List<SignedStatement> optIns = new ArrayList<>(PARTIES.optIns());
    optIns.set(0, Changed.with(optIns.get(0), mutation.path(), mutation.value()));

    assertEquals(Optional.of(mutation.code()), check(GOOD, optIns));
  }

  @Test
  void fewerMembersThanTheTermsAskForAreRefused() {
    assertEquals(Optional.of(Code.KEYSET_MISMATCH), check(GOOD, PARTIES.optIns().subList(0, 2)));
  }

  @Test
  void moreMembersThanTheTermsAllowAreRefused() {
    SignedStatement narrow = Changed.with(PARTIES.announcement(), "body.terms.minMembers", 2);
    SignedStatement forTwo = Changed.with(narrow, "body.terms.maxMembers", 2);

    assertEquals(
        Optional.of(Code.KEYSET_MISMATCH),
        KeysetView.check(forTwo, GOOD, PARTIES.optIns()).map(Violation::code));
  }

  @Test
  void anotherEventThanTheAnnouncementAnsweredIsRefused() {
    SignedStatement replaced = Changed.with(PARTIES.announcement(), "event", "another");

    assertEquals(
        Optional.of(Code.TERMS_MISMATCH),
        KeysetView.check(replaced, GOOD, PARTIES.optIns()).map(Violation::code));
  }

  @Test
  void oneCandidateCannotTakeTwoSeats() {
    SignedStatement first = PARTIES.optIns().get(0);
    SignedStatement again = Changed.with(first, "id", OTHER);

    assertEquals(
        Optional.of(Code.OPT_IN_INVALID),
        KeysetView.clash(List.of(first), again).map(Violation::code));
  }

  @Test
  void oneSharedFieldIsAClash() {
    SignedStatement first = PARTIES.optIns().get(0);
    SignedStatement second = PARTIES.optIns().get(1);
    OptIn taken = (OptIn) first.body();
    Bytes negated =
        Bytes.concat(
            Bytes.of(new byte[] {(byte) (taken.cohortKey().at(0) ^ 1)}),
            taken.cohortKey().slice(1, 33));
    List<Mutation> shared =
        List.of(
            new Mutation(Code.OPT_IN_INVALID, "author", first.author()),
            new Mutation(Code.OPT_IN_INVALID, "body.cohortKey", taken.cohortKey()),
            new Mutation(Code.OPT_IN_INVALID, "body.cohortKey", negated),
            new Mutation(Code.OPT_IN_INVALID, "body.inboxKey", taken.inboxKey()),
            new Mutation(
                Code.OPT_IN_INVALID,
                "body.registrations[0].did",
                taken.registrations().get(0).did()));

    assertEquals(Optional.empty(), KeysetView.clash(List.of(first), second));
    for (Mutation each : shared) {
      SignedStatement changed = Changed.with(second, each.path(), each.value());
      assertEquals(
          Optional.of(each.code()),
          KeysetView.clash(List.of(first), changed).map(Violation::code),
          each.toString());
    }
  }

  @Test
  void onlyAcksOfThatProposalByMembersCount() {
    Bytes id = PARTIES.keysetProposal().id();
    TestParty first = PARTIES.members().get(0);
    TestParty second = PARTIES.members().get(1);
    StatementSet said =
        StatementSet.EMPTY
            .with(first.say(PARTIES.cohort().id(), Bytes.EMPTY, new KeysetAck(id)))
            .with(second.say(PARTIES.cohort().id(), Bytes.EMPTY, new KeysetAck(OTHER)))
            .with(PARTIES.leader().say(PARTIES.cohort().id(), Bytes.EMPTY, new KeysetAck(id)));

    assertEquals(Set.of(0), KeysetView.acknowledged(PARTIES.cohort(), said, id));
  }
}
