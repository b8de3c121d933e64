package org.beaconcohort.adapter.nostr.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class FilterTest {
  private static final Bytes ID = Bytes.ofHex("0a".repeat(32));
  private static final Bytes AUTHOR = Bytes.ofHex("0b".repeat(32));
  private static final Bytes OTHER = Bytes.ofHex("0c".repeat(32));
  private static final NostrEvent EVENT =
      new NostrEvent(
          ID,
          AUTHOR,
          1_000,
          4640,
          List.of(List.of("p", "x", "y"), List.of("p", "z"), List.of("d")),
          "",
          Bytes.of(new byte[64]));

  @Test
  void everyConditionMustHold() {
    assertTrue(Filter.ofKinds(4640).matches(EVENT));
    assertTrue(Filter.ofKinds().matches(EVENT));
    assertTrue(Filter.ofKinds(1, 4640).withTag("p", List.of("q", "z")).matches(EVENT));
    assertTrue(Filter.ofKinds(4640).withAuthors(List.of(OTHER, AUTHOR)).matches(EVENT));
    assertTrue(Filter.ofIds(List.of(ID)).matches(EVENT));

    assertFalse(Filter.ofKinds(1).matches(EVENT));
    assertFalse(Filter.ofIds(List.of(OTHER)).matches(EVENT));
    assertFalse(Filter.ofKinds(4640).withAuthors(List.of(OTHER)).matches(EVENT));
    assertFalse(Filter.ofKinds(4640).withTag("p", List.of("y")).matches(EVENT));
    assertFalse(Filter.ofKinds(4640).withTag("d", List.of("")).matches(EVENT));
    assertFalse(
        Filter.ofKinds(4640).withTag("p", List.of("x")).withTag("e", List.of("x")).matches(EVENT));
  }

  @Test
  void sinceAndUntilAreInclusive() {
    assertTrue(Filter.ofKinds().withSince(1_000).withUntil(1_000).matches(EVENT));
    assertFalse(Filter.ofKinds().withSince(1_001).matches(EVENT));
    assertFalse(Filter.ofKinds().withUntil(999).matches(EVENT));
  }

  @Test
  void requestsAreWrittenAsTheProtocolSays() {
    Filter filter =
        Filter.ofKinds(4640, 34640)
            .withAuthors(List.of(AUTHOR))
            .withTag("p", List.of("x\"y", "z"))
            .withTag("d", List.of("c"))
            .withSince(5)
            .withUntil(9)
            .withLimit(7);

    assertEquals(
        "[\"REQ\",\"s1\",{\"authors\":[\""
            + AUTHOR
            + "\"],\"kinds\":[4640,34640],\"#d\":[\"c\"],\"#p\":[\"x\\\"y\",\"z\"],"
            + "\"since\":5,\"until\":9,\"limit\":7},{\"ids\":[\""
            + ID
            + "\"]},{}]",
        ClientFrames.request("s1", List.of(filter, Filter.ofIds(List.of(ID)), Filter.ofKinds())));
    assertEquals("[\"CLOSE\",\"s1\"]", ClientFrames.close("s1"));
  }

  @Test
  void filtersThatMakeNoSenseAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Filter.ofKinds().withTag("pp", List.of("x")));
    assertThrows(IllegalArgumentException.class, () -> Filter.ofKinds().withTag("p", List.of()));
    assertThrows(IllegalArgumentException.class, () -> Filter.ofKinds().withSince(-1));
    assertThrows(IllegalArgumentException.class, () -> Filter.ofKinds().withSince(5).withUntil(4));
    assertThrows(IllegalArgumentException.class, () -> Filter.ofKinds().withLimit(0));
  }
}
