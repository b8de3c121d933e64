package org.beaconcohort.cohort.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.cohort.simulation.SimChain;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class ChainWorkTest {
  @Test
  void whateverGoesWrongWithLookingForATransactionIsAskedAgain() {
    Effect.LookFor look = new Effect.LookFor(Bytes.of(new byte[32]));
    for (RuntimeException broken :
        List.of(new PortFailure("nonsense", false), new IllegalStateException("a bug"))) {
      SimChain chain = new SimChain(() -> Instant.EPOCH);
      chain.weather(
          new SimChain.Weather() {
            @Override
            public boolean answers() {
              throw broken;
            }
          });
      assertTrue(
          assertThrows(PortFailure.class, () -> ChainWork.seen(chain, look)).temporary(),
          broken.toString());
    }
  }
}
