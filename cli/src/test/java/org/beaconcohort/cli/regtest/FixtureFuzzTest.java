package org.beaconcohort.cli.regtest;

import java.util.List;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** Answers of the fixture under mutation. */
final class FixtureFuzzTest {
  @Test
  void anAnswerOfTheFixtureIsReadOrRefused() {
    Fixture fixture = new Fixture("http://127.0.0.1:1");
    Fuzz.ofJson("Fixture.parse", List.of("{\"height\":7}"))
        .refusing(CommandFailure.class)
        .upTo(70_000)
        .run(text ->
            fixture.parse(
                text,
                "height",
                json -> JsonFields.integer(json, "height", 0, Integer.MAX_VALUE, "answer")));
  }
}
