package org.beaconcohort.cohort.signer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.PartialSignature;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.beaconcohort.musig2.protocol.SigningSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two threads at one vault, a thousand times: never two answers with one nonce. */
final class NonceVaultRaceTest {
  private static final int RACES = 1_000;
  private static final Bytes T = hash("transcript");
  private static final Bytes OTHER_T = hash("other transcript");

  private final SecureRandom random = new SeededRandom(12);
  private final SecretKey key = SecretKey.generate(random);
  private final SecretKey peerKey = SecretKey.generate(random);
  private final KeyAggContext keys =
      KeyAggContext.of(List.of(key.publicKey(), peerKey.publicKey()));
  private final Bytes peerNonce =
      SigningSession.start(peerKey, keys, Optional.empty(), Bytes.EMPTY, random).publicNonce();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final CyclicBarrier start = new CyclicBarrier(2);

  @AfterEach
  void stop() {
    threads.close();
  }

  private static Bytes hash(String text) {
    return TaggedHash.hash("test", Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  private SessionContext session(NonceOffer own, String message) {
    Bytes aggregate = NonceAgg.aggregate(List.of(own.publicNonce(), peerNonce));
    return SessionContext.of(aggregate, keys, hash(message));
  }

  /** What both gave: a value, or the exception it threw. */
  private List<Object> race(Callable<?> first, Callable<?> second) throws Exception {
    Future<Object> one = threads.submit(() -> resultOf(first));
    Future<Object> two = threads.submit(() -> resultOf(second));
    return List.of(one.get(), two.get());
  }

  private Object resultOf(Callable<?> action) throws Exception {
    start.await();
    try {
      return action.call();
    } catch (RuntimeException refused) {
      return refused;
    }
  }

  @Test
  void ofTwoTranscriptsAtOnceOneIsSigned() throws Exception {
    NonceVault vault = new NonceVault(key, random);
    for (int i = 0; i < RACES; i++) {
      Bytes round = hash("race " + i);
      NonceOffer own = vault.open(round, 1, keys);
      SessionContext one = session(own, "one");
      SessionContext two = session(own, "two");
      List<Object> results =
          race(() -> vault.sign(round, 1, T, one), () -> vault.sign(round, 1, OTHER_T, two));

      boolean firstWon = results.get(0) instanceof Bytes;
      Bytes partial = assertInstanceOf(Bytes.class, results.get(firstWon ? 0 : 1), "race " + i);
      assertInstanceOf(NonceClaimedException.class, results.get(firstWon ? 1 : 0), "race " + i);
      assertTrue(
          PartialSignature.verify(firstWon ? one : two, 0, partial, own.publicNonce()),
          "race " + i);
      vault.destroyRound(round);
    }
  }

  @Test
  void ofTwoSighashesOfOneLeafAtOnceOneIsSigned() throws Exception {
    NonceVault vault = new NonceVault(key, random);
    for (int i = 0; i < RACES; i++) {
      Outpoint coin = new Outpoint(hash("race " + i), 0);
      List<Object> results =
          race(
              () -> vault.signLeaf(coin, T, hash("one")),
              () -> vault.signLeaf(coin, T, hash("two")));

      boolean firstWon = results.get(0) instanceof Bytes;
      assertInstanceOf(Bytes.class, results.get(firstWon ? 0 : 1), "race " + i);
      assertInstanceOf(OutpointLatchedException.class, results.get(firstWon ? 1 : 0), "race " + i);
    }
  }

  @Test
  void oneTranscriptTwiceAtOnceIsOneSignature() throws Exception {
    NonceVault vault = new NonceVault(key, random);
    for (int i = 0; i < RACES; i++) {
      Bytes round = hash("race " + i);
      SessionContext session = session(vault.open(round, 1, keys), "one");
      List<Object> results =
          race(() -> vault.sign(round, 1, T, session), () -> vault.sign(round, 1, T, session));

      assertInstanceOf(Bytes.class, results.get(0), "race " + i);
      assertEquals(results.get(0), results.get(1), "race " + i);
      vault.destroyRound(round);
    }
  }

  @Test
  void anEndedRoundHasSignedOrNeverWill() throws Exception {
    NonceVault vault = new NonceVault(key, random);
    for (int i = 0; i < RACES; i++) {
      Bytes round = hash("race " + i);
      NonceOffer own = vault.open(round, 1, keys);
      SessionContext session = session(own, "one");
      List<Object> results =
          race(
              () -> vault.sign(round, 1, T, session),
              () -> {
                vault.destroyRound(round);
                return "over";
              });

      assertSignedOrLost(results, NonceLostException.class, session, own);
      assertThrows(NonceLostException.class, () -> vault.sign(round, 1, T, session));
    }
  }

  @Test
  void aHaltedVaultHasSignedOrNeverWill() throws Exception {
    for (int i = 0; i < RACES; i++) {
      NonceVault vault = new NonceVault(key, random);
      Bytes round = hash("race " + i);
      NonceOffer own = vault.open(round, 1, keys);
      SessionContext session = session(own, "one");
      List<Object> results =
          race(
              () -> vault.sign(round, 1, T, session),
              () -> {
                vault.halt();
                return "over";
              });

      assertSignedOrLost(results, SignerHaltedException.class, session, own);
      assertThrows(SignerHaltedException.class, () -> vault.sign(round, 1, T, session));
    }
  }

  private static void assertSignedOrLost(
      List<Object> results,
      Class<? extends RuntimeException> refusal,
      SessionContext session,
      NonceOffer own) {
    assertEquals("over", results.get(1));
    if (results.get(0) instanceof Bytes partial) {
      assertTrue(PartialSignature.verify(session, 0, partial, own.publicNonce()));
    } else {
      assertInstanceOf(refusal, results.get(0));
    }
  }
}
