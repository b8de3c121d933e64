package org.beaconcohort.cli.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.beaconcohort.adapter.keystore.file.KeyEntry;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.adapter.nostr.event.Nip19;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;

/** What is said of keys: nothing secret. */
final class KeyLines {
  private KeyLines() {}

  static void print(Report report, KeyEntry entry) {
    report.value("key", entry.name() + ", for " + entry.purpose().word());
    report.value("public", entry.publicKey().hex());
    if (entry.purpose() == KeyPurpose.IDENTITY) {
      report.value("npub", Nip19.npub(entry.xOnlyPublicKey()));
    }
    report.value("since", entry.created() + ", " + entry.origin());
    entry
        .restored()
        .ifPresent(mark -> report.value("restored", mark.at() + ", restore " + mark.id().hex()));
  }

  static ObjectNode json(KeyEntry entry) {
    ObjectNode json =
        StrictJson.newObject()
            .put("name", entry.name())
            .put("purpose", entry.purpose().word())
            .put("publicKey", entry.publicKey().hex())
            .put("created", entry.created().toString())
            .put("origin", entry.origin());
    entry
        .restored()
        .ifPresent(mark ->
            json.putObject("restored").put("id", mark.id().hex()).put("at", mark.at().toString()));
    return json;
  }

  static ObjectNode json(List<KeyEntry> entries) {
    ObjectNode json = StrictJson.newObject();
    ArrayNode keys = json.putArray("keys");
    entries.forEach(entry -> keys.add(json(entry)));
    return json;
  }
}
