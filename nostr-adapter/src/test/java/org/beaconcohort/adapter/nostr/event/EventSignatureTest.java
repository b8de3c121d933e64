package org.beaconcohort.adapter.nostr.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

final class EventSignatureTest {
  private static final Bytes AUX = Bytes.of(new byte[32]);

  private static SecretKey key(int number) {
    byte[] secret = new byte[32];
    secret[31] = (byte) number;
    return SecretKey.of(secret);
  }

  private final NostrEvent signed =
      new UnsignedEvent(1_700_000_000L, 4641, List.of(List.of("p", "x")), "hello")
          .sign(key(3), AUX);

  @Test
  void aSignedEventVerifies() {
    assertEquals(key(3).xOnlyPublicKey(), signed.pubkey());
    assertTrue(signed.verify());
    assertTrue(NostrEvent.ofJson(signed.toJson(), EventLimits.DEFAULT).verify());
  }

  @Test
  void aChangedFieldDoesNotVerify() {
    NostrEvent s = signed;
    List<NostrEvent> altered =
        List.of(
            new NostrEvent(s.id(), s.pubkey(), s.createdAt(), s.kind(), s.tags(), "hellO", s.sig()),
            new NostrEvent(s.id(), s.pubkey(), s.createdAt(), 4642, s.tags(), "hello", s.sig()),
            new NostrEvent(s.id(), s.pubkey(), 1, s.kind(), s.tags(), "hello", s.sig()),
            new NostrEvent(
                s.id(), s.pubkey(), s.createdAt(), s.kind(), List.of(), "hello", s.sig()),
            new NostrEvent(
                s.id(),
                key(4).xOnlyPublicKey(),
                s.createdAt(),
                s.kind(),
                s.tags(),
                "hello",
                s.sig()));
    for (NostrEvent event : altered) {
      assertFalse(event.verify(), event.toString());
    }
  }

  @Test
  void aForgedIdWithTheRightSignatureOverItDoesNotVerify() {
    NostrEvent other = new UnsignedEvent(1, 1, List.of(), "other").sign(key(3), AUX);
    NostrEvent forged =
        new NostrEvent(
            other.id(),
            signed.pubkey(),
            signed.createdAt(),
            signed.kind(),
            signed.tags(),
            signed.content(),
            other.sig());

    assertFalse(forged.hasRightId());
    assertFalse(forged.verify());
  }

  @Test
  void aRightIdWithAnotherSignatureDoesNotVerify() {
    NostrEvent forged =
        new NostrEvent(
            signed.id(),
            signed.pubkey(),
            signed.createdAt(),
            signed.kind(),
            signed.tags(),
            signed.content(),
            Bytes.of(new byte[64]));

    assertTrue(forged.hasRightId());
    assertFalse(forged.verify());
  }

  @Test
  void tagValuesAreFoundByName() {
    NostrEvent event =
        new UnsignedEvent(
                1, 1, List.of(List.of("e"), List.of("p", "a", "b"), List.of("p", "c")), "")
            .sign(key(3), AUX);

    assertEquals("a", event.tagValue("p").orElseThrow());
    assertEquals(List.of("a", "c"), event.tagValues("p"));
    assertTrue(event.tagValue("e").isEmpty());
    assertTrue(event.tagValue("q").isEmpty());
  }
}
