package org.beaconcohort.cohort.journal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundJson;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.TimeJson;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The fields that {@link FactJson} writes. All methods throw a {@link RuntimeException} of the
 * value they read if there is none; {@link RecordTypes} makes one error of them.
 */
final class FactFields {
  private final JsonReader fields;
  private final StatementReader statements;

  FactFields(JsonReader fields, StatementReader statements) {
    this.fields = fields;
    this.statements = statements;
  }

  Bytes bytes(String field) {
    return fields.hex(field);
  }

  Bytes bytes(String field, int size) {
    Bytes bytes = fields.hex(field);
    if (bytes.size() != size) {
      throw new MalformedJsonException(
          "\"" + field + "\" must be " + size + " bytes, got " + bytes.size());
    }
    return bytes;
  }

  List<Bytes> bytesList(String field, int size) {
    List<Bytes> values = fields.hexes(field);
    for (Bytes value : values) {
      if (value.size() != size) {
        throw new MalformedJsonException(
            "\"" + field + "\" must be of " + size + " bytes each, got " + value.size());
      }
    }
    return values;
  }

  /** A number that may be negative, as the one text it has. */
  int signed(String field) {
    String text = fields.text(field);
    if (text.length() <= 11) {
      int value = Integer.parseInt(text);
      if (Integer.toString(value).equals(text)) {
        return value;
      }
    }
    throw new MalformedJsonException(
        "\"" + field + "\" must be a whole number of 32 bits, got another text");
  }

  int number(String field) {
    return fields.integer(field);
  }

  <E extends Enum<E>> E name(String field, Class<E> names) {
    return fields.name(field, names);
  }

  Code code() {
    return fields.name("code", Code.class);
  }

  String detail() {
    return fields.text("detail");
  }

  Instant until() {
    String text = fields.text("until");
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new MalformedJsonException(
          "\"until\" must be an instant of ISO 8601, got " + text.length() + " other characters");
    }
  }

  Bytes txid() {
    return Outpoint.ofDisplay(fields.text("txid"), 0).txid();
  }

  Outpoint outpoint() {
    JsonReader json = fields.object("outpoint");
    return Outpoint.ofDisplay(json.text("txid"), json.integer("vout"));
  }

  Opportunity opportunity() {
    return RoundJson.opportunity(fields.object("opportunity"));
  }

  Extend extend() {
    return TimeJson.extend(fields.object("extend"));
  }

  SignedStatement statement(String field) {
    return statements.read(fields.text(field));
  }

  ChannelKey channelKey() {
    return new ChannelKey(fields.hex("key"));
  }

  NonceOffer nonce(String field) {
    return RoundJson.nonce(fields.object(field));
  }

  Spend.LeafA leafSpend() {
    Map<Integer, Bytes> signatures = new TreeMap<>();
    for (JsonReader each : fields.objects("spend")) {
      signatures.put(each.integer("slot"), each.hex("signature"));
    }
    return new Spend.LeafA(signatures);
  }

  List<OfferedUpdate> updates() {
    return fields.objects("updates").stream()
        .map(each -> new OfferedUpdate(each.text("did"), SignedUpdate.of(each.document("update"))))
        .toList();
  }

  CasAnnouncement bundle() {
    return CasAnnouncement.ofJson(fields.document("bundle"));
  }

  Recipient recipient() {
    JsonReader json = fields.object("recipient");
    String type = json.text("type");
    return switch (type) {
      case "Everyone" -> new Recipient.Everyone();
      case "Channel" ->
          new Recipient.Channel(new ChannelKey(json.hex("key")), json.integer("round"));
      case "Inboxes" -> new Recipient.Inboxes(json.hexes("keys"));
      default -> throw unknown("recipient", "Everyone, Channel or Inboxes");
    };
  }

  Outcome outcome() {
    JsonReader json = fields.object("outcome");
    String type = json.text("type");
    return switch (type) {
      case "Anchored" -> new Outcome.Anchored(json.text("txid"));
      case "SucceededBy" ->
          new Outcome.SucceededBy(json.hex("cohort"), json.text("address"), json.text("txid"));
      case "Failed" -> new Outcome.Failed(json.name("code", Code.class), json.text("detail"));
      case "MayStillConfirm" ->
          new Outcome.MayStillConfirm(
              json.text("txid"),
              json.hex("signalBytes"),
              json.name("code", Code.class),
              json.text("detail"));
      case "Halted" -> new Outcome.Halted(json.name("code", Code.class), json.text("detail"));
      case "AnchoredAlone" ->
          new Outcome.AnchoredAlone(
              json.texts("txids"), json.name("code", Code.class), json.text("detail"));
      default ->
          throw unknown(
              "outcome", "Anchored, AnchoredAlone, SucceededBy, Failed, MayStillConfirm or Halted");
    };
  }

  private static MalformedJsonException unknown(String what, String types) {
    return new MalformedJsonException("type of " + what + " must be " + types + ", got another");
  }
}
