package org.beaconcohort.cohort.message;

import java.util.List;
import java.util.function.Function;
import org.beaconcohort.cohort.json.JsonReader;
import org.beaconcohort.cohort.json.JsonWriter;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.message.SuccessionStatement.SweepRequest;

/** Bodies about the next cohort. Statements within are complete events, byte for byte. */
final class SuccessionJson {
  private SuccessionJson() {}

  static JsonWriter write(SuccessionStatement body) {
    return switch (body) {
      case Succession succession ->
          new JsonWriter()
              .text("proposal", succession.proposal().event())
              .texts("optIns", events(succession.optIns()))
              .texts("acks", events(succession.acks()));
      case SweepRequest request ->
          new JsonWriter().number("number", request.number()).hex("successor", request.successor());
    };
  }

  private static List<String> events(List<SignedStatement> statements) {
    return statements.stream().map(SignedStatement::event).toList();
  }

  static Succession succession(JsonReader json, Function<String, SignedStatement> reader) {
    SignedStatement proposal = reader.apply(json.text("proposal"));
    if (!(proposal.body() instanceof KeysetProposal proposed)) {
      throw new MalformedJsonException(
          "proposal of a succession must be one, got " + proposal.body().kind());
    }
    return new Succession(
        reader.apply(proposed.announcementEvent()),
        proposal,
        json.texts("optIns").stream().map(reader).toList(),
        json.texts("acks").stream().map(reader).toList());
  }

  static SweepRequest sweepRequest(JsonReader json) {
    return new SweepRequest(json.integer("number"), json.hex("successor"));
  }
}
