package org.beaconcohort.cohort.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.beaconcohort.cohort.message.RoundStatement.Final;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Views are joins (N14): no order, repetition or detour of statements shows in what is derived. */
final class StatementSetTest {
  private static final int SHUFFLES = 200;

  private final TestCohort parties = new TestCohort(7);
  private final TestRound made = new TestRound(parties);
  private final Bytes cohortId = parties.cohort().id();
  private final List<SignedStatement> statements = statements();

  private List<SignedStatement> statements() {
    List<SignedStatement> all = new ArrayList<>();
    for (int slot = 0; slot < 3; slot++) {
      TestParty member = parties.members().get(slot);
      KeysetAck ack = new KeysetAck(parties.keysetProposal().id());
      all.add(member.say(cohortId, Bytes.EMPTY, ack));
      all.add(member.say(cohortId, Bytes.EMPTY, new RoundRequest(1)));
      all.add(made.responses().get(slot));
      all.add(made.partial(slot));
    }
    all.add(parties.leader().say(cohortId, made.round().id(), made.round().opportunity()));
    all.add(made.proposal());
    // An equivocation: both sides are kept.
    SignedStatement first = all.get(1);
    all.add(parties.members().get(0).say(first.header(), new RoundRequest(2)));
    return all;
  }

  /** Everything that is derived from a set. */
  record Derived(
      StatementSet set,
      List<List<Bytes>> byKind,
      Set<Integer> acknowledged,
      Set<Integer> requested,
      Optional<List<SignedStatement>> responses,
      List<Integer> missing,
      PartialsView partials,
      FinalSignature last) {}

  private Derived derived(StatementSet said) {
    List<List<Bytes>> byKind = new ArrayList<>();
    for (StatementKind kind : StatementKind.values()) {
      byKind.add(said.of(kind).stream().map(SignedStatement::id).toList());
    }
    Attempt attempt = made.attempt();
    return new Derived(
        said,
        byKind,
        KeysetView.acknowledged(parties.cohort(), said, parties.keysetProposal().id()),
        Responses.requested(parties.cohort(), said, 1),
        Responses.inKeyOrder(made.round(), said),
        Responses.missing(made.round(), said),
        PartialsView.of(attempt, said),
        FinalSignature.of(attempt, said));
  }

  private static StatementSet fold(List<SignedStatement> order) {
    StatementSet said = StatementSet.EMPTY;
    for (SignedStatement each : order) {
      said = said.with(each);
    }
    return said;
  }

  @Test
  void whatIsDerivedIsAsExpected() {
    Derived derived = derived(fold(statements));

    assertEquals(Set.of(0, 1, 2), derived.acknowledged());
    assertEquals(Set.of(0, 1, 2), derived.requested());
    assertEquals(Optional.of(made.responses()), derived.responses());
    assertEquals(List.of(), derived.missing());
    assertInstanceOf(FinalSignature.Complete.class, derived.last());
  }

  @Test
  void everyOrderGivesTheSame() {
    Derived expected = derived(fold(statements));
    for (long seed = 0; seed < SHUFFLES; seed++) {
      List<SignedStatement> order = new ArrayList<>(statements);
      Collections.shuffle(order, new Random(seed));

      assertEquals(expected.set(), fold(order), "seed " + seed);
      if (seed < 20) {
        assertEquals(expected, derived(fold(order)), "seed " + seed);
      }
    }
  }

  @Test
  void repetitionsGiveTheSame() {
    Derived expected = derived(fold(statements));
    for (long seed = 0; seed < SHUFFLES; seed++) {
      Random random = new Random(seed);
      List<SignedStatement> order = new ArrayList<>(statements);
      for (int i = 0; i < 20; i++) {
        order.add(statements.get(random.nextInt(statements.size())));
      }
      Collections.shuffle(order, random);

      assertEquals(expected.set(), fold(order), "seed " + seed);
    }
  }

