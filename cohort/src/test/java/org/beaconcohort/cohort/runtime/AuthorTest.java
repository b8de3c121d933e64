package org.beaconcohort.cohort.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/** Statements of a process are numbered and chained, and no number is used by two processes. */
final class AuthorTest {
  private static final Bytes FIRST = Bytes.ofHex("01".repeat(16));
  private static final Bytes SECOND = Bytes.ofHex("02".repeat(16));

  private final SimNotary notary = notary(1);
  private final Effect.Say say =
      new Effect.Say(
          Bytes.of(new byte[32]), Bytes.EMPTY, 0, new RoundRequest(1), new Recipient.Everyone());

  private static SimNotary notary(long seed) {
    return new SimNotary(SecretKey.generate(new SeededRandom(seed)), () -> Instant.EPOCH);
  }

  @Test
  void everyStatementHasTheNextNumberAndNamesTheOneBefore() {
    Author author = new Author(notary, FIRST);
    SignedStatement one = author.say(say);
    SignedStatement two = author.say(say);
    assertEquals(0, one.header().seq());
    assertEquals(Bytes.EMPTY, one.header().previous());
    assertEquals(1, two.header().seq());
    assertEquals(one.id(), two.header().previous());
  }

  @Test
  void aProcessSendsItsOwnStatementsAndThoseOfEarlierInstancesAgain() {
    SignedStatement earlier = new Author(notary, FIRST).say(say);
    Author author = new Author(notary, SECOND);
    SignedStatement own = author.say(say);
    assertDoesNotThrow(() -> author.checkOwn(earlier));
    assertDoesNotThrow(() -> author.checkOwn(own));
  }

  @Test
  void aProcessThatTakesTheInstanceIdOfAnEarlierOneSaysNothing() {
    SignedStatement earlier = new Author(notary, FIRST).say(say);
    Author author = new Author(notary, FIRST);
    IllegalStateException taken =
        assertThrows(IllegalStateException.class, () -> author.checkOwn(earlier));
    assertEquals(
        "instance id "
            + FIRST
            + " must be new with every process, an earlier one made statement "
            + earlier.id()
            + " under it; draw another (R10)",
        taken.getMessage());
  }

  @Test
  void othersStatementsAreNoneOfItsNumbers() {
    SignedStatement others = new Author(notary(2), FIRST).say(say);
    assertDoesNotThrow(() -> new Author(notary, FIRST).checkOwn(others));
  }
}
