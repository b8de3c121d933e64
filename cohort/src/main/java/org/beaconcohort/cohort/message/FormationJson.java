package org.beaconcohort.cohort.message;

import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.CohortTerms.SignerClass;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.musig2.bytes.Bytes;

/** Bodies of F1 to F4. */
final class FormationJson {
  private FormationJson() {}

  static JsonWriter write(Announcement body) {
    JsonWriter json =
        new JsonWriter()
            .text("identifier", body.identifier())
            .object("terms", TermsJson.write(body.terms()));
    return body.succeeds().size() == 0 ? json : json.hex("succeeds", body.succeeds());
  }

  static Announcement announcement(JsonReader json) {
    return new Announcement(
        json.text("identifier"),
        TermsJson.read(json.object("terms")),
        json.has("succeeds") ? json.hex("succeeds") : Bytes.EMPTY);
  }

  static JsonWriter write(OptIn body) {
    JsonWriter json =
        new JsonWriter()
            .text("coordinate", body.coordinate())
            .hex("termsHash", body.termsHash())
            .hex("cohortKey", body.cohortKey())
            .hex("possession", body.possession())
            .objects(
                "registrations",
                body.registrations().stream()
                    .map(each ->
                        new JsonWriter()
                            .text("did", each.did())
                            .text("genesisDocument", each.genesisDocument())
                            .hex("proof", each.proof()))
                    .toList())
            .hex("inboxKey", body.inboxKey())
            .name("signerClass", body.signerClass())
            .name("custody", body.custody())
            .flag("mayCoordinate", body.mayCoordinate())
            .number("pendingUpdates", body.pendingUpdates());
    return body.minK() == 0 ? json : json.number("minK", body.minK());
  }

  static OptIn optIn(JsonReader json) {
    return new OptIn(
        json.text("coordinate"),
        json.hex("termsHash"),
        json.hex("cohortKey"),
        json.hex("possession"),
        json.objects("registrations").stream()
            .map(each ->
                new Registration(each.text("did"), each.text("genesisDocument"), each.hex("proof")))
            .toList(),
        json.hex("inboxKey"),
        json.name("signerClass", SignerClass.class),
        json.name("custody", NonceCustody.class),
        json.flag("mayCoordinate"),
        json.integer("pendingUpdates"),
        json.has("minK") ? json.integer("minK") : 0);
  }

  static JsonWriter write(OptInRefused body) {
    return new JsonWriter()
        .hex("optInId", body.optInId())
        .name("code", body.code())
        .text("detail", body.detail());
  }

  static OptInRefused optInRefused(JsonReader json) {
    return new OptInRefused(
        json.hex("optInId"), json.name("code", Code.class), json.text("detail"));
  }

  static JsonWriter write(Welcome body) {
    return new JsonWriter()
        .hex("channelKey", body.channelKey().secret())
        .hex("keysetProposalId", body.keysetProposalId())
        .hex("parentProposalId", body.parentProposalId());
  }

  static Welcome welcome(JsonReader json) {
    return new Welcome(
        new ChannelKey(json.hex("channelKey")),
        json.hex("keysetProposalId"),
        json.hex("parentProposalId"));
  }

  static JsonWriter write(KeysetProposal body) {
    return new JsonWriter()
        .text("announcementEvent", body.announcementEvent())
        .hexes("keys", body.keys())
        .hexes("optIns", body.optIns())
        .number("threshold", body.threshold())
        .text("address", body.address())
        .hex("channelKeyHash", body.channelKeyHash())
        .hex("parentProposalId", body.parentProposalId());
  }

  static KeysetProposal keysetProposal(JsonReader json) {
    return new KeysetProposal(
        json.text("announcementEvent"),
        json.hexes("keys"),
        json.hexes("optIns"),
        json.integer("threshold"),
        json.text("address"),
        json.hex("channelKeyHash"),
        json.hex("parentProposalId"));
  }

  static JsonWriter write(ReadinessStatement body) {
    return switch (body) {
      case ReadinessStatement.Probe probe ->
          new JsonWriter().number("candidates", probe.candidates());
      case ReadinessStatement.Alive alive -> new JsonWriter().hex("probeId", alive.probeId());
    };
  }

  static ReadinessStatement.Probe probe(JsonReader json) {
    return new ReadinessStatement.Probe(json.integer("candidates"));
  }

  static ReadinessStatement.Alive alive(JsonReader json) {
    return new ReadinessStatement.Alive(json.hex("probeId"));
  }

  static JsonWriter write(KeysetAck body) {
    return new JsonWriter().hex("keysetProposalId", body.keysetProposalId());
  }

  static KeysetAck keysetAck(JsonReader json) {
    return new KeysetAck(json.hex("keysetProposalId"));
  }
}