  @Test
  void whatWasDroppedIsMissingUntilItIsReplayed() {
    Derived expected = derived(fold(statements));
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<SignedStatement> kept = new ArrayList<>(statements);
      Collections.shuffle(kept, random);
      List<SignedStatement> dropped = kept.subList(0, 1 + random.nextInt(5));
      StatementSet less = fold(kept.subList(dropped.size(), kept.size()));
      assertEquals(statements.size() - dropped.size(), less.all().size(), "seed " + seed);

      List<SignedStatement> replay = new ArrayList<>(statements);
      Collections.shuffle(replay, random);
      StatementSet whole = less;
      for (SignedStatement each : replay) {
        whole = whole.with(each);
      }

      assertEquals(expected, derived(whole), "seed " + seed);
    }
  }

  @Test
  void twoHalvesJoinToTheSameEitherWay() {
    for (long seed = 0; seed < SHUFFLES; seed++) {
      List<SignedStatement> order = new ArrayList<>(statements);
      Collections.shuffle(order, new Random(seed));
      int half = order.size() / 2;
      StatementSet left = fold(order.subList(0, half));
      StatementSet right = fold(order.subList(half, order.size()));

      StatementSet leftFirst = left;
      for (SignedStatement each : right.all()) {
        leftFirst = leftFirst.with(each);
      }
      StatementSet rightFirst = right;
      for (SignedStatement each : left.all()) {
        rightFirst = rightFirst.with(each);
      }
      assertEquals(leftFirst, rightFirst, "seed " + seed);
    }
  }

  @Test
  void aMissingPartialIsNamed() {
    List<SignedStatement> less = new ArrayList<>(statements);
    Bytes silent = parties.members().get(2).statementKey();
    less.removeIf(said -> said.body() instanceof PartialSignature && said.author().equals(silent));

    assertEquals(
        new FinalSignature.Incomplete(List.of(2)), FinalSignature.of(made.attempt(), fold(less)));
  }

  @Test
  void aPartialThatDoesNotVerifyNamesItsSlot() {
    List<SignedStatement> bad = new ArrayList<>();
    for (SignedStatement said : statements) {
      boolean changed =
          said.body() instanceof PartialSignature
              && said.author().equals(parties.members().get(1).statementKey());
      bad.add(
          changed
              ? Changed.with(
                  said, "body.signature", Bytes.concat(Bytes.of(new byte[31]), Bytes.ofHex("05")))
              : said);
    }

    assertEquals(
        new FinalSignature.Faulty(List.of(1)), FinalSignature.of(made.attempt(), fold(bad)));
  }

  @Test
  void aPartialBeyondTheOrderNamesItsSlot() {
    List<SignedStatement> bad = new ArrayList<>();
    for (SignedStatement said : statements) {
      boolean changed =
          said.body() instanceof PartialSignature
              && said.author().equals(parties.members().get(0).statementKey());
      bad.add(changed ? Changed.with(said, "body.signature", Bytes.ofHex("ff".repeat(32))) : said);
    }

    assertEquals(
        new FinalSignature.Faulty(List.of(0)), FinalSignature.of(made.attempt(), fold(bad)));
  }

  @Test
  void aPartialOverAnotherTranscriptCountsForNothing() {
    SignedStatement other =
        Changed.with(statements.get(3), "body.transcript", Bytes.of(new byte[32]));

    PartialsView partials = PartialsView.of(made.attempt(), StatementSet.EMPTY.with(other));
    assertEquals(List.of(0, 1, 2), partials.missing());
    assertEquals(List.of(), partials.faulty());
  }

  @Test
  void partialsAddedOneByOneInAnyOrderGiveTheViewOfTheWholeSet() {
    List<SignedStatement> partials =
        new ArrayList<>(
            statements.stream().filter(said -> said.body() instanceof PartialSignature).toList());
    // The same author once more under a later number: what came first by number counts.
    SignedStatement later =
        Changed.with(
            Changed.with(partials.getFirst(), "header.seq", 99L),
            "body.signature",
            Bytes.ofHex("11".repeat(32)));
    partials.add(Changed.with(later, "id", Bytes.ofHex("22".repeat(32))));
    PartialsView expected = PartialsView.of(made.attempt(), fold(partials));
    for (long seed = 0; seed < SHUFFLES; seed++) {
      Collections.shuffle(partials, new Random(seed));
      PartialsView view = PartialsView.of(made.attempt(), StatementSet.EMPTY);
      for (SignedStatement each : partials) {
        view = view.with(each).with(each);
      }
      assertEquals(expected, view);
      assertEquals(expected.finalSignature(), view.finalSignature());
    }
  }

  @Test
  void atADeadlineTheFaultyAmongThoseHereAreToldApartFromTheMissing() {
    List<SignedStatement> some = new ArrayList<>();
    for (SignedStatement said : statements) {
      if (said.body() instanceof PartialSignature
          && said.author().equals(parties.members().get(1).statementKey())) {
        some.add(Changed.with(said, "body.signature", Bytes.ofHex("11".repeat(32))));
      } else if (!(said.body() instanceof PartialSignature)
          || said.author().equals(parties.members().get(2).statementKey())) {
        some.add(said);
      }
    }
    PartialsView view = PartialsView.of(made.attempt(), fold(some));
    assertEquals(List.of(0), view.missing());
    assertEquals(List.of(1), view.faulty());
    assertEquals(
        "partial signatures are missing of slots [0], and those of slots [1] do not verify",
        view.shortfall());
  }

  @Test
  void bothSidesOfAnEquivocationAreKeptAndProveIt() {
    SignedStatement first = statements.get(1);
    SignedStatement second = statements.get(statements.size() - 1);
    StatementSet said = fold(statements);

    assertTrue(said.contains(first.id()));
    assertTrue(said.contains(second.id()));
    assertEquals(second.id(), said.equivocation(first).orElseThrow().firstId());
    assertEquals(first.id(), said.equivocation(second).orElseThrow().firstId());
  }

  @Test
  void aStatementDoesNotEquivocateWithItself() {
    StatementSet said = fold(statements);

    assertEquals(Optional.empty(), said.equivocation(made.proposal()));
  }

  @Test
  void anotherInstanceWithTheSameNumberIsNoEquivocation() {
    SignedStatement first = statements.get(0);
    SignedStatement restarted =
        parties
            .members()
            .get(0)
            .say(Changed.with(first.header(), "instance", Bytes.of(new byte[16])), first.body());

    assertEquals(Optional.empty(), fold(statements).equivocation(restarted));
  }

  @Test
  void aQuotaCountsOneAuthorKindAndRound() {
    TestParty member = parties.members().get(0);
    Bytes transcript = made.attempt().transcript();
    StatementSet said = StatementSet.EMPTY;
    for (int i = 0; i < StatementKind.FINAL.quota(); i++) {
      Final last = last(transcript, i);
      assertFalse(said.exhausted(member.say(cohortId, made.round().id(), last), 2));
      said = said.with(member.say(cohortId, made.round().id(), last));
    }
    Final more = last(transcript, 99);
    TestParty peer = parties.members().get(1);

    assertTrue(said.exhausted(member.say(cohortId, made.round().id(), more), 2));
    assertFalse(said.exhausted(member.say(cohortId, Bytes.of(new byte[32]), more), 2));
    assertFalse(said.exhausted(peer.say(cohortId, made.round().id(), more), 2));
    assertFalse(said.exhausted(made.proposal(), 2));
  }

  @Test
  void roundsThatDoNotExistOpenNoQuotas() {
    TestParty member = parties.members().get(0);
    StatementSet said = StatementSet.EMPTY;
    for (int i = 0; i < 2 * StatementKind.FINAL.quota(); i++) {
      byte[] madeUp = new byte[32];
      madeUp[0] = (byte) i;
      SignedStatement next = member.say(cohortId, Bytes.of(madeUp), last(Bytes.of(madeUp), i));
      assertFalse(said.exhausted(next, 2), "statement " + i);
      said = said.with(next);
    }

    assertTrue(said.exhausted(member.say(cohortId, made.round().id(), last(cohortId, 99)), 2));
  }

  private static Final last(Bytes transcript, int number) {
    byte[] txid = new byte[32];
    txid[0] = (byte) number;
    return new Final(transcript, Bytes.of(txid), Bytes.of(new byte[64]));
  }
}
