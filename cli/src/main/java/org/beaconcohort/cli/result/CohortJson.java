package org.beaconcohort.cli.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.beaconcohort.adapter.nostr.event.Nip19;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.musig2.bytes.Bytes;

/** {@code cohort.json}: terms, members, address and round. Nothing in it is secret. */
final class CohortJson {
  private CohortJson() {}

  static ObjectNode of(String coordinate, CompletedRound round) {
    Cohort cohort = round.cohort();
    ObjectNode json = StrictJson.newObject();
    json.put("network", cohort.terms().network().specName());
    json.set("coordinator", coordinator(coordinate));
    json.put("announcement", coordinate);
    json.put("termsHash", cohort.terms().hash().hex());
    json.set("terms", terms(cohort.terms()));
    json.put("cohortId", cohort.id().hex());
    json.set("members", members(cohort));
    json.put("internalKey", cohort.output().internalKey().hex());
    json.put("outputKey", cohort.output().outputKey().hex());
    json.put("beaconScript", cohort.output().script().hex());
    json.put("beaconAddress", cohort.address());
    json.set("round", round(round));
    return json;
  }

  private static ObjectNode coordinator(String coordinate) {
    Bytes key = Bytes.ofHex(coordinate.split(":", 3)[1]);
    return StrictJson.newObject().put("publicKey", key.hex()).put("npub", Nip19.npub(key));
  }

  private static ObjectNode terms(CohortTerms terms) {
    ObjectNode json = StrictJson.newObject();
    json.put("profile", CohortTerms.PROFILE);
    json.put("beaconType", terms.beaconType().serviceType());
    json.put("minMembers", terms.minMembers());
    json.put("maxMembers", terms.maxMembers());
    json.put("maxDidsPerMember", terms.maxDidsPerMember());
    json.put("pendingUpdateTrigger", terms.pendingUpdateTrigger());
    json.put("leafA", terms.leafA().name());
    json.put("order", terms.order().name());
    json.put("signerClass", terms.signerClass().name());
    json.put("nonceCustody", terms.custody().name());
    json.set("deadlineSeconds", deadlines(terms.deadlines()));
    json.set(
        "fees",
        StrictJson.newObject()
            .put("minRateSatPerKvb", terms.fees().minRate())
            .put("maxRateSatPerKvb", terms.fees().maxRate())
            .put("maxFeeSat", terms.fees().maxFee()));
    json.put("funder", terms.funder().name());
    json.put("minFundingSat", terms.minFunding());
    json.put("confirmations", terms.confirmations());
    json.put("rounds", terms.rounds());
    ArrayNode relays = json.putArray("relays");
    terms.relays().forEach(relays::add);
    ArrayNode successors = json.putArray("successors");
    terms.successors().forEach(successor -> successors.add(successor.hex()));
    return json;
  }

  private static ObjectNode deadlines(Deadlines deadlines) {
    return StrictJson.newObject()
        .put("recruiting", deadlines.recruiting().toSeconds())
        .put("keying", deadlines.keying().toSeconds())
        .put("funding", deadlines.funding().toSeconds())
        .put("listing", deadlines.listing().toSeconds())
        .put("response", deadlines.response().toSeconds())
        .put("proposal", deadlines.proposal().toSeconds())
        .put("partial", deadlines.partial().toSeconds())
        .put("confirmation", deadlines.confirmation().toSeconds())
        .put("readiness", deadlines.readiness().toSeconds());
  }

  private static ArrayNode members(Cohort cohort) {
    ArrayNode members = StrictJson.newArray();
    for (Member member : cohort.members()) {
      ObjectNode json = members.addObject();
      ArrayNode dids = json.putArray("dids");
      member.dids().forEach(dids::add);
      json.put("cohortKey", member.cohortKey().hex());
      json.put("statementKey", member.statementKey().hex());
      json.put("optIn", member.optInId().hex());
      json.put("mayCoordinate", member.mayCoordinate());
    }
    return members;
  }

  private static ObjectNode round(CompletedRound round) {
    Transaction transaction = round.transaction();
    ObjectNode json = StrictJson.newObject();
    json.put("number", round.number());
    json.put("outpoint", transaction.inputs().get(0).outpoint().toString());
    json.put("outpointSat", round.prevout().value());
    json.put("feeSat", round.prevout().value() - transaction.outputValue());
    json.put("txid", transaction.displayTxid());
    json.put("vsize", transaction.vsize());
    json.put("tx", transaction.serialize().hex());
    json.put("spendPath", ResultFiles.spendPath(round));
    json.put("signalBytes", round.announcement().signalBytes().hex());
    json.set("casAnnouncement", round.announcement().json());
    return json;
  }
}
