package org.beaconcohort.musig2.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.beaconcohort.musig2.curve.NonceAlreadyUsedException;
import org.junit.jupiter.api.Test;

final class SigningRaceTest {
  private static final int ROUNDS = 50;
  private static final int THREADS = 2;

  @Test
  void ofTwoSimultaneousSignersOneWins() throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int round = 0; round < ROUNDS; round++) {
        TestCohort cohort = new TestCohort(100 + round, 2);
        SigningSession contested = cohort.sessions.getFirst();
        // Different sessions, as an attacker would have it: two answers would be two equations.
        List<SessionContext> sessions =
            List.of(cohort.session(), cohort.sessionWithNonce(contested.publicNonce()));
        List<Future<?>> signers = new ArrayList<>();
        for (SessionContext session : sessions) {
          signers.add(
              threads.submit(() -> {
                start.await();
                return contested.sign(session);
              }));
        }
        assertEquals(1, signed(signers), "signatures in round " + round);
      }
    }
  }

  private static int signed(List<Future<?>> signers) throws InterruptedException {
    int signed = 0;
    for (Future<?> signer : signers) {
      try {
        signer.get();
        signed++;
      } catch (ExecutionException e) {
        assertInstanceOf(NonceAlreadyUsedException.class, e.getCause());
      }
    }
    return signed;
  }
}
