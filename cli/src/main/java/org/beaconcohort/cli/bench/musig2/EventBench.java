package org.beaconcohort.cli.bench.musig2;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.UnsignedEvent;
import org.beaconcohort.cli.bench.meter.Measured;
import org.beaconcohort.cli.bench.meter.Meter;
import org.beaconcohort.cli.bench.meter.Timed;
import org.beaconcohort.cli.bench.table.Line;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.CurveEngine;

/** Verifying what relays bring: events of many authors, each by itself. */
final class EventBench {
  /** So many that no two in a row look alike to the processor. */
  private static final int EVENTS = 16;

  private static final int CONTENT_CHARACTERS = 1024;
  private static final long CREATED_AT = 1_767_225_600;
  private static final int KIND = 4640;

  private EventBench() {}

  /** Measures it on every engine. */
  static void run(Engines engines, SecureRandom random, Meter meter, Results results) {
    List<NostrEvent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(signed(random));
    }
    record Both(String engine, Timed whole, Timed signature) {}
    List<Both> all = new ArrayList<>();
    for (CurveEngine engine : engines.ours()) {
      all.add(
          new Both(
              engine.name(),
              meter.time(
                  "events on " + engine.name(),
                  () -> events.stream().allMatch(event -> event.verify(engine)),
                  EVENTS),
              meter.time(
                  "signatures on " + engine.name(),
                  () -> events.stream().allMatch(event -> isSigned(engine, event)),
                  EVENTS)));
    }
    meter.run();
    for (Both each : all) {
      Measured whole = each.whole().measured();
      Measured signature = each.signature().measured();
      results.add(
          new Line(Section.EVENT_VERIFICATION)
              .text("engine", each.engine())
              .number("perSecond", whole.perSecond())
              .number("micros", whole.leastMillis() * 1000)
              .bytes("allocatedBytes", whole.allocatedBytes())
              .number("signaturesPerSecond", signature.perSecond())
              .number("signatureMicros", signature.leastMillis() * 1000)
              .bytes("signatureAllocatedBytes", signature.allocatedBytes())
              .forMachines("slices", whole.slices()));
      results.found(Aim.Measure.EVENTS_PER_SECOND, 0, each.engine(), whole.perSecond());
    }
  }

  private static boolean isSigned(CurveEngine engine, NostrEvent event) {
    return Schnorr.verify(engine, event.pubkey(), event.id(), event.sig());
  }

  private static NostrEvent signed(SecureRandom random) {
    byte[] content = new byte[CONTENT_CHARACTERS / 2];
    random.nextBytes(content);
    byte[] receiver = new byte[32];
    random.nextBytes(receiver);
    return new UnsignedEvent(
            CREATED_AT,
            KIND,
            List.of(List.of("p", Bytes.of(receiver).hex())),
            Bytes.of(content).hex())
        .sign(SecretKey.generate(random), Bytes.of(receiver));
  }
}
