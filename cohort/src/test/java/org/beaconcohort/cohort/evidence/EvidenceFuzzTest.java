package org.beaconcohort.cohort.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.simulation.Blame;
import org.beaconcohort.cohort.simulation.HostileCohorts;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Files that somebody changed: none proves anything but what the file itself proves. */
final class EvidenceFuzzTest {
  private static final List<Evidence> EVIDENCE = new ArrayList<>();

  static {
    EVIDENCE.addAll(Blame.byMember(HostileCohorts.memberSaysTwoThings(), 1));
    EVIDENCE.addAll(Blame.byMember(HostileCohorts.memberSignsBadly(), 1));
    EVIDENCE.addAll(Blame.byMember(HostileCohorts.coordinatorProposesAnotherContext(), 1));
    EVIDENCE.addAll(Blame.byMember(HostileCohorts.keysetForks(), 1));
  }

  private static List<String> files() {
    return EVIDENCE.stream().map(EvidenceCodec::encode).toList();
  }

  @Test
  void everyKindIsThere() {
    assertEquals(5, EVIDENCE.size(), EVIDENCE::toString);
  }

  @Test
  void aFileIsReadAndJudgedOrRefused() {
    Fuzz.ofJson("EvidenceCodec", files())
        .refusing(MalformedEvidenceException.class, UnprovenException.class)
        // Keys, proofs and sums of points of three members.
        .allocatingAlways(8 * 1024 * 1024)
        .allocatingPerUnit(1_024)
        .run(text -> {
          Evidence evidence = EvidenceCodec.decode(text, SimNotary::read);
          assertEquals(text, EvidenceCodec.encode(evidence));
          Conviction unused = evidence.verify(SimNotary::read);
        });
  }

  @Test
  void everyChangeOfOneCharacterProvesNothing() {
    SplittableRandom random = new SplittableRandom(7);
    for (String file : files()) {
      int step = Math.max(1, file.length() / 400);
      for (int at = random.nextInt(step); at < file.length(); at += step) {
        char other = (char) (' ' + random.nextInt(95));
        if (other != file.charAt(at)) {
          assertProvesNothing(file.substring(0, at) + other + file.substring(at + 1));
        }
        assertProvesNothing(file.substring(0, at) + file.substring(at + 1));
      }
    }
  }

  @Test
  void everyChangeOfOneFieldProvesNothing() {
    for (Evidence evidence : EVIDENCE) {
      List<String> events = evidence.statements().stream().map(SignedStatement::event).toList();
      assertEquals(
          EvidenceCodec.encode(evidence), file(evidence.code(), evidence.convicts(), events));
      for (Code code : Code.values()) {
        if (code != evidence.code()) {
          assertProvesNothing(file(code, evidence.convicts(), events));
        }
      }
      for (SignedStatement said : evidence.statements()) {
        if (!said.author().equals(evidence.convicts())) {
          assertProvesNothing(file(evidence.code(), said.author(), events));
        }
      }
      for (int i = 0; i < events.size(); i++) {
        List<String> fewer = new ArrayList<>(events);
        String gone = fewer.remove(i);
        // Without a member's acknowledgements a fork is the coordinator's, under another key.
        assertProvesNothing(file(evidence.code(), evidence.convicts(), fewer));
        List<String> twice = new ArrayList<>(events);
        twice.add(i, gone);
        assertProvesNothing(file(evidence.code(), evidence.convicts(), twice));
        for (int j = 0; j < i; j++) {
          List<String> swapped = new ArrayList<>(events);
          swapped.set(i, events.get(j));
          swapped.set(j, gone);
          assertProvesNothing(file(evidence.code(), evidence.convicts(), swapped));
        }
        for (Evidence other : EVIDENCE) {
          for (SignedStatement foreign : other.statements()) {
            if (!events.contains(foreign.event())) {
              List<String> replaced = new ArrayList<>(events);
              replaced.set(i, foreign.event());
              assertProvesNothing(file(evidence.code(), evidence.convicts(), replaced));
            }
          }
        }
      }
    }
  }

  private static String file(Code code, Bytes convicts, List<String> events) {
    return Jcs.canonicalText(
        new JsonWriter()
            .name("code", code)
            .hex("convicts", convicts)
            .text("format", EvidenceCodec.FORMAT)
            .texts("statements", events)
            .json());
  }

  private static void assertProvesNothing(String file) {
    RuntimeException refused =
        assertThrows(
            RuntimeException.class,
            () -> EvidenceCodec.decode(file, SimNotary::read).verify(SimNotary::read),
            () -> "proved by " + file);
    assertTrue(
        refused instanceof MalformedEvidenceException || refused instanceof UnprovenException,
        () -> "got " + refused);
  }
}
