package org.beaconcohort.cohort.message;

import java.util.Map;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.message.RoundStatement.Claim;
import org.beaconcohort.cohort.message.RoundStatement.EpochClaim;
import org.beaconcohort.cohort.message.RoundStatement.FallbackTaken;
import org.beaconcohort.cohort.message.RoundStatement.Final;
import org.beaconcohort.cohort.message.RoundStatement.NonceLost;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.Reason;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.SpendPath;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Bodies of R0 to R5. Txids are in display order, as in all JSON. Opportunities and nonces are
 * written so in a journal too.
 */
public final class RoundJson {
  private RoundJson() {}

  static JsonWriter write(RoundRequest body) {
    return new JsonWriter().number("number", body.number());
  }

  static RoundRequest roundRequest(JsonReader json) {
    return new RoundRequest(json.integer("number"));
  }

  /** The fields of an opportunity. */
  public static JsonWriter write(Opportunity body) {
    return new JsonWriter()
        .number("number", body.number())
        .object(
            "outpoint",
            new JsonWriter()
                .text("txid", body.outpoint().displayTxid())
                .number("vout", body.outpoint().vout()))
        .hex("fundingTransaction", body.fundingTransaction())
        .number("fee", body.fee())
        .objects(
            "outputs",
            body.outputs().stream()
                .map(each ->
                    new JsonWriter().number("value", each.value()).hex("script", each.script()))
                .toList())
        .number("version", body.version())
        .number("lockTime", body.lockTime())
        .number("sequence", body.sequence())
        .number("sighashType", body.sighashType());
  }

  /**
   * The opportunity with these fields.
   *
   * @throws IllegalArgumentException if there is none
   * @throws org.beaconcohort.cohort.bitcoin.MalformedTransactionException if an outpoint or an
   *     output is none
   */
  public static Opportunity opportunity(JsonReader json) {
    JsonReader outpoint = json.object("outpoint");
    return new Opportunity(
        json.integer("number"),
        Outpoint.ofDisplay(outpoint.text("txid"), outpoint.integer("vout")),
        json.hex("fundingTransaction"),
        json.number("fee"),
        json.objects("outputs").stream()
            .map(each -> new TxOutput(each.number("value"), each.hex("script")))
            .toList(),
        json.integer("version"),
        json.number("lockTime"),
        json.number("sequence"),
        json.integer("sighashType"));
  }

  static JsonWriter write(Response body) {
    JsonWriter updates = new JsonWriter();
    for (Map.Entry<String, Bytes> each : body.updates().entrySet()) {
      updates.hex(each.getKey(), each.getValue());
    }
    JsonWriter json = new JsonWriter().object("updates", updates);
    return body.nonce().equals(NonceOffer.NONE) ? json : json.object("nonce", write(body.nonce()));
  }

  static Response response(JsonReader json) {
    return new Response(
        json.hexByKey("updates"),
        json.has("nonce") ? nonce(json.object("nonce")) : NonceOffer.NONE);
  }

  static JsonWriter write(Proposal body) {
    return new JsonWriter()
        .number("counter", body.counter())
        .hex("parent", body.parent())
        .name("reason", body.reason())
        .name("path", body.path())
        .hexes("responses", body.responses())
        .hexes("nonces", body.nonces())
        .hex("context", body.context())
        .hex("transcript", body.transcript());
  }

  static Proposal proposal(JsonReader json) {
    return new Proposal(
        json.integer("counter"),
        json.hex("parent"),
        json.name("reason", Reason.class),
        json.name("path", SpendPath.class),
        json.hexes("responses"),
        json.hexes("nonces"),
        json.hex("context"),
        json.hex("transcript"));
  }

  static JsonWriter write(PartialSignature body) {
    return new JsonWriter()
        .hex("transcript", body.transcript())
        .hex("signature", body.signature())
        .object("next", write(body.next()));
  }

  static PartialSignature partialSignature(JsonReader json) {
    return new PartialSignature(
        json.hex("transcript"), json.hex("signature"), nonce(json.object("next")));
  }

  static JsonWriter write(Final body) {
    return new JsonWriter()
        .hex("transcript", body.transcript())
        .text("txid", new Outpoint(body.txid(), 0).displayTxid())
        .hex("signature", body.signature());
  }

  static Final last(JsonReader json) {
    return new Final(
        json.hex("transcript"),
        Outpoint.ofDisplay(json.text("txid"), 0).txid(),
        json.hex("signature"));
  }

  static JsonWriter write(NonceLost body) {
    return new JsonWriter().hexes("dead", body.dead()).object("nonce", write(body.nonce()));
  }

  static NonceLost nonceLost(JsonReader json) {
    return new NonceLost(json.hexes("dead"), nonce(json.object("nonce")));
  }

  static JsonWriter write(Claim body) {
    return new JsonWriter().hex("transcript", body.transcript()).hex("nonce", body.nonce());
  }

  static Claim claim(JsonReader json) {
    return new Claim(json.hex("transcript"), json.hex("nonce"));
  }

  static JsonWriter write(EpochClaim body) {
    return new JsonWriter().hex("opportunity", body.opportunity());
  }

  static EpochClaim epochClaim(JsonReader json) {
    return new EpochClaim(json.hex("opportunity"));
  }

  static JsonWriter write(FallbackTaken body) {
    return new JsonWriter()
        .texts(
            "txids",
            body.txids().stream().map(txid -> new Outpoint(txid, 0).displayTxid()).toList());
  }

  static FallbackTaken fallbackTaken(JsonReader json) {
    return new FallbackTaken(
        json.texts("txids").stream().map(txid -> Outpoint.ofDisplay(txid, 0).txid()).toList());
  }

  /** The fields of a public nonce. */
  public static JsonWriter write(NonceOffer nonce) {
    return new JsonWriter()
        .number("number", nonce.number())
        .hex("publicNonce", nonce.publicNonce());
  }

  /**
   * The public nonce with these fields.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static NonceOffer nonce(JsonReader json) {
    return new NonceOffer(json.integer("number"), json.hex("publicNonce"));
  }
}
