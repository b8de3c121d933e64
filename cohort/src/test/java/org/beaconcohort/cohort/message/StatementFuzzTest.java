package org.beaconcohort.cohort.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.fuzz.Fuzz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements of every kind under mutation. */
final class StatementFuzzTest {
  @ParameterizedTest
  @EnumSource(StatementKind.class)
  void aTextIsTheOneContentOfItsStatementOrRefused(StatementKind kind) {
    RandomStatements random = new RandomStatements(new SplittableRandom(64));
    List<String> seeds =
        Stream.generate(() -> StatementCodec.encode(random.header(), random.body(kind)))
            .limit(6)
            .toList();
    Fuzz.ofJson("StatementCodec.decode " + kind, seeds)
        .refusing(MalformedStatementException.class)
        .upTo(50_000)
        .run(text -> {
          StatementCodec.Decoded decoded = StatementCodec.decode(kind, text, SimNotary::read);
          assertEquals(text, StatementCodec.encode(decoded.header(), decoded.body()));
        });
  }
}
