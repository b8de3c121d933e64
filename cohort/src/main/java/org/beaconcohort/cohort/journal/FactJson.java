package org.beaconcohort.cohort.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundJson;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.TimeJson;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.musig2.bytes.Bytes;

/** The fields of a fact as JSON; {@link FactFields} reads them. */
final class FactJson {
  private static final int REPLACEMENT = 0xfffd;

  private final JsonWriter fields = new JsonWriter();

  ObjectNode json() {
    return fields.json();
  }

  FactJson bytes(String field, Bytes value) {
    fields.hex(field, value);
    return this;
  }

  FactJson bytes(String field, Bytes value, int size) {
    checkSize(field, value, size);
    return bytes(field, value);
  }

  FactJson bytesList(String field, List<Bytes> values, int size) {
    values.forEach(value -> checkSize(field, value, size));
    fields.hexes(field, values);
    return this;
  }

  FactJson signed(String field, int value) {
    fields.text(field, Integer.toString(value));
    return this;
  }

  FactJson number(String field, long value) {
    fields.number(field, value);
    return this;
  }

  FactJson name(String field, Enum<?> value) {
    fields.name(field, value);
    return this;
  }

  FactJson channelKey(ChannelKey value) {
    fields.hex("key", value.secret());
    return this;
  }

  /** ISO 8601, down to the nanosecond. */
  FactJson until(Instant value) {
    fields.text("until", value.toString());
    return this;
  }

  /** Display order, as in all JSON. */
  FactJson txid(Bytes internal) {
    fields.text("txid", new Outpoint(internal, 0).displayTxid());
    return this;
  }

  FactJson outpoint(Outpoint value) {
    fields.object(
        "outpoint",
        new JsonWriter().text("txid", value.displayTxid()).number("vout", value.vout()));
    return this;
  }

  /** The very event: what is sent again is these bytes (N6). */
  FactJson statement(String field, SignedStatement value) {
    fields.text(field, value.event());
    return this;
  }

  FactJson detail(String value) {
    words(fields, value);
    return this;
  }

  FactJson extend(Extend value) {
    fields.object("extend", TimeJson.write(value));
    return this;
  }

  FactJson opportunity(Opportunity value) {
    fields.object("opportunity", RoundJson.write(value));
    return this;
  }

  FactJson nonce(String field, NonceOffer value) {
    fields.object(field, RoundJson.write(value));
    return this;
  }

  /** Signatures of leaf A by slot, in its order. */
  FactJson leafSpend(Spend.LeafA value) {
    fields.objects(
        "spend",
        value.signatures().entrySet().stream()
            .map(each ->
                new JsonWriter().number("slot", each.getKey()).hex("signature", each.getValue()))
            .toList());
    return this;
  }

  FactJson updates(List<OfferedUpdate> values) {
    fields.objects(
        "updates",
        values.stream()
            .map(each ->
                new JsonWriter().text("did", each.did()).document("update", each.update().json()))
            .toList());
    return this;
  }

  FactJson bundle(CasAnnouncement value) {
    fields.document("bundle", value.json());
    return this;
  }

  FactJson recipient(Recipient value) {
    JsonWriter json = new JsonWriter();
    switch (value) {
      case Recipient.Everyone everyone -> json.text("type", "Everyone");
      case Recipient.Channel channel ->
          json.text("type", "Channel")
              .hex("key", channel.key().secret())
              .number("round", channel.round());
      case Recipient.Inboxes inboxes -> json.text("type", "Inboxes").hexes("keys", inboxes.keys());
    }
    fields.object("recipient", json);
    return this;
  }

  FactJson outcome(Outcome value) {
    JsonWriter json = new JsonWriter();
    switch (value) {
      case Outcome.Anchored anchored -> json.text("type", "Anchored").text("txid", anchored.txid());
      case Outcome.SucceededBy next ->
          json.text("type", "SucceededBy")
              .hex("cohort", next.cohort())
              .text("address", next.address())
              .text("txid", next.txid());
      case Outcome.Failed failed ->
          words(json.text("type", "Failed").name("code", failed.code()), failed.detail());
      case Outcome.AnchoredAlone alone ->
          words(
              json.text("type", "AnchoredAlone")
                  .texts("txids", alone.txids())
                  .name("code", alone.code()),
              alone.detail());
      case Outcome.Halted halted ->
          words(json.text("type", "Halted").name("code", halted.code()), halted.detail());
      case Outcome.MayStillConfirm may ->
          words(
              json.text("type", "MayStillConfirm")
                  .text("txid", may.txid())
                  .hex("signalBytes", may.signalBytes())
                  .name("code", may.code()),
              may.detail());
    }
    fields.object("outcome", json);
    return this;
  }

  /** What {@link FactFields} would not read is not written. */
  private static void checkSize(String field, Bytes value, int size) {
    if (value.size() != size) {
      throw new IllegalArgumentException(
          field + " must be " + size + " bytes, got " + value.size());
    }
  }

  /** Half a surrogate pair may come from anywhere, is in no JSON, and must not keep a fact out. */
  private static void words(JsonWriter json, String detail) {
    StringBuilder words = new StringBuilder(detail.length());
    detail
        .codePoints()
        .map(each ->
            each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE ? REPLACEMENT : each)
        .forEach(words::appendCodePoint);
    json.text("detail", words.toString());
  }
}
