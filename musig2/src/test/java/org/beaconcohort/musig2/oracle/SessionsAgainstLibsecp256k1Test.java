package org.beaconcohort.musig2.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.acinq.secp256k1.Secp256k1;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.protocol.DeterministicSign;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.KeySort;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.PartialSigAgg;
import org.beaconcohort.musig2.protocol.PartialSignature;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.beaconcohort.musig2.protocol.SigningSession;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.beaconcohort.musig2.taproot.TaprootTweak;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionsAgainstLibsecp256k1Test {
  private static final int SESSIONS = 12;

  private final Secp256k1 library = Libsecp256k1.orSkip();

  /** How the aggregate key is tweaked. */
  private enum Tweaks {
    NONE,
    KEY_PATH_ONLY,
    WITH_MERKLE_ROOT,
    PLAIN_AND_X_ONLY
  }

  @ParameterizedTest(name = "{0} signers")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyStepGivesTheSameBytes(int signers) {
    for (Tweaks tweaks : Tweaks.values()) {
      for (int i = 0; i < SESSIONS; i++) {
        SeededRandom random = new SeededRandom(1000L * signers + i);
        try {
          new Round(random, signers, tweaks).run();
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(random + ", tweaks " + tweaks + ": " + e.getMessage(), e);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void aDeterministicSignerCompletesTheirSession(int signers) {
    for (int i = 0; i < SESSIONS; i++) {
      SeededRandom random = new SeededRandom(90_000L + 100L * signers + i);
      Round round = new Round(random, signers, Tweaks.KEY_PATH_ONLY);
      round.runWithDeterministicLastSigner();
    }
  }

  /** One signature by everybody, made twice: by the library and by us. */
  private final class Round {
    private final SeededRandom random;
    private final List<Bytes> secrets = new ArrayList<>();
    private final List<Bytes> keys = new ArrayList<>();
    private final Bytes message;
    private final TheirCohort theirs;
    private KeyAggContext ours;

    Round(SeededRandom random, int signers, Tweaks tweaks) {
      this.random = random;
      this.message = random.bytes(32);
      for (int i = 0; i < signers; i++) {
        // Now and then somebody has two seats.
        Bytes secret = i > 0 && random.below(8) == 0 ? secrets.getFirst() : random.bytes(32);
        secrets.add(secret);
      }
      if (random.below(2) == 0) {
        secrets.sort((a, b) -> publicKey(a).compareTo(publicKey(b)));
        secrets.forEach(secret -> keys.add(publicKey(secret)));
        assertEquals(keys, KeySort.sort(keys));
      } else {
        secrets.forEach(secret -> keys.add(publicKey(secret)));
      }
      this.theirs = new TheirCohort(library, keys);
      this.ours = KeyAggContext.of(keys);
      assertEquals(theirs.xOnlyAggregateKey(), ours.xOnlyAggregateKey());
      tweak(tweaks);
      assertEquals(theirs.xOnlyAggregateKey(), ours.xOnlyAggregateKey());
    }

    private void tweak(Tweaks tweaks) {
      switch (tweaks) {
        case NONE -> {}
        case KEY_PATH_ONLY -> tweakForTaproot(Optional.empty());
        case WITH_MERKLE_ROOT -> tweakForTaproot(Optional.of(random.bytes(32)));
        case PLAIN_AND_X_ONLY -> {
          for (int i = 0; i < 3; i++) {
            boolean xOnly = random.below(2) == 0;
            Bytes tweak = random.bytes(32);
            theirs.tweak(tweak, xOnly);
            ours = xOnly ? ours.withXOnlyTweak(tweak) : ours.withPlainTweak(tweak);
          }
        }
      }
    }

    private void tweakForTaproot(Optional<Bytes> root) {
      theirs.tweak(TaprootTweak.tweak(theirs.xOnlyAggregateKey(), root), true);
      ours = TaprootTweak.apply(ours, root);
    }

    void run() {
      List<Bytes> theirNonces = new ArrayList<>();
      List<SigningSession> ourSessions = new ArrayList<>();
      List<Bytes> nonces = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        long seed = random.nextLong();
        Bytes extra = random.bytes(32);
        Bytes drawn = new SeededRandom(seed).bytes(32);
        theirNonces.add(theirs.nonce(drawn, secrets.get(i), keys.get(i), message, extra));
        ourSessions.add(
            SigningSession.start(
                key(i), ours, Optional.of(message), extra, new SeededRandom(seed)));
        nonces.add(ourSessions.getLast().publicNonce());
        assertEquals(publicPart(theirNonces.getLast()), nonces.getLast(), "nonce");
      }
      Bytes aggregateNonce = NonceAgg.aggregate(nonces);
      assertEquals(theirs.aggregateNonces(nonces), aggregateNonce, "aggregate nonce");
      Bytes theirSession = theirs.session(aggregateNonce, message);
      SessionContext session = SessionContext.of(aggregateNonce, ours, message);
      List<Bytes> partials = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        Bytes partial = ourSessions.get(i).sign(session);
        assertEquals(
            theirs.sign(theirNonces.get(i), secrets.get(i), theirSession), partial, "partial");
        assertTrue(verifiesOnBothSides(session, theirSession, i, partial, nonces.get(i)));
        Bytes wrong = Scalar.of(partial).plus(Scalar.ONE).bytes();
        assertFalse(verifiesOnBothSides(session, theirSession, i, wrong, nonces.get(i)));
        partials.add(partial);
      }
      assertSameSignature(theirSession, session, partials);
    }

    void runWithDeterministicLastSigner() {
      int last = keys.size() - 1;
      List<Bytes> theirNonces = new ArrayList<>();
      for (int i = 0; i < last; i++) {
        theirNonces.add(
            theirs.nonce(random.bytes(32), secrets.get(i), keys.get(i), message, random.bytes(32)));
      }
      List<Bytes> nonces = new ArrayList<>();
      theirNonces.forEach(nonce -> nonces.add(publicPart(nonce)));
      DeterministicSign.Result result =
          DeterministicSign.sign(key(last), NonceAgg.aggregate(nonces), ours, message);
      nonces.add(result.publicNonce());
      Bytes aggregateNonce = theirs.aggregateNonces(nonces);
      Bytes theirSession = theirs.session(aggregateNonce, message);
      List<Bytes> partials = new ArrayList<>();
      for (int i = 0; i < last; i++) {
        partials.add(theirs.sign(theirNonces.get(i), secrets.get(i), theirSession));
      }
      partials.add(result.partialSignature());
      SessionContext session = SessionContext.of(aggregateNonce, ours, message);
      assertSameSignature(theirSession, session, partials);
    }

    /** Fails if the two disagree. */
    private boolean verifiesOnBothSides(
        SessionContext session, Bytes theirSession, int signer, Bytes partial, Bytes nonce) {
      boolean verifies = PartialSignature.verify(session, signer, partial, nonce);
      assertEquals(theirs.verifies(partial, nonce, keys.get(signer), theirSession), verifies);
      return verifies;
    }

    private void assertSameSignature(
        Bytes theirSession, SessionContext session, List<Bytes> partials) {
      Bytes signature = PartialSigAgg.aggregate(session, partials);
      Bytes key = ours.xOnlyAggregateKey();
      assertEquals(theirs.aggregate(theirSession, partials), signature, "signature");
      assertTrue(Schnorr.verify(key, message, signature), "our verdict");
      assertTrue(
          library.verifySchnorr(signature.toArray(), message.toArray(), key.toArray()),
          "their verdict");
    }

    private SecretKey key(int signer) {
      return SecretKey.of(secrets.get(signer).toArray());
    }

    private static Bytes publicKey(Bytes secret) {
      return SecretKey.of(secret.toArray()).publicKey();
    }

    private static Bytes publicPart(Bytes theirNonce) {
      return theirNonce.slice(theirNonce.size() - 66, theirNonce.size());
    }
  }
}
