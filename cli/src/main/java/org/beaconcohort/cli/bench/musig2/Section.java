package org.beaconcohort.cli.bench.musig2;

import java.util.List;
import org.beaconcohort.cli.bench.table.Subject;

/** The kinds of results. */
enum Section implements Subject {
  /** Whole rounds. */
  ROUND(
      "round",
      """
      One round at the coordinator: nonces and partial signatures from bytes to a verified signature.
        keys     aggregated in the round, or cached from an earlier one
        ratio    to the musig_* calls with key aggregation
        cached   to the musig_* calls with cached keys
        last ..  ms that are left when the last nonce or the last partial signature comes
      """,
      "n|engine|keys|ms|median|ratio|cached|kB|last nonce|last partial"),
  /** Key aggregation alone. */
  KEY_AGGREGATION(
      "key-aggregation",
      """
      Key aggregation alone.
        ratio  to the native call
      """,
      "n|engine|ms|median|ratio|kB"),
  /** Nostr events. */
  EVENT_VERIFICATION(
      "event-verification",
      """
      Verifying Nostr events of 1 kB: id and signature, then the signature alone.
      """,
      "engine|events/s|us|kB|signatures/s|us|kB"),
  /** Who is to blame. */
  CULPRITS(
      "culprits",
      """
      From the last partial signature to the names of all who sent wrong ones, and of nobody else.
      """,
      "n|engine|bad|ms|median|kB"),
  /** What was aimed at. */
  TARGET(
      "target",
      """
      Aims.
      """,
      "aim|n|engine|limit|found|met");

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
