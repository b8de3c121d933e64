package org.beaconcohort.cli.bench.musig2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cli.bench.meter.Measured;
import org.beaconcohort.cli.bench.meter.Meter;
import org.beaconcohort.cli.bench.meter.Timed;
import org.beaconcohort.cli.bench.table.Line;
import org.beaconcohort.musig2.engine.CurveEngine;

/** Rounds of one size, ours on every engine and theirs, all in turn. */
final class RoundBench {
  private final int signers;
  private final List<Ours> ours = new ArrayList<>();
  private final Optional<Theirs> theirs;

  private record Ours(
      String engine, Timed cached, Timed whole, Timed keys, Timed lastNonce, Timed lastPartial) {}

  private record Theirs(Timed cached, Timed whole, Timed keys) {}

  private RoundBench(Engines engines, SignedCohort cohort, Meter meter) {
    this.signers = cohort.size();
    this.theirs = engines.theirs().map(library -> theirs(new TheirRound(library, cohort), meter));
    for (CurveEngine engine : engines.ours()) {
      ours.add(ours(engine.name(), new OurRound(engine, cohort), meter));
    }
  }

  /** Measures this cohort's round. */
  static void run(Engines engines, SignedCohort cohort, Meter meter, Results results) {
    RoundBench bench = new RoundBench(engines, cohort, meter);
    meter.run();
    bench.tell(results);
  }

  private static Theirs theirs(TheirRound round, Meter meter) {
    return new Theirs(
        meter.time("their round with cached keys", round::withCachedKeys),
        meter.time("their round", round::withKeyAggregation),
        meter.time("their key aggregation", round::keyAggregation));
  }

  private static Ours ours(String engine, OurRound round, Meter meter) {
    return new Ours(
        engine,
        meter.time("our round with cached keys on " + engine, round::withCachedKeys),
        meter.time("our round on " + engine, round::withKeyAggregation),
        meter.time("our key aggregation on " + engine, round::keyAggregation),
        meter.time("our work after the last nonce on " + engine, round::afterLastNonce),
        meter.time("our work after the last partial on " + engine, round::afterLastPartial));
  }

  private void tell(Results results) {
    theirs.ifPresent(their -> {
      results.add(round(TheirRound.NAME, true, their.whole()).cell("").cell(""));
      results.add(round(TheirRound.NAME, false, their.cached()).cell("").cell(""));
    });
    for (Ours our : ours) {
      results.add(streaming(round(our.engine(), true, our.whole()), our));
      results.add(streaming(round(our.engine(), false, our.cached()), our));
    }
    theirs.ifPresent(their -> results.add(keys(TheirRound.NAME, their.keys())));
    ours.forEach(our -> results.add(keys(our.engine(), our.keys())));
    ours.forEach(our -> compare(results, our));
  }

  private void compare(Results results, Ours our) {
    theirs.ifPresent(their -> {
      results.found(
          Aim.Measure.ROUND_RATIO,
          signers,
          our.engine(),
          our.cached().measured().ratioTo(their.whole().measured()));
      results.found(
          Aim.Measure.KEY_AGGREGATION_RATIO,
          signers,
          our.engine(),
          our.keys().measured().ratioTo(their.keys().measured()));
    });
    results.found(
        Aim.Measure.AFTER_LAST_PARTIAL,
        signers,
        our.engine(),
        our.lastPartial().measured().leastMillis());
  }

  private Line round(String engine, boolean keyAgg, Timed timed) {
    Measured measured = timed.measured();
    Line line =
        new Line(Section.ROUND)
            .count("n", signers)
            .text("engine", engine)
            .yes("keyAgg", keyAgg, "aggregated", "cached")
            .number("roundMs", measured.leastMillis())
            .number("medianMs", measured.medianMillis());
    ratio(line, "ratio", measured, theirs.map(Theirs::whole));
    ratio(line, "ratioWithoutKeyAgg", measured, theirs.map(Theirs::cached));
    return line.bytes("allocatedBytes", measured.allocatedBytes())
        .forMachines("slices", measured.slices());
  }

  private static Line streaming(Line line, Ours our) {
    return line.number("afterLastNonceMs", our.lastNonce().measured().leastMillis())
        .number("afterLastPartialMs", our.lastPartial().measured().leastMillis());
  }

  private Line keys(String engine, Timed timed) {
    Measured measured = timed.measured();
    Line line =
        new Line(Section.KEY_AGGREGATION)
            .count("n", signers)
            .text("engine", engine)
            .number("ms", measured.leastMillis())
            .number("medianMs", measured.medianMillis());
    ratio(line, "ratio", measured, theirs.map(Theirs::keys));
    return line.bytes("allocatedBytes", measured.allocatedBytes())
        .forMachines("slices", measured.slices());
  }

  private static void ratio(Line line, String field, Measured measured, Optional<Timed> to) {
    to.ifPresentOrElse(
        their -> line.number(field, measured.ratioTo(their.measured())), () -> line.cell(""));
  }
}
