package org.beaconcohort.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.exit.CommandFailure;

/**
 * Lines for people on standard output: seconds since the start, phase, what happened. On a terminal
 * the steps of one phase share a line.
 *
 * @see Terminal
 */
public final class HumanReport implements Report {
  private static final String ERASE = "\r\033[2K";
  private static final String DIM = "\033[2m";
  private static final String BOLD = "\033[1m";
  private static final String RED = "\033[31m";
  private static final String RESET = "\033[0m";
  private static final int MOST_NAMES = 3;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal terminal;
  private final InstantSource clock;
  private final Instant start;
  private final List<String> answered = new ArrayList<>();
  private String openPhase = "";
  private volatile String narrator;

  /**
   * A report to these two.
   *
   * @param narrator the party whose progress is told whole; of others only trouble is, and who goes
   *     another way
   */
  public HumanReport(
      PrintWriter out, PrintWriter err, Terminal terminal, InstantSource clock, String narrator) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
    this.start = clock.instant();
    this.narrator = narrator;
  }

  @Override
  public synchronized void line(String text) {
    finishOpenLine();
    out.println(text);
    out.flush();
  }

  @Override
  public synchronized void value(String name, String text) {
    line("  %-9s %s".formatted(name, text));
  }

  @Override
  public synchronized void note(String text) {
    finishOpenLine();
    err.println(text);
    err.flush();
  }

  @Override
  public void progress(String who, Progress progress) {
    Optional<ProgressLine> line = ProgressLine.of(progress);
    if (line.isEmpty()) {
      return;
    }
    boolean bad = progress instanceof Progress.Trouble || progress instanceof Progress.Refused;
    if (who.equals(narrator)) {
      step(line.get(), bad, "");
    } else if (bad || turns(progress)) {
      step(line.get(), bad || progress instanceof Progress.Ended, Brief.did(who) + ": ");
    }
  }

  /** What makes a party's way another one than the narrator's. */
  private static boolean turns(Progress progress) {
    return progress instanceof Progress.Ended
        || progress instanceof Progress.LeaderChanged
        || progress instanceof Progress.RelaysUnreachable
        || progress instanceof Progress.RelaysReachable
        || progress instanceof Progress.LeafAsked
        || progress instanceof Progress.CohortOver
        || progress instanceof Progress.AnchoringAlone
        || progress instanceof Progress.AnchoredAlone;
  }

  @Override
  public void narrator(String who) {
    narrator = who;
  }

  @Override
  public void event(String name, ObjectNode fields) {
    // For machines; people read progress.
  }

  @Override
  public void done(ObjectNode fields) {
    // For machines; people have read the result.
  }

  @Override
  public synchronized void failed(CommandFailure failure) {
    finishOpenLine();
  }

  private synchronized void step(ProgressLine line, boolean bad, String prefix) {
    boolean rewriting = terminal != Terminal.PLAIN && line.counted();
    if (rewriting && line.phase().equals(openPhase)) {
      out.print(ERASE);
    } else {
      finishOpenLine();
    }
    if (line.counted()) {
      answered.add(line.who());
    }
    out.print(
        styled(DIM, seconds())
            + "  "
            + styled(bad ? RED : BOLD, "%-9s".formatted(line.phase()))
            + " "
            + prefix
            + text(line, rewriting));
    if (rewriting) {
      openPhase = line.phase();
    } else {
      answered.clear();
      out.println();
    }
    out.flush();
  }

  /** On a line that grows, everybody who has answered so far, as far as there is room. */
  private String text(ProgressLine line, boolean growing) {
    if (!line.counted()) {
      return line.text();
    }
    String tally = line.tally() + "  ";
    if (!growing) {
      return tally + line.who() + " " + line.text();
    }
    int hidden = Math.max(0, answered.size() - MOST_NAMES);
    String names = String.join(", ", answered.subList(hidden, answered.size()));
    return tally + line.text() + ": " + (hidden == 0 ? "" : ".. ") + names;
  }

  private void finishOpenLine() {
    if (!openPhase.isEmpty()) {
      openPhase = "";
      out.println();
      out.flush();
    }
    answered.clear();
  }

  private String seconds() {
    long millis = Duration.between(start, clock.instant()).toMillis();
    return String.format(Locale.ROOT, "%5d.%d s", millis / 1000, millis % 1000 / 100);
  }

  private String styled(String style, String text) {
    return terminal == Terminal.COLOURED ? style + text + RESET : text;
  }
}
