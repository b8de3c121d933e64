package org.beaconcohort.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class ReportsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void onAPlainOutputEveryAnswerHasALine() {
    Report report = human(Terminal.PLAIN);
    report.progress("coordinator", heard("did:btcr2:k1aaa", 1));
    report.progress("coordinator", heard("did:btcr2:k1bbb", 2));
    assertEquals(
        """
            0.0 s  respond   1/2  k1aaa responded
            0.0 s  respond   2/2  k1bbb responded
        """,
        out.toString());
  }

  @Test
  void onATerminalAnswersShareALineThatIsFinishedByTheNext() {
    Report report = human(Terminal.REWRITING);
    report.progress("coordinator", heard("did:btcr2:k1aaa", 1));
    report.progress("coordinator", heard("did:btcr2:k1bbb", 2));
    report.line("done");
    assertEquals(
        "    0.0 s  respond   1/2  responded: k1aaa"
            + "\r\033[2K    0.0 s  respond   2/2  responded: k1aaa, k1bbb\ndone\n",
        out.toString());
  }

  @Test
  void coloursAppearOnlyWhereTheyAreWanted() {
    human(Terminal.REWRITING).progress("coordinator", new Progress.Welcomed());
    assertFalse(out.toString().contains("\033["), out.toString());
    human(Terminal.COLOURED).progress("coordinator", new Progress.Welcomed());
    assertTrue(out.toString().contains("\033[1m"), out.toString());
  }

  @Test
  void ofOtherPartiesOnlyTroubleIsTold() {
    Report report = human(Terminal.PLAIN);
    report.progress("did:btcr2:k1aaa", new Progress.Welcomed());
    assertEquals("", out.toString());
    report.progress(
        "did:btcr2:k1aaa",
        new Progress.Ended(new Outcome.Failed(Code.SILENT_MEMBER, "no answer in time")));
    assertTrue(out.toString().contains("k1aaa: SILENT_MEMBER: no answer in time"), out.toString());
  }

  private static Progress changed(Member leader, boolean own) {
    return new Progress.LeaderChanged(1, leader.statementKey(), Optional.of(leader), own);
  }

  @Test
  void ofOtherPartiesItIsToldWhoGoesAnotherWay() {
    Report report = human(Terminal.PLAIN);
    report.progress("did:btcr2:k1aaa", changed(member("did:btcr2:k1aaa"), true));
    report.progress("did:btcr2:k1bbb", changed(member("did:btcr2:k1aaa"), false));
    report.progress("did:btcr2:k1aaa", new Progress.AnchoredAlone(List.of("ab")));
    assertEquals(
        """
            0.0 s  leader    k1aaa: the leader is silent, this member leads from here on
            0.0 s  leader    k1bbb: the leader is silent, k1aaa leads from here on
            0.0 s  alone     k1aaa: confirmed: ab
        """,
        out.toString());
  }

  private static Member member(String did) {
    Bytes key = Bytes.of(new byte[32]);
    return new Member(Bytes.of(new byte[33]), key, key, List.of(did), key, true);
  }

  @Test
  void anotherNarratorIsToldWholeAndTheOneBeforeIsNot() {
    Report report = human(Terminal.PLAIN);
    report.narrator("did:btcr2:k1aaa");
    report.progress("coordinator", new Progress.Welcomed());
    assertEquals("", out.toString());
    report.progress("did:btcr2:k1aaa", new Progress.Welcomed());
    assertEquals("    0.0 s  join      welcomed\n", out.toString());
  }

  @Test
  void everyJsonLineBeginsWithEventAndTime() {
    Report report = new JsonReport(new PrintWriter(out), new PrintWriter(err), CLOCK);
    report.progress("coordinator", new Progress.Welcomed());
    report.line("for people");
    report.done(StrictJson.newObject().put("txid", "00"));
    assertEquals(
        """
        {"event":"welcomed","at":"2026-01-01T12:00:00Z","who":"coordinator"}
        {"event":"done","at":"2026-01-01T12:00:00Z","txid":"00"}
        """,
        out.toString());
    assertEquals("for people\n", err.toString());
  }

  @Test
  void aTerminalIsOneOnlyIfItSaysSo() {
    assertEquals(Terminal.PLAIN, Terminal.of(Map.of("TERM", "xterm"), false));
    assertEquals(Terminal.PLAIN, Terminal.of(Map.of("TERM", "dumb"), true));
    assertEquals(Terminal.PLAIN, Terminal.of(Map.of(), true));
    assertEquals(Terminal.COLOURED, Terminal.of(Map.of("TERM", "xterm"), true));
    assertEquals(Terminal.COLOURED, Terminal.of(Map.of("TERM", "xterm", "NO_COLOR", ""), true));
    assertEquals(Terminal.REWRITING, Terminal.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true));
  }

  private Report human(Terminal terminal) {
    return new HumanReport(
        new PrintWriter(out), new PrintWriter(err), terminal, CLOCK, "coordinator");
  }

  private static Progress heard(String did, int count) {
    Bytes key = Bytes.of(new byte[32]);
    Member member = new Member(Bytes.of(new byte[33]), key, key, List.of(did), key, false);
    return new Progress.Heard(Progress.Step.RESPONDED, member, count, 2);
  }
}
