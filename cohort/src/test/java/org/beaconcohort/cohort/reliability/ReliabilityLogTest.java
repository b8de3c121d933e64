package org.beaconcohort.cohort.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.simulation.Blame;
import org.beaconcohort.cohort.simulation.HostileCohorts;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.junit.jupiter.api.Test;

/** The text gives back what was remembered, or says which line was changed. */
final class ReliabilityLogTest {
  private static final Simulation LIAR = HostileCohorts.memberSaysTwoThings();

  private static ReliabilityLog log() {
    ReliabilityLog log = ReliabilityLog.EMPTY;
    for (ReliabilityEvent event : events()) {
      log = log.with(event, Simulation.START);
    }
    return log;
  }

  private static List<ReliabilityEvent> events() {
    List<ReliabilityEvent> events = new ArrayList<>(Seen.by(LIAR).events());
    events.add(
        new ReliabilityEvent.Convicted(
            ProvenFault.of(Blame.byCoordinator(LIAR).getFirst(), SimNotary::read)));
    events.add(
        Seen.round(
            1,
            false,
            Seen.present(3, "did:btcr2:ann"),
            Seen.silent(4, "did:btcr2:ben", Duty.RESPONSE)));
    events.add(new ReliabilityEvent.Waited(Seen.id(2), List.of("did:btcr2:ben")));
    events.add(new ReliabilityEvent.Forgotten("did:btcr2:ann"));
    return events;
  }

  private static String refused(String text) {
    return String.valueOf(
        assertThrows(
                MalformedReliabilityException.class,
                () -> ReliabilityLog.read(text, SimNotary::read))
            .getMessage());
  }

  @Test
  void aBanIsThereAgainAndItsProofIsVerifiedAgain() {
    ReliabilityLog again = ReliabilityLog.read(log().text(), SimNotary::read);
    assertEquals(log().reliability(), again.reliability());
    assertEquals(log().text(), again.text());
    assertEquals(
        Set.of(LIAR.dids().getFirst().did().text()), again.reliability().admission().banned());
    assertThrows(
        MalformedReliabilityException.class,
        () ->
            ReliabilityLog.read(
                log().text(),
                event -> {
                  throw new MalformedStatementException("unsigned");
                }));
  }

  @Test
  void whatIsKnownMakesNoLine() {
    ReliabilityLog log = log();
    for (ReliabilityEvent event : events().subList(0, 2)) {
      assertSame(log, log.with(event, Simulation.START));
    }
  }

  @Test
  void aChangedLineIsNamed() {
    List<String> lines = log().text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      for (String change : List.of("{\"at\":\"2026", "\"number\":", "\"seal\":\"")) {
        List<String> changed = new ArrayList<>(lines);
        int at = changed.get(i).indexOf(change) + change.length();
        char digit = changed.get(i).charAt(at);
        changed.set(
            i,
            changed.get(i).substring(0, at)
                + (digit == '1' ? '2' : '1')
                + changed.get(i).substring(at + 1));
        String why = refused(String.join("\n", changed) + "\n");
        assertTrue(why.startsWith("line " + (i + 1) + " "), change + " of " + i + ": " + why);
      }
    }
  }

  @Test
  void missingExchangedAndRepeatedLinesAreFound() {
    List<String> lines = log().text().lines().toList();
    List<String> missing = new ArrayList<>(lines);
    missing.remove(1);
    assertTrue(refused(String.join("\n", missing) + "\n").startsWith("line 2 "));
    List<String> exchanged = new ArrayList<>(lines);
    exchanged.set(0, lines.get(1));
    assertTrue(refused(String.join("\n", exchanged) + "\n").startsWith("line 1 "));
    List<String> repeated = new ArrayList<>(lines);
    repeated.add(lines.getLast());
    assertTrue(
        refused(String.join("\n", repeated) + "\n").startsWith("line " + repeated.size() + " "));
    String text = log().text();
    assertTrue(refused(text.substring(0, text.length() - 1)).contains("line feed"));
    assertTrue(refused("\n").startsWith("line 1 "));
    assertTrue(refused("{}\n").startsWith("line 1 "));
  }
}
