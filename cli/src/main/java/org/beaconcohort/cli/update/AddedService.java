package org.beaconcohort.cli.update;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.json.StrictJson;

/** A service as {@code --add-service id,type,endpoint} gives it. */
record AddedService(String id, String type, String endpoint) {
  /** Parses the option's value; the endpoint may hold commas. */
  static AddedService parse(String value, Btcr2Did did) {
    String[] parts = value.split(",", 3);
    if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "ADD_SERVICE",
          "service must be id,type,endpoint, got " + value,
          "for instance --add-service web,LinkedDomains,https://example.org");
    }
    return new AddedService(absolute(parts[0], did), parts[1], parts[2]);
  }

  /** The patch that adds these services, in order. */
  static ArrayNode patch(List<AddedService> services, DidDocument document) {
    ArrayNode patch = StrictJson.newArray();
    boolean there = document.json().has("service");
    for (AddedService service : services) {
      ObjectNode operation = patch.addObject().put("op", "add");
      if (there) {
        operation.put("path", "/service/-").set("value", service.json());
      } else {
        operation.put("path", "/service").putArray("value").add(service.json());
        there = true;
      }
    }
    return patch;
  }

  private ObjectNode json() {
    return StrictJson.newObject().put("id", id).put("type", type).put("serviceEndpoint", endpoint);
  }

  private static String absolute(String id, Btcr2Did did) {
    return id.startsWith("did:") ? id : did.url(id.startsWith("#") ? id.substring(1) : id);
  }
}
