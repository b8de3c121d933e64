package org.beaconcohort.cohort.message;

import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.message.TimeStatement.ExtendedPhase;

/** Bodies of statements about time. An extension is written so in a journal too. */
public final class TimeJson {
  private TimeJson() {}

  static JsonWriter write(TimeStatement body) {
    return switch (body) {
      case Extend extend -> write(extend);
    };
  }

  /** The fields of an extension. */
  public static JsonWriter write(Extend body) {
    return new JsonWriter().name("phase", body.phase()).number("number", body.number());
  }

  /** The extension with these fields. */
  public static Extend extend(JsonReader json) {
    return new Extend(json.name("phase", ExtendedPhase.class), json.integer("number"));
  }
}
