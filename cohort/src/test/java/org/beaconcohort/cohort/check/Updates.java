package org.beaconcohort.cohort.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.beaconcohort.cohort.check.Journals.Fact;
import org.beaconcohort.cohort.check.Journals.Read;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.erdtman.jcs.JsonCanonicalizer;

/** I4: which update hashes left a member, for which DID and version. */
final class Updates {
  private record Version(String did, long number) {}

  private final List<Finding> findings;
  private final Map<String, Long> versions = new HashMap<>();

  Updates(List<Finding> findings) {
    this.findings = findings;
  }

  /** Hashes that left somebody. */
  int check(List<Event> events, Set<Bytes> forged, List<Read> journals) {
    Map<Version, Set<String>> left = new HashMap<>();
    for (Read journal : journals) {
      for (Fact fact : journal.ever()) {
        if (fact.name().equals("UpdatesCommitted") || fact.name().equals("FallbackBegun")) {
          fact.fields()
              .path("updates")
              .forEach(each ->
                  versions.put(
                      hash(each.path("update")),
                      each.path("update").path("targetVersionId").asLong()));
        }
        // It goes to the chain, whatever a statement says.
        if (fact.name().equals("FallbackBegun")) {
          fact.fields()
              .path("updates")
              .forEach(each ->
                  left.computeIfAbsent(
                          new Version(
                              each.path("did").asText(),
                              each.path("update").path("targetVersionId").asLong()),
                          v -> new LinkedHashSet<>())
                      .add(hash(each.path("update"))));
        }
      }
    }
    int hashes = 0;
    for (Event event : events) {
      if (!event.kind().equals("RESPONSE") || forged.contains(event.id())) {
        continue;
      }
      for (Map.Entry<String, JsonNode> each : event.body().path("updates").properties()) {
        hashes++;
        Long version = versions.get(each.getValue().asText());
        if (version == null) {
          find(
              "update "
                  + each.getValue().asText()
                  + " of "
                  + each.getKey()
                  + " left "
                  + event.author()
                  + ", and no journal committed to it");
        } else {
          left.computeIfAbsent(new Version(each.getKey(), version), v -> new LinkedHashSet<>())
              .add(each.getValue().asText());
        }
      }
    }
    left.forEach((version, found) -> {
      if (found.size() > 1) {
        find(
            version.did()
                + " has "
                + found.size()
                + " updates of version "
                + version.number()
                + ": "
                + found);
      }
    });
    return hashes;
  }

  private static String hash(JsonNode update) {
    try {
      return TaggedHash.sha256(Bytes.of(new JsonCanonicalizer(update.toString()).getEncodedUTF8()))
          .hex();
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private void find(String what) {
    findings.add(new Finding(Invariant.I4_ONE_UPDATE_PER_VERSION, what));
  }
}
