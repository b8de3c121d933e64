package org.beaconcohort.cohort.message;

import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.message.TimeStatement.ExtendedPhase;
import org.beaconcohort.cohort.message.TimeStatement.Seen;
import org.beaconcohort.cohort.message.TimeStatement.Sync;

/** Bodies of statements about time. An extension is written so in a journal too. */
public final class TimeJson {
  private TimeJson() {}

  static JsonWriter write(TimeStatement body) {
    return switch (body) {
      case Extend extend -> write(extend);
      case Sync sync ->
          new JsonWriter().objects("seen", sync.seen().stream().map(TimeJson::write).toList());
    };
  }

  /** The fields of an extension. */
  public static JsonWriter write(Extend body) {
    return new JsonWriter().name("phase", body.phase()).number("number", body.number());
  }

  private static JsonWriter write(Seen seen) {
    return new JsonWriter()
        .hex("author", seen.author())
        .hex("instance", seen.instance())
        .number("from", seen.from())
        .number("to", seen.to())
        .hexes("beyond", seen.beyond());
  }

  static Sync sync(JsonReader json) {
    return new Sync(
        json.objects("seen").stream()
            .map(seen ->
                new Seen(
                    seen.hex("author"),
                    seen.hex("instance"),
                    seen.number("from"),
                    seen.number("to"),
                    seen.hexes("beyond")))
            .toList());
  }

  /** The extension with these fields. */
  public static Extend extend(JsonReader json) {
    return new Extend(json.name("phase", ExtendedPhase.class), json.integer("number"));
  }
}
