package org.beaconcohort.cohort.message;

import java.util.Map;
import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.message.LeafStatement.Bundle;
import org.beaconcohort.cohort.message.LeafStatement.BundleAck;
import org.beaconcohort.cohort.message.LeafStatement.LeafRequest;
import org.beaconcohort.cohort.message.LeafStatement.LeafSignature;
import org.beaconcohort.musig2.bytes.Bytes;

/** Bodies of the statements about leaf A. */
final class LeafJson {
  private LeafJson() {}

  static JsonWriter write(LeafStatement body) {
    return switch (body) {
      case Bundle bundle -> {
        JsonWriter updates = new JsonWriter();
        for (Map.Entry<String, Bytes> each : bundle.updates().entrySet()) {
          updates.hex(each.getKey(), each.getValue());
        }
        yield new JsonWriter().hex("context", bundle.context()).object("updates", updates);
      }
      case BundleAck ack -> new JsonWriter().hex("context", ack.context());
      case LeafRequest request ->
          new JsonWriter()
              .hex("transcript", request.transcript())
              .numbers("missing", request.missing())
              .hex("context", request.context());
      case LeafSignature signature ->
          new JsonWriter()
              .hex("context", signature.context())
              .hex("signature", signature.signature());
    };
  }

  static Bundle bundle(JsonReader json) {
    return new Bundle(json.hex("context"), json.hexByKey("updates"));
  }

  static BundleAck bundleAck(JsonReader json) {
    return new BundleAck(json.hex("context"));
  }

  static LeafRequest leafRequest(JsonReader json) {
    return new LeafRequest(json.hex("transcript"), json.integers("missing"), json.hex("context"));
  }

  static LeafSignature leafSignature(JsonReader json) {
    return new LeafSignature(json.hex("context"), json.hex("signature"));
  }
}
