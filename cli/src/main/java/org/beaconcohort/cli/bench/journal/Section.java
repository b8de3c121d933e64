package org.beaconcohort.cli.bench.journal;

import java.util.List;
import org.beaconcohort.cli.bench.table.Subject;

/** The kinds of results. */
enum Section implements Subject {
  /** Facts to the disk. */
  APPEND(
      "append",
      """
      Appends of a member's rounds, each in one transaction that is on the disk when it returns.
        ratio  to writing as many bytes to a file of the same folder and syncing it
      """,
      "database|appends/s|ms|median|ratio|appends"),
  /** How long a nonce is between claim and release. */
  RELEASE(
      "claim-to-release",
      """
      From before the claim is appended until the signature may leave, with all parties of a cohort
      on one journal: claim, sign, verify, append the signature, append the statement that holds it.
        ratio  to one append
      """,
      "database|ms|median|longest|ratio|signatures"),
  /** From the disk to a state. */
  REPLAY(
      "replay",
      """
      A process begins with all these rounds: opens the journal, takes the identity, lists what is
      open, reads every record, verifies chain and signatures, folds the facts.
        first     in this process, which has played a cohort before
        CPU       ms of all threads, compiler and collector too
        ratio     of CPU, to reading and verifying the events alone
        archived  begins when all but one stream are archived
      """,
      "database|rounds|records|first|ms|median|first CPU|CPU|ratio|archived"),
  /** What was aimed at. */
  TARGET(
      "target",
      """
      Aims.
      """,
      "aim|database|limit|found|met");

  private final String event;
  private final String explanation;
  private final String headings;

  Section(String event, String explanation, String headings) {
    this.event = event;
    this.explanation = explanation;
    this.headings = headings;
  }

  @Override
  public String event() {
    return event;
  }

  @Override
  public List<String> explanation() {
    return explanation.lines().toList();
  }

  @Override
  public List<String> headings() {
    return List.of(headings.split("\\|"));
  }
}
