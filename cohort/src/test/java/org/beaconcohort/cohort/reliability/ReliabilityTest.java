package org.beaconcohort.cohort.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.evidence.EvidenceCodec;
import org.beaconcohort.cohort.evidence.MalformedEvidenceException;
import org.beaconcohort.cohort.simulation.Blame;
import org.beaconcohort.cohort.simulation.HostileCohorts;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.junit.jupiter.api.Test;

/** Silence parks and advises, a proof bans, and nothing else does anything (R17, LO-21, LO-22). */
final class ReliabilityTest {
  private static final String ANN = "did:btcr2:ann";
  private static final String BEN = "did:btcr2:ben";

  private static Reliability of(ReliabilityEvent... events) {
    Reliability reliability = Reliability.EMPTY;
    for (ReliabilityEvent event : events) {
      reliability = reliability.with(event);
    }
    return reliability;
  }

  private static ReliabilityEvent benSilent(int cohort) {
    return Seen.round(
        cohort, false, Seen.present(1, ANN), Seen.silent(2, BEN, Duty.PARTIAL_SIGNATURE));
  }

  @Test
  void threeSilentRoundsAdviseACohortWithoutTheMemberAndBanNobody() {
    Reliability two = of(benSilent(1), benSilent(2));
    assertEquals(List.of(), two.advice());
    Reliability three = two.with(benSilent(3));
    assertEquals(1, three.advice().size());
    assertTrue(
        three.advice().getFirst().startsWith("re-form the cohort without " + BEN),
        three.advice().getFirst());
    assertFalse(three.of(BEN).banned());
    assertEquals(Set.of(), three.admission().banned());
    assertEquals(Set.of(BEN), three.admission().parked());
    assertEquals(3, three.of(ANN).answered(), "who answered is not blamed for it");
    assertEquals(0, three.of(ANN).silentRounds());
  }

  @Test
  void aRoundInWhichItAnswersEndsParkingAndAdvice() {
    Reliability after =
        of(benSilent(1), benSilent(2), benSilent(3))
            .with(Seen.round(4, true, Seen.present(1, ANN), Seen.present(9, BEN)));
    assertEquals(List.of(), after.advice());
    assertEquals(Set.of(), after.admission().parked());
    assertEquals(3, after.of(BEN).silentRounds(), "nothing is forgotten");
    assertEquals(1, after.of(BEN).completed());
  }

  @Test
  void whoWasSilentIsGivenLongerNextTime() {
    Reliability once = of(benSilent(1));
    assertEquals(Duration.ofSeconds(90), once.forecast(List.of(ANN, BEN), 0.8).allow());
    Reliability twice = once.with(benSilent(2));
    assertEquals(Duration.ofMinutes(2), twice.forecast(List.of(ANN, BEN), 0.8).allow());
    assertEquals(Duration.ZERO, twice.forecast(List.of(ANN), 0.8).allow());
    Reliability after = twice.with(Seen.round(3, true, Seen.present(1, ANN), Seen.present(2, BEN)));
    assertEquals(Duration.ZERO, after.of(BEN).allow());
  }

  @Test
  void parkingIsForOneEnrolment() {
    Reliability parked = of(benSilent(1));
    assertEquals(Set.of(BEN), parked.admission().parked());
    ReliabilityEvent waited = new ReliabilityEvent.Waited(Seen.id(2), List.of(BEN));
    Reliability after = parked.with(waited);
    assertEquals(Set.of(), after.admission().parked());
    assertEquals(Set.of(BEN), after.with(benSilent(5)).with(waited).admission().parked());
  }

  @Test
  void whenNobodyAnswersNobodyIsSilent() {
    Reliability reliability =
        of(
            Seen.round(
                1, false, Seen.silent(1, ANN, Duty.RESPONSE), Seen.silent(2, BEN, Duty.RESPONSE)));
    assertEquals(0, reliability.of(ANN).rounds());
    assertEquals(Set.of(), reliability.admission().parked());
  }

  @Test
  void theSameRoundCountsOnce() {
    Reliability once = of(benSilent(1));
    assertSame(once, once.with(benSilent(1)));
    assertTrue(once.knows(benSilent(1)));
  }

