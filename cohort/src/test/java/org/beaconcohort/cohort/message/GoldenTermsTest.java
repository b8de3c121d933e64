package org.beaconcohort.cohort.message;

import static org.beaconcohort.cohort.message.Golden.FORMATION;
import static org.beaconcohort.cohort.message.Golden.fill;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Extensions;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.junit.jupiter.api.Test;

/** Terms as they stand in an announcement. */
final class GoldenTermsTest {
  @Test
  void termsWithExtensions() {
    String text =
        StatementCodec.encode(
            FORMATION,
            new Announcement(
                "friday",
                Simulation.terms(2, 2).extending(new Extensions(2, Duration.ofSeconds(60)))));
    assertTrue(text.endsWith("\"successors\":[],\"extensions\":{\"most\":2,\"by\":60}}}}"), text);
  }

  @Test
  void termsWithAProbeNameItAndHashIt() {
    CohortTerms without = Simulation.terms(2, 3);
    CohortTerms with =
        Simulation.terms(
            2,
            3,
            0,
            1,
            NonceCustody.MEMORY,
            Deadlines.live().probing(java.time.Duration.ofSeconds(10)));
    String content = StatementCodec.encode(FORMATION, new Announcement("friday", with));
    assertTrue(content.contains("\"confirmation\":21600,\"readiness\":10}"), content);
    assertEquals(
        new Announcement("friday", with),
        StatementCodec.decode(StatementKind.ANNOUNCEMENT, content, SimNotary::read).body());
    assertNotEquals(without.hash(), with.hash());
    assertThrows(
        MalformedStatementException.class,
        () ->
            StatementCodec.decode(
                StatementKind.ANNOUNCEMENT,
                content.replace("\"readiness\":10", "\"readiness\":0"),
                SimNotary::read));
  }

  @Test
  void announcementOfACohortThatFollows() {
    Statement body = new Announcement("friday", Simulation.terms(2, 3), fill("c1", 32));
    String content = StatementCodec.encode(FORMATION, body);
    assertTrue(content.endsWith(",\"succeeds\":\"" + "c1".repeat(32) + "\"}}"), content);
    assertEquals(
        new StatementCodec.Decoded(FORMATION, body),
        StatementCodec.decode(body.kind(), content, SimNotary::read));
  }
}
