package org.beaconcohort.cohort.message;

import java.time.Duration;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.Funder;
import org.beaconcohort.cohort.model.CohortTerms.LeafA;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.CohortTerms.SignerClass;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Extensions;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.model.LeafPolicy;

/** The terms within an announcement: fields in the order of their hash, durations in seconds. */
final class TermsJson {
  private TermsJson() {}

  static JsonWriter write(CohortTerms terms) {
    JsonWriter json =
        new JsonWriter()
            .text("profile", CohortTerms.PROFILE)
            .name("network", terms.network())
            .name("beaconType", terms.beaconType())
            .number("minMembers", terms.minMembers())
            .number("maxMembers", terms.maxMembers())
            .number("maxDidsPerMember", terms.maxDidsPerMember())
            .number("pendingUpdateTrigger", terms.pendingUpdateTrigger())
            .name("leafA", terms.leafA())
            .name("order", terms.order())
            .name("signerClass", terms.signerClass())
            .name("custody", terms.custody())
            .object("deadlines", write(terms.deadlines()))
            .object(
                "fees",
                new JsonWriter()
                    .number("minRate", terms.fees().minRate())
                    .number("maxRate", terms.fees().maxRate())
                    .number("maxFee", terms.fees().maxFee()))
            .name("funder", terms.funder())
            .number("minFunding", terms.minFunding())
            .number("confirmations", terms.confirmations())
            .number("rounds", terms.rounds())
            .texts("relays", terms.relays())
            .hexes("successors", terms.successors());
    // Terms of before have none of these fields, and keep their text and hash.
    if (!terms.leaf().equals(LeafPolicy.NONE)) {
      json.object(
          "leaf",
          new JsonWriter()
              .number("threshold", terms.leaf().explicit())
              .hexes("invited", terms.leaf().invited()));
    }
    if (!terms.extensions().equals(Extensions.NONE)) {
      json.object(
          "extensions",
          new JsonWriter()
              .number("most", terms.extensions().most())
              .seconds("by", terms.extensions().by()));
    }
    return json;
  }

  private static Extensions extensions(JsonReader json) {
    return new Extensions(json.integer("most"), json.seconds("by"));
  }

  private static LeafPolicy leaf(JsonReader json) {
    return new LeafPolicy(json.integer("threshold"), json.hexes("invited"));
  }

  private static JsonWriter write(Deadlines deadlines) {
    JsonWriter json =
        new JsonWriter()
            .seconds("recruiting", deadlines.recruiting())
            .seconds("keying", deadlines.keying())
            .seconds("funding", deadlines.funding())
            .seconds("listing", deadlines.listing())
            .seconds("response", deadlines.response())
            .seconds("proposal", deadlines.proposal())
            .seconds("partial", deadlines.partial())
            .seconds("confirmation", deadlines.confirmation());
    return deadlines.probes() ? json.seconds("readiness", deadlines.readiness()) : json;
  }

  static CohortTerms read(JsonReader json) {
    String profile = json.text("profile");
    if (!profile.equals(CohortTerms.PROFILE)) {
      throw new MalformedJsonException(
          "profile of terms must be " + CohortTerms.PROFILE + ", got another");
    }
    JsonReader deadlines = json.object("deadlines");
    JsonReader fees = json.object("fees");
    return new CohortTerms(
        json.name("network", Network.class),
        json.name("beaconType", BeaconType.class),
        json.integer("minMembers"),
        json.integer("maxMembers"),
        json.integer("maxDidsPerMember"),
        json.integer("pendingUpdateTrigger"),
        json.name("leafA", LeafA.class),
        json.name("order", ResponseOrder.class),
        json.name("signerClass", SignerClass.class),
        json.name("custody", NonceCustody.class),
        new Deadlines(
            deadlines.seconds("recruiting"),
            deadlines.seconds("keying"),
            deadlines.seconds("funding"),
            deadlines.seconds("listing"),
            deadlines.seconds("response"),
            deadlines.seconds("proposal"),
            deadlines.seconds("partial"),
            deadlines.seconds("confirmation"),
            deadlines.has("readiness") ? deadlines.seconds("readiness") : Duration.ZERO),
        new FeeCorridor(fees.number("minRate"), fees.number("maxRate"), fees.number("maxFee")),
        json.name("funder", Funder.class),
        json.number("minFunding"),
        json.integer("confirmations"),
        json.integer("rounds"),
        json.texts("relays"),
        json.hexes("successors"),
        json.has("leaf") ? leaf(json.object("leaf")) : LeafPolicy.NONE,
        json.has("extensions") ? extensions(json.object("extensions")) : Extensions.NONE);
  }
}