  @Test
  void aRecordFollowsTheDidWhateverKeysItHas() {
    Reliability reliability =
        of(
            Seen.round(1, true, Seen.present(1, ANN), Seen.present(2, BEN)),
            Seen.round(2, true, Seen.present(3, ANN), Seen.present(4, BEN)));
    assertEquals(2, reliability.of(ANN).completed());
    assertEquals(Optional.of(Duration.ofMillis(1200)), reliability.of(ANN).slowest());
    assertEquals(Optional.of(Duration.ofMillis(800)), reliability.of(ANN).usual());
    assertEquals(Set.of(ANN), reliability.whoseKey(Seen.id(1)));
    assertEquals(Set.of(ANN), reliability.whoseKey(Seen.id(3)));
  }

  @Test
  void aProofOfEquivocationBansTheMembersDid() {
    Simulation simulation = HostileCohorts.memberSaysTwoThings();
    String liar = simulation.dids().getFirst().did().text();
    String other = simulation.dids().get(1).did().text();
    Reliability seen = of(Seen.by(simulation).events().toArray(ReliabilityEvent[]::new));
    assertEquals(Set.of(), seen.admission().banned(), "the outcome alone bans nobody");
    Evidence evidence = Blame.byCoordinator(simulation).getFirst();
    Reliability banned =
        seen.with(new ReliabilityEvent.Convicted(ProvenFault.of(evidence, SimNotary::read)));
    assertEquals(Set.of(liar), banned.admission().banned());
    assertEquals(0, banned.of(liar).keeps());
    assertFalse(banned.of(other).banned());
    assertTrue(banned.advice().getFirst().startsWith(liar + " is banned"));
    Reliability forgotten = banned.with(new ReliabilityEvent.Forgotten(liar));
    assertEquals(Set.of(), forgotten.admission().banned());
  }

  @Test
  void aThousandEventsInAVictimsNameWithABadSignatureChangeNothing() {
    Simulation simulation = HostileCohorts.memberSaysTwoThings();
    Reliability seen = of(Seen.by(simulation).events().toArray(ReliabilityEvent[]::new));
    String victim = simulation.statementKey(0).hex();
    String file = EvidenceCodec.encode(Blame.byCoordinator(simulation).getFirst());
    int end = file.indexOf("\",\"", file.indexOf(victim + "|"));
    Reliability after = seen;
    for (int i = 0; i < 1_000; i++) {
      // The last digits of the first event are its signature.
      String forged = file.substring(0, end - 4) + String.format("%04x", i) + file.substring(end);
      if (forged.equals(file)) {
        continue;
      }
      try {
        after =
            after.with(
                new ReliabilityEvent.Convicted(
                    ProvenFault.of(
                        EvidenceCodec.decode(forged, SimNotary::read), SimNotary::read)));
      } catch (MalformedEvidenceException unsigned) {
        assertTrue(String.valueOf(unsigned.getMessage()).contains("signed"));
      }
    }
    assertSame(seen, after);
    assertEquals(Set.of(), after.admission().banned());
  }

  @Test
  void strangersKeepNineRoundsOfTenAndHistoryMovesThat() {
    Forecast strangers = Reliability.EMPTY.forecast(List.of(ANN, BEN), 0.8);
    assertEquals(0.81, strangers.completes(), 1e-9);
    assertEquals(2, strangers.size());
    Reliability good = Reliability.EMPTY;
    for (int cohort = 1; cohort <= 90; cohort++) {
      good = good.with(Seen.round(cohort, true, Seen.present(1, ANN), Seen.present(2, BEN)));
    }
    Forecast known = good.forecast(List.of(ANN, BEN), 0.8);
    assertEquals(0.99 * 0.99, known.completes(), 1e-9);
    assertEquals(22, known.size(), "0.99^22 is 0.80, 0.99^23 is less");
    Forecast mixed = good.forecast(List.of(ANN, "did:btcr2:new"), 0.95);
    assertEquals(0.99 * 0.9, mixed.completes(), 1e-9);
    assertEquals(0, mixed.size(), "two are too many");
    assertThrows(IllegalArgumentException.class, () -> Reliability.EMPTY.forecast(List.of(), 1));
  }
}
