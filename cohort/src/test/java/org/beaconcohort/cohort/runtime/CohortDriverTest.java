package org.beaconcohort.cohort.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.port.Journal;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Facts are durable before anything is performed, and nobody's statement stops the driver. */
final class CohortDriverTest {
  private static final Bytes ZERO = Bytes.of(new byte[32]);
  private static final SignedStatement STATEMENT =
      new SignedStatement(
          ZERO,
          ZERO,
          Instant.EPOCH,
          "event",
          new Header(ZERO, Bytes.EMPTY, Bytes.of(new byte[16]), 0, Bytes.EMPTY, 0),
          new RoundRequest(1));

  private final List<String> happened = new ArrayList<>();

  @Test
  void factsAreAppendedBeforeEffectsArePerformed() {
    CohortDriver<Integer, Integer> driver = driver(new Counting(), remembering());
    driver.accept(new Input.Begin(), Instant.EPOCH);
    assertEquals(List.of("append [1]", "perform DrawChannelKey"), happened);
    assertEquals(1, driver.state());
  }

  @Test
  void aJournalThatCannotPromiseDurabilityLeavesStateAndWorldAsTheyWere() {
    Journal<Integer> full =
        new Journal<>() {
          @Override
          public void append(List<Integer> facts) {
            throw new PortFailure("disk full", false);
          }

          @Override
          public List<Integer> replay() {
            return List.of();
          }
        };
    CohortDriver<Integer, Integer> driver = driver(new Counting(), full);
    assertThrows(PortFailure.class, () -> driver.accept(new Input.Begin(), Instant.EPOCH));
    assertEquals(0, driver.state());
    assertEquals(List.of(), happened);
  }

  @Test
  void aStatementThatFindsAFaultInTheMachineIsRefusedAndChangesNothing() {
    CohortDriver<Integer, Integer> driver = driver(new Counting(), remembering());
    Verdict<Integer> verdict = driver.accept(new Input.Heard(STATEMENT), Instant.EPOCH);
    Verdict.Refused<?> refused = assertInstanceOf(Verdict.Refused.class, verdict);
    assertEquals(Code.UNJUDGED, refused.violation().code());
    assertTrue(refused.violation().detail().contains(ZERO.hex()));
    assertEquals(0, driver.state());
    assertEquals(List.of(), happened);
  }

  @Test
  void anOwnInputThatFindsAFaultIsNotHidden() {
    CohortDriver<Integer, Integer> driver = driver(new Counting(), remembering());
    assertThrows(
        IllegalStateException.class, () -> driver.accept(new Input.Listed(), Instant.EPOCH));
  }

  @Test
  void aDriverBeginsInTheStateItsJournalLeadsTo() {
    Journal<Integer> journal = remembering();
    driver(new Counting(), journal).accept(new Input.Begin(), Instant.EPOCH);
    driver(new Counting(), journal).accept(new Input.Begin(), Instant.EPOCH);
    assertEquals(2, driver(new Counting(), journal).state());
  }

  private CohortDriver<Integer, Integer> driver(
      Machine<Integer, Integer> machine, Journal<Integer> journal) {
    return new CohortDriver<>(
        machine,
        journal,
        effect -> happened.add("perform " + effect.getClass().getSimpleName()),
        (input, verdict, before, after) -> {});
  }

  private Journal<Integer> remembering() {
    List<Integer> kept = new ArrayList<>();
    return new Journal<>() {
      @Override
      public void append(List<Integer> facts) {
        kept.addAll(facts);
        happened.add("append " + facts);
      }

      @Override
      public List<Integer> replay() {
        return List.copyOf(kept);
      }
    };
  }

  /** Counts what it accepts; a statement is a fault it has, Listed another. */
  private static final class Counting implements Machine<Integer, Integer> {
    @Override
    public Integer initial() {
      return 0;
    }

    @Override
    public Verdict<Integer> decide(Integer state, Input input, Instant now) {
      if (input instanceof Input.Begin) {
        return Verdict.accept(1, new Effect.DrawChannelKey());
      }
      throw new IllegalStateException("planted");
    }

    @Override
    public Integer evolve(Integer state, Integer fact) {
      return state + fact;
    }

    @Override
    public List<Effect> resume(Integer state) {
      return List.of();
    }

    @Override
    public Instant deadline(Integer state) {
      return Instant.MAX;
    }
  }
}
