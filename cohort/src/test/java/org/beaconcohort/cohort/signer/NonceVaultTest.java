package org.beaconcohort.cohort.signer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.PartialSigAgg;
import org.beaconcohort.musig2.protocol.PartialSignature;
import org.beaconcohort.musig2.protocol.SessionContext;
import org.beaconcohort.musig2.protocol.SessionMismatchException;
import org.beaconcohort.musig2.protocol.SigningSession;
import org.junit.jupiter.api.Test;

final class NonceVaultTest {
  private static final Bytes ROUND = hash("round");
  private static final Bytes MESSAGE = hash("message");
  private static final Bytes T = hash("transcript");
  private static final Bytes OTHER_T = hash("other transcript");

  private final SecureRandom random = new SeededRandom(11);
  private final SecretKey key = SecretKey.generate(random);
  private final SecretKey peerKey = SecretKey.generate(random);
  private final KeyAggContext keys =
      KeyAggContext.of(List.of(key.publicKey(), peerKey.publicKey()));
  private final SigningSession peer =
      SigningSession.start(peerKey, keys, Optional.empty(), Bytes.EMPTY, random);
  private final NonceVault vault = new NonceVault(key, random);

  private static Bytes hash(String text) {
    return TaggedHash.hash(
        "test", Bytes.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private SessionContext session(NonceOffer own) {
    return session(own, MESSAGE);
  }

  private SessionContext session(NonceOffer own, Bytes message) {
    Bytes aggregate = NonceAgg.aggregate(List.of(own.publicNonce(), peer.publicNonce()));
    return SessionContext.of(aggregate, keys, message);
  }

  @Test
  void theSignatureIsOneThatTheOthersCanUse() {
    NonceOffer own = vault.open(ROUND, 1, keys);
    SessionContext session = session(own);

    Bytes partial = vault.sign(ROUND, 1, T, session);

    assertTrue(PartialSignature.verify(session, 0, partial, own.publicNonce()));
    Bytes signature = PartialSigAgg.aggregate(session, List.of(partial, peer.sign(session)));
    assertTrue(Schnorr.verify(keys.xOnlyAggregateKey(), MESSAGE, signature));
  }

  @Test
  void theSameRequestGivesTheSameBytes() {
    SessionContext session = session(vault.open(ROUND, 1, keys));
    Bytes first = vault.sign(ROUND, 1, T, session);

    assertEquals(first, vault.sign(ROUND, 1, T, session));
    assertEquals(first, vault.sign(ROUND, 1, T, session));
  }

  @Test
  void theSameTranscriptWithAnotherSessionGivesTheSameBytesToo() {
    NonceOffer own = vault.open(ROUND, 1, keys);
    Bytes first = vault.sign(ROUND, 1, T, session(own));

    assertEquals(first, vault.sign(ROUND, 1, T, session(own, hash("another message"))));
  }

  @Test
  void anotherTranscriptIsRefusedAfterTheSignature() {
    NonceOffer own = vault.open(ROUND, 1, keys);
    vault.sign(ROUND, 1, T, session(own));

    NonceClaimedException refused =
        assertThrows(
            NonceClaimedException.class,
            () -> vault.sign(ROUND, 1, OTHER_T, session(own, hash("another message"))));
    assertEquals(Code.NONCE_ALREADY_CLAIMED, refused.code());
  }

  @Test
  void aSignatureThatFailsUsesTheNonceUp() {
    NonceOffer own = vault.open(ROUND, 1, keys);
    SessionContext wrong =
        SessionContext.of(
            session(own).aggregateNonce(), keys.withPlainTweak(hash("tweak")), MESSAGE);
    assertThrows(SessionMismatchException.class, () -> vault.sign(ROUND, 1, T, wrong));

    assertThrows(NonceLostException.class, () -> vault.sign(ROUND, 1, T, session(own)));
    assertThrows(NonceClaimedException.class, () -> vault.sign(ROUND, 1, OTHER_T, session(own)));
  }

  @Test
  void anUnknownNumberIsLost() {
    SessionContext session = session(vault.open(ROUND, 1, keys));

    NonceLostException lost =
        assertThrows(NonceLostException.class, () -> vault.sign(ROUND, 2, T, session));
    assertEquals(Code.NONCE_LOST, lost.code());
  }

  @Test
  void anUnknownRoundIsLost() {
    SessionContext session = session(vault.open(ROUND, 1, keys));

    assertThrows(NonceLostException.class, () -> vault.sign(hash("elsewhere"), 1, T, session));
  }

  @Test
  void aNewProcessHasLostEveryNonce() {
    SessionContext session = session(vault.open(ROUND, 1, keys));
    NonceVault restarted = new NonceVault(key, random);

    assertThrows(NonceLostException.class, () -> restarted.sign(ROUND, 1, T, session));
  }

  @Test
  void onlyOneNonceOfARoundIsOpenAtATime() {
    vault.open(ROUND, 1, keys);

    assertThrows(IllegalStateException.class, () -> vault.open(ROUND, 2, keys));
  }

  @Test
  void theNextNonceCanBeOpenedAfterTheClaim() {
    vault.sign(ROUND, 1, T, session(vault.open(ROUND, 1, keys)));
    NonceOffer next = vault.open(ROUND, 2, keys);

    SessionContext session = session(next);
    assertTrue(
        PartialSignature.verify(
            session, 0, vault.sign(ROUND, 2, OTHER_T, session), next.publicNonce()));
  }

  @Test
  void aNumberIsNeverOpenedAgain() {
    vault.sign(ROUND, 1, T, session(vault.open(ROUND, 1, keys)));

    assertThrows(IllegalStateException.class, () -> vault.open(ROUND, 1, keys));
  }

  @Test
  void aNumberBelowOneOpenedBeforeIsRefused() {
    vault.sign(ROUND, 3, T, session(vault.open(ROUND, 3, keys)));

    assertThrows(IllegalStateException.class, () -> vault.open(ROUND, 2, keys));
  }

  @Test
  void roundsDoNotShareTheirNonces() {
    NonceOffer here = vault.open(ROUND, 1, keys);
    NonceOffer there = vault.open(hash("another round"), 1, keys);

    assertNotEquals(here.publicNonce(), there.publicNonce());
    vault.destroyRound(hash("another round"));
    assertEquals(32, vault.sign(ROUND, 1, T, session(here)).size());
  }

  @Test
  void evenAStuckSourceOfRandomnessRepeatsNoNonce() {
    NonceVault stuck = new NonceVault(key, new StuckRandom());
    Set<Bytes> nonces = new java.util.HashSet<>();
    for (int number = 1; number <= 3; number++) {
      for (Bytes round : List.of(ROUND, hash("another round"))) {
        NonceOffer offer = stuck.open(round, number, keys);
        nonces.add(offer.publicNonce());
        stuck.sign(round, number, T, session(offer));
      }
    }
    assertEquals(6, nonces.size());
  }

  @Test
  void theEndOfARoundErasesItsOpenNonce() {
    SessionContext session = session(vault.open(ROUND, 1, keys));
    vault.destroyRound(ROUND);

    assertThrows(NonceLostException.class, () -> vault.sign(ROUND, 1, T, session));
    assertThrows(NonceLostException.class, () -> vault.open(ROUND, 2, keys));
  }

  @Test
  void theEndOfARoundErasesItsSignaturesToo() {
    SessionContext session = session(vault.open(ROUND, 1, keys));
    vault.sign(ROUND, 1, T, session);
    vault.destroyRound(ROUND);

    assertThrows(NonceLostException.class, () -> vault.sign(ROUND, 1, T, session));
    assertThrows(NonceLostException.class, () -> vault.sign(ROUND, 1, OTHER_T, session));
  }

  @Test
  void aRoundThatEndedBeforeItsFirstNonceOpensNone() {
    vault.destroyRound(ROUND);

    assertThrows(NonceLostException.class, () -> vault.open(ROUND, 1, keys));
  }

  @Test
  void aHaltedVaultRefusesEverything() {
    SessionContext open = session(vault.open(ROUND, 1, keys));
    Bytes signedRound = hash("signed round");
    SessionContext signed = session(vault.open(signedRound, 1, keys));
    vault.sign(signedRound, 1, T, signed);
    assertFalse(vault.halted());

    vault.halt();

    assertTrue(vault.halted());
    assertThrows(SignerHaltedException.class, () -> vault.sign(ROUND, 1, T, open));
    assertThrows(SignerHaltedException.class, () -> vault.sign(signedRound, 1, T, signed));
    assertThrows(SignerHaltedException.class, () -> vault.open(ROUND, 2, keys));
    assertThrows(SignerHaltedException.class, () -> vault.provePossession(MESSAGE));
  }

  @Test
  void aClosedVaultHasLostEverything() {
    SessionContext session = session(vault.open(ROUND, 1, keys));
    vault.close();

    assertTrue(key.isDestroyed());
    assertThrows(NonceLostException.class, () -> vault.sign(ROUND, 1, T, session));
    assertThrows(IllegalStateException.class, () -> vault.open(ROUND, 2, keys));
    assertThrows(IllegalStateException.class, () -> vault.provePossession(MESSAGE));
  }

  @Test
  void thePossessionProofVerifiesUnderTheCohortKey() {
    assertTrue(
        Schnorr.verify(vault.publicKey().slice(1, 33), MESSAGE, vault.provePossession(MESSAGE)));
  }

  @Test
  void hashesOfOtherLengthsAreRefused() {
    Bytes shorter = ROUND.slice(0, 31);
    SessionContext session = session(vault.open(ROUND, 1, keys));

    assertThrows(IllegalArgumentException.class, () -> vault.open(shorter, 2, keys));
    assertThrows(IllegalArgumentException.class, () -> vault.sign(ROUND, 1, shorter, session));
    assertThrows(IllegalArgumentException.class, () -> vault.destroyRound(shorter));
    assertThrows(IllegalArgumentException.class, () -> vault.provePossession(shorter));
  }

  private static final Outpoint COIN = new Outpoint(hash("funding"), 0);

  @Test
  void theLeafSignatureVerifiesUnderTheCohortKeyHoweverOftenItIsAsked() {
    for (int i = 0; i < 2; i++) {
      Bytes signature = vault.signLeaf(COIN, T, MESSAGE);
      assertTrue(Schnorr.verify(vault.publicKey().slice(1, 33), MESSAGE, signature));
    }
  }

  @Test
  void anOutpointIsSignedByTheLeafForOneContextAndOneSighash() {
    var unused = vault.signLeaf(COIN, T, MESSAGE);
    Bytes other = hash("another transaction");

    for (List<Bytes> asked : List.of(List.of(T, other), List.of(OTHER_T, MESSAGE))) {
      OutpointLatchedException refused =
          assertThrows(
              OutpointLatchedException.class,
              () -> vault.signLeaf(COIN, asked.get(0), asked.get(1)));
      assertEquals(Code.OUTPOINT_LATCHED, refused.code());
    }
    // Nothing that was refused has moved the latch, and neither has the end of a round.
    vault.destroyRound(ROUND);
    assertThrows(OutpointLatchedException.class, () -> vault.signLeaf(COIN, T, other));
    assertEquals(64, vault.signLeaf(COIN, T, MESSAGE).size());
    assertEquals(64, vault.signLeaf(new Outpoint(COIN.txid(), 1), OTHER_T, other).size());
  }

  @Test
  void aHaltedVaultSignsByNoLeaf() {
    var unused = vault.signLeaf(COIN, T, MESSAGE);
    vault.halt();

    assertThrows(SignerHaltedException.class, () -> vault.signLeaf(COIN, T, MESSAGE));
  }

  @Test
  void theVaultShowsNothingButWhatASignerShows() {
    Set<String> shown =
        Arrays.stream(NonceVault.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toSet());

    assertEquals(
        Set.of(
            "sealed",
            "publicKey",
            "provePossession",
            "open",
            "sign",
            "signLeaf",
            "destroyRound",
            "halt",
            "halted",
            "close",
            "toString"),
        shown);
    assertEquals("NonceVault", vault.toString());
  }

  /** Always the same bytes. */
  private static final class StuckRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 7);
    }
  }
}
