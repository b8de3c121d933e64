package org.beaconcohort.adapter.nostr.wrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PartsTest {
  private static byte[] text(long seed, int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ('a' + (bytes[i] & 15));
    }
    return bytes;
  }

  /** Expected root by Python's hashlib. */
  @Test
  void theHashOfTheWholeIsTheDocumentedTree() {
    byte[] whole =
        ("a".repeat(30_000) + "b".repeat(30_000) + "c").getBytes(StandardCharsets.US_ASCII);
    for (Part part : Parts.cut(whole)) {
      assertEquals(
          "8b701bf689c384734bc94169a5bf70eeb4a61871075fcdce292f0370d7344533", part.whole().hex());
    }
  }

  @Test
  void everyCountOfPartsIsPutTogetherAgain() {
    for (int size : new int[] {30_001, 60_000, 60_001, 90_001, 200_000, Parts.MAX_WHOLE}) {
      Bytes whole = Bytes.of(text(size, size));
      Parts parts = new Parts(4, Parts.MAX_WHOLE);
      List<Part> cut = Parts.cut(whole.toArray());
      List<Optional<Bytes>> results = new ArrayList<>();
      for (Part part : cut) {
        String json = part.toJson();
        assertTrue(json.length() <= OuterEvents.MAX_IN_ONE, "part of " + json.length());
        results.add(parts.add(Part.ofJson(json)));
      }
      assertEquals(Optional.of(whole), results.getLast());
      assertEquals(cut.size() - 1, results.stream().filter(Optional::isEmpty).count());
      assertEquals(0, parts.pendingBytes());
    }
  }

  @Test
  void aPartThatDoesNotBelongIsRefusedAndSpoilsNothing() {
    List<Part> good = Parts.cut(text(1, 100_000));
    List<Part> other = Parts.cut(text(2, 100_000));
    Parts parts = new Parts(4, Parts.MAX_WHOLE);
    parts.add(good.get(0));

    String forged = good.get(1).toJson().replace(base64(good.get(1)), base64(other.get(1)));
    assertThrows(MalformedEventException.class, () -> Part.ofJson(forged));

    parts.add(good.get(1));
    parts.add(good.get(2));
    assertTrue(parts.add(good.get(3)).isPresent());
  }

  private static String base64(Part part) {
    return Base64.getEncoder().encodeToString(part.chunk().toArray());
  }

  @Test
  void tooManyUnfinishedWholesForgetTheOneThatWaitedLongest() {
    Parts parts = new Parts(2, Parts.MAX_WHOLE);
    List<List<Part>> wholes = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      wholes.add(Parts.cut(text(seed, 80_000)));
    }
    parts.add(wholes.get(0).get(0));
    parts.add(wholes.get(1).get(0));
    parts.add(wholes.get(0).get(1));
    parts.add(wholes.get(2).get(0));

    assertEquals(0, parts.have(wholes.get(1).getFirst().whole()));
    assertTrue(parts.add(wholes.get(0).get(2)).isPresent());
    parts.add(wholes.get(1).get(1));
    assertTrue(parts.add(wholes.get(1).get(2)).isEmpty());
    assertTrue(parts.add(wholes.get(1).get(0)).isPresent());
  }

  @Test
  void unfinishedWholesNeverHoldMoreThanTheirBytes() {
    Parts parts = new Parts(1_000, 100_000);
    for (int seed = 0; seed < 50; seed++) {
      parts.add(Parts.cut(text(seed, 60_000)).getFirst());
      assertTrue(parts.pendingBytes() <= 100_000, "seed " + seed);
    }
    assertEquals(90_000, parts.pendingBytes());
  }

  static Stream<Arguments> nasty() {
    byte[] whole = new byte[60_001];
    Arrays.fill(whole, (byte) 'x');
    List<Part> cut = Parts.cut(whole);
    String good = cut.getLast().toJson();
    String root = cut.getLast().whole().hex();
    String first = cut.getFirst().toJson();
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("an empty array", "[]"),
        Arguments.of("an object", "{\"part\":1}"),
        Arguments.of("another name", good.replace("\"part\"", "\"Part\"")),
        Arguments.of("a number for its name", good.replace("\"part\"", "1")),
        Arguments.of("an upper-case hash", good.replace(root, root.toUpperCase(Locale.ROOT))),
        Arguments.of("a short hash", good.replace(root, root.substring(2))),
        Arguments.of("another hash", good.replace(root, "00".repeat(32))),
        Arguments.of("another index", good.replace(",2,3,", ",1,3,")),
        Arguments.of("an index beyond", good.replace(",2,3,", ",3,3,")),
        Arguments.of("a negative index", good.replace(",2,3,", ",-1,3,")),
        Arguments.of("a fraction as index", good.replace(",2,3,", ",2.0,3,")),
        Arguments.of("another count", good.replace(",2,3,", ",2,4,")),
        Arguments.of("a count of one", good.replace(",2,3,", ",0,1,")),
        Arguments.of("a count of none", good.replace(",2,3,", ",0,0,")),
        Arguments.of("a huge count", good.replace(",2,3,", ",2,2000000000,")),
        Arguments.of("a count just too high", good.replace(",2,3,", ",2,141,")),
        Arguments.of("no path", good.replaceAll("\\[\"[0-9a-f]*\"\\]", "[]")),
        Arguments.of("a path too long", good.replace("],\"", ",\"" + root + "\"],\"")),
        Arguments.of(
            "a path of thousands",
            good.replace("],\"", (",\"" + root + "\"").repeat(500) + "],\"")),
        Arguments.of("a path of numbers", good.replace("],\"", ",1],\"")),
        Arguments.of("no base64", good.replace("eA==", "e!==")),
        Arguments.of("base64 without padding", good.replace("eA==", "eA")),
        Arguments.of("base64 with unused bits", good.replace("eA==", "eB==")),
        Arguments.of("an empty last part", good.replace("eA==", "")),
        Arguments.of(
            "a short first part", first.replaceAll("\"[A-Za-z0-9+/]{1000,}\"", "\"eHh4\"")),
        Arguments.of("a seventh element", good.substring(0, good.length() - 1) + ",1]"),
        Arguments.of("an element less", good.replace(",\"eA==\"", "")),
        Arguments.of("text behind it", good + " x"),
        Arguments.of("a second part behind it", good + good),
        Arguments.of("cut off", good.substring(0, good.length() - 1)),
        Arguments.of("deep nesting", "[".repeat(1_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nasty")
  void isRefused(String what, String json) {
    assertThrows(
        MalformedEventException.class,
        () -> Part.ofJson(json),
        () -> "a part with " + what + " was accepted");
  }
}
