package org.beaconcohort.musig2.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten thousand signers: nobody has so many, and nobody gets to stop a process by saying so. */
@Tag("names-its-engines")
final class ManyKeysTest {
  private static final int MANY = 10_000;
  private static final double SECONDS = 10;
  private static final double GIGABYTES = 2;

  private static final List<Bytes> KEYS = keys();

  /** P, P + G, P + 2·G… */
  private static List<Bytes> keys() {
    CurveEngine engine = CurveEngines.get();
    CurvePoint point = engine.decode(new SeededRandom(60).key().publicKey());
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      keys.add(point.compressed());
      point = engine.sum(List.of(point, engine.generator()));
    }
    return keys;
  }

  @ParameterizedTest
  @MethodSource("org.beaconcohort.musig2.engine.TestEngines#named")
  void theyAreAggregatedInReasonableTimeAndMemory(CurveEngine engine) {
    com.sun.management.ThreadMXBean meter =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long timeBefore = meter.getCurrentThreadCpuTime();
    long bytesBefore = meter.getCurrentThreadAllocatedBytes();

    KeyAggContext context = KeyAggContext.of(engine, KEYS);
    List<Bytes> nonces = KEYS.stream().map(key -> Bytes.concat(key, key)).toList();
    SessionContext session =
        SessionContext.of(NonceAgg.aggregate(engine, nonces), context, Bytes.EMPTY);
    List<Bytes> partials = Collections.nCopies(MANY, Bytes.of(new byte[32]));
    assertEquals(64, PartialSigAgg.aggregate(session, partials).size());
    assertFalse(PartialSignature.verify(session, MANY - 1, partials.getFirst(), nonces.getLast()));

    double seconds = (meter.getCurrentThreadCpuTime() - timeBefore) / 1e9;
    double gigabytes = (meter.getCurrentThreadAllocatedBytes() - bytesBefore) / 1e9;
    String used = String.format(Locale.ROOT, "%.2f s, %.2f GB allocated", seconds, gigabytes);
    System.out.println(
        "Aggregating " + MANY + " keys and nonces on " + engine.name() + ": " + used);
    assertTrue(seconds < SECONDS && gigabytes < GIGABYTES, used);
  }
}
