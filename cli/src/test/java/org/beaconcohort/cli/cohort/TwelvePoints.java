package org.beaconcohort.cli.cohort;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The points of scenarios 1 to 12, as a coordinator of two prints them. Nonces travel in the
 * responses, so that half and all of them are half and all of the responses.
 */
enum TwelvePoints {
  ANNOUNCEMENT("announced"),
  HALF_THE_OPT_INS("candidate"),
  KEYSET("keyset-proposed"),
  ACKS("cohort-formed"),
  FUNDING("funded"),
  OPPORTUNITY("round-opened"),
  HALF_THE_RESPONSES("responded", 1),
  ALL_RESPONSES("responded", 2),
  PROPOSAL("proposed"),
  HALF_THE_PARTIALS("signed", 1),
  ALL_PARTIALS("completed"),
  BROADCAST("completed");

  private final String event;
  private final int count;

  TwelvePoints(String event) {
    this(event, 0);
  }

  TwelvePoints(String event, int count) {
    this.event = event;
    this.count = count;
  }

  /** Whether this line says that it is reached, but for the network's word on a broadcast. */
  boolean isSaidBy(ObjectNode line) {
    return line.path("event").asText().equals(event)
        && (count == 0 || line.path("count").asInt() == count);
  }

  /** Looks until the network has what the coordinator completed, if that is the point. */
  void await(ObjectNode line, EsploraChain chain) {
    if (this == BROADCAST) {
      Bytes txid = Outpoint.ofDisplay(line.path("txid").asText(), 0).txid();
      while (chain.transaction(txid).isEmpty()) {
        Thread.onSpinWait();
      }
    }
  }
}
