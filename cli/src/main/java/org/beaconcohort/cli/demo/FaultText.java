package org.beaconcohort.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.json.StrictJson;

/** Tells people and machines about faults, before and after. */
final class FaultText {
  private FaultText() {}

  /** One name and sentence a line. */
  static void list(Report report) {
    for (Fault fault : Fault.values()) {
      report.line("%-38s %s".formatted(fault.label(), fault.sentence()));
      report.event("known-fault", named(fault).put("sentence", fault.sentence()));
    }
  }

  /** What went wrong, who led, and what anchors whom. */
  static void end(Report report, Fault fault, FaultRound.Result result, Path out) {
    report.line("");
    report.value("fault", fault.label() + ": " + fault.victim().struck());
    report.value("led after", led(fault, result.leaders()));
    for (Anchor anchor : result.anchors()) {
      report.value(Brief.did(anchor.did().text()), fate(anchor));
    }
    report.line("");
    report.line(
        "Checked from the files and the chain: every update named here is the DID's newest"
            + " version.");
    report.value("output", out.toAbsolutePath().normalize().toString());
    report.done(done(fault, result, out));
  }

  private static String led(Fault fault, List<String> leaders) {
    if (leaders.isEmpty()) {
      return fault.victim() == Victim.COORDINATOR
          ? "nobody: no leader was needed, or no cohort was there to lead"
          : "the coordinator, as before";
    }
    return String.join(", then ", leaders.stream().map(FaultText::brief).toList());
  }

  /** Who did not say so itself is named in short already. */
  private static String brief(String leader) {
    return leader.startsWith("did:") ? Brief.did(leader) : leader;
  }

  private static String fate(Anchor anchor) {
    String vanished = anchor.vanished() ? "vanished; " : "";
    return vanished
        + anchor
            .txid()
            .map(txid -> "anchored by " + anchor.way().words() + ", " + txid)
            .orElse("its update is not anchored");
  }

  private static ObjectNode done(Fault fault, FaultRound.Result result, Path out) {
    ObjectNode done = named(fault).put("network", Network.REGTEST.specName());
    ArrayNode leaders = done.putArray("ledAfter");
    result.leaders().forEach(leaders::add);
    ArrayNode members = done.putArray("members");
    for (Anchor anchor : result.anchors()) {
      ObjectNode member =
          members
              .addObject()
              .put("did", anchor.did().text())
              .put("vanished", anchor.vanished())
              .put("by", anchor.way().word());
      anchor.txid().ifPresent(txid -> member.put("txid", txid));
    }
    return done.put("out", out.toString());
  }

  private static ObjectNode named(Fault fault) {
    return StrictJson.newObject().put("fault", fault.label());
  }
}
