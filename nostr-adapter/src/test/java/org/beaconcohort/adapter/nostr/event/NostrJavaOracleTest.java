package org.beaconcohort.adapter.nostr.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import nostr.base.Kind;
import nostr.crypto.nip44.EncryptedPayloads;
import nostr.crypto.schnorr.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/**
 * nostr-java 1.0.0 as a second opinion: its Schnorr agrees with ours; its NIP-44 and its kinds are
 * wrong, which is why main code calls only its Bech32.
 */
final class NostrJavaOracleTest {
  private static final long SEED = 20_261_120L;

  private static byte[] bytes(SplittableRandom random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void publicKeysAndSignaturesAreTheSameAndVerifyBothWays() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 6; i++) {
      String message = "seed " + SEED + ", case " + i;
      byte[] secret = bytes(random, 32);
      byte[] aux = bytes(random, 32);
      SecretKey key = SecretKey.of(secret.clone());
      NostrEvent event =
          new UnsignedEvent(i, 4641, List.of(List.of("t", "x")), message).sign(key, Bytes.of(aux));

      assertArrayEquals(Schnorr.genPubKey(secret), event.pubkey().toArray(), message);
      assertArrayEquals(
          Schnorr.sign(event.id().toArray(), secret, aux), event.sig().toArray(), message);
      assertTrue(
          Schnorr.verify(event.id().toArray(), event.pubkey().toArray(), event.sig().toArray()),
          message);
      byte[] altered = event.sig().toArray();
      altered[40] ^= 1;
      assertFalse(Schnorr.verify(event.id().toArray(), event.pubkey().toArray(), altered), message);
      assertFalse(
          org.beaconcohort.musig2.bip340.Schnorr.verify(
              event.pubkey(), event.id(), Bytes.of(altered)),
          message);
    }
  }

  /** First case of get_conversation_key in the official vectors. */
  @Test
  void itsNip44GivesAnotherConversationKeyThanTheStandard() throws Exception {
    byte[] key =
        EncryptedPayloads.getConversationKey(
            "315e59ff51cb9209768cf7da80791ddcaae56ac9775eb25b6dee1234bc5d2268",
            "02c2f9d9948dc8c7c38321e4b85c8558872eafa0641cd269db76848a6073e69133");

    assertNotEquals(
        "3dfef0ce2a4d80a25e7a328accf73448ef67096f65f79588e358d9a0eb9013f1", Bytes.of(key).hex());
  }

  @Test
  void itsKindTakesAGiftWrapForANote() {
    assertEquals(Kind.TEXT_NOTE, Kind.valueOf(1059));
  }
}
