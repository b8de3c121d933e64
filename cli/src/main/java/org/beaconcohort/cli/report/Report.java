package org.beaconcohort.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.exit.CommandFailure;

/** How a command tells what it does. Safe for several threads at once. */
public interface Report {
  /** A line before or after the work, for people only. */
  void line(String text);

  /** A named value before or after the work, for people only. */
  void value(String name, String text);

  /** Something for people that is neither progress nor a result. */
  void note(String text);

  /**
   * Progress of one party.
   *
   * @param who {@code coordinator} or a DID
   */
  void progress(String who, Progress progress);

  /** From now on people read this party's progress whole: the one before tells nothing more. */
  void narrator(String who);

  /** Something that happened outside of any cohort, for machines: one line with that name. */
  void event(String name, ObjectNode fields);

  /** The result for machines; the last line. */
  void done(ObjectNode fields);

  /** A failure, for machines too. */
  void failed(CommandFailure failure);
}
