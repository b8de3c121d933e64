package org.beaconcohort.cli.bench.musig2;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.beaconcohort.cli.bench.meter.Measured;
import org.beaconcohort.cli.bench.meter.Meter;
import org.beaconcohort.cli.bench.meter.Timed;
import org.beaconcohort.cli.bench.table.Line;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.coordinator.PartialSignatureCollection;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.Scalar;

/** Finding out whose partial signatures are wrong, when a few or more are. */
final class CulpritBench {
  private static final List<Integer> BAD = List.of(1, 5, 50);

  private CulpritBench() {}

  /** Measures it among these signers, on every engine. */
  static void run(Engines engines, SignedCohort cohort, Meter meter, Results results) {
    record Case(String engine, int bad, Timed timed) {}
    List<Case> all = new ArrayList<>();
    for (int bad : BAD.stream().filter(count -> count <= cohort.size()).toList()) {
      List<Integer> culprits = chosen(cohort.size(), bad);
      SignedCohort spoilt = cohort.withPartials(spoilt(cohort.partials(), culprits));
      for (CurveEngine engine : engines.ours()) {
        PartialSignatureCollection received = new OurRound(engine, spoilt).received();
        String name = bad + " culprits on " + engine.name();
        all.add(
            new Case(
                engine.name(), bad, meter.time(name, () -> OurRound.names(culprits, received))));
      }
    }
    meter.run();
    for (Case each : all) {
      Measured measured = each.timed().measured();
      results.add(
          new Line(Section.CULPRITS)
              .count("n", cohort.size())
              .text("engine", each.engine())
              .count("bad", each.bad())
              .number("ms", measured.leastMillis())
              .number("medianMs", measured.medianMillis())
              .bytes("allocatedBytes", measured.allocatedBytes())
              .forMachines("slices", measured.slices()));
    }
  }

  /** Anywhere among the signers, the same ones every time, ascending. */
  private static List<Integer> chosen(int signers, int count) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, signers).boxed().toList());
    Collections.shuffle(all, new Random(count));
    return all.subList(0, count).stream().sorted().toList();
  }

  private static List<Bytes> spoilt(List<Bytes> partials, List<Integer> culprits) {
    List<Bytes> spoilt = new ArrayList<>(partials);
    for (int culprit : culprits) {
      spoilt.set(culprit, Scalar.of(partials.get(culprit)).plus(Scalar.ONE).bytes());
    }
    return spoilt;
  }
}
