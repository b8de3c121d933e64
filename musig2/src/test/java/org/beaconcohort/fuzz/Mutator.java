package org.beaconcohort.fuzz;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.beaconcohort.musig2.bytes.Bytes;

/** What inputs are made of, and the changes that fit them. */
enum Mutator {
  /** Bytes as characters up to U+00FF. */
  BYTES,
  /** Text in UTF-16, half surrogates included. */
  TEXT,
  /** Text that was JSON. */
  JSON;

  private static final int MOST_CHANGES = 8;
  private static final int MOST_SHOWN = 20_000;

  /** One of {@code seeds} after one change, less often two, seldom up to eight. */
  String mutated(List<String> seeds, RandomGenerator random, int max) {
    StringBuilder input = new StringBuilder(Mutation.pick(seeds, random));
    int changes = 1 + Math.min(MOST_CHANGES - 1, Long.numberOfTrailingZeros(random.nextLong()));
    for (int i = 0; i < changes; i++) {
      Mutation change = Mutation.pick(Mutation.pick(mutations(), random), random);
      change.apply(input, Mutation.pick(seeds, random), random, max);
      input.setLength(Math.min(input.length(), max));
    }
    return input.toString();
  }

  /** The input for a failure message, in a form that loses nothing. */
  String describe(String input) {
    if (this == BYTES) {
      return input.length() + " bytes: " + hex(input, StandardCharsets.ISO_8859_1);
    }
    // Half of a surrogate pair has no UTF-8.
    boolean unicode = StandardCharsets.UTF_8.newEncoder().canEncode(input);
    return input.length()
        + (unicode ? " characters, UTF-8: " : " characters, UTF-16BE: ")
        + hex(input, unicode ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE);
  }

  private static String hex(String input, Charset charset) {
    int shown = Math.min(input.length(), MOST_SHOWN);
    String hex = HexFormat.of().formatHex(input.substring(0, shown).getBytes(charset));
    return shown == input.length() ? hex : hex + "… (the rest by running the case again)";
  }

  static Bytes bytes(String input) {
    return Bytes.of(input.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String text(Bytes input) {
    return new String(input.toArray(), StandardCharsets.ISO_8859_1);
  }

  private List<List<Mutation>> mutations() {
    return switch (this) {
      case BYTES -> List.of(Slices.ALL, ByteMutations.ALL, ByteMutations.ALL);
      case TEXT -> List.of(Slices.ALL, TextMutations.ALL, TextMutations.ALL);
      case JSON -> List.of(Slices.ALL, TextMutations.ALL, JsonMutations.ALL, JsonMutations.ALL);
    };
  }
}
