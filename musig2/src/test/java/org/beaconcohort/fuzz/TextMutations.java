package org.beaconcohort.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Changes to text: characters that readers disagree about, numbers at the ends of ranges. */
final class TextMutations {
  static final List<Mutation> ALL =
      List.of(
          TextMutations::neighbour,
          TextMutations::ownCharacter,
          TextMutations::ownCharacter,
          TextMutations::anyCharacter,
          TextMutations::changeCase,
          TextMutations::insertScrap,
          TextMutations::insertScrap,
          TextMutations::replaceNumber);

  /** NUL, half surrogates, a byte order mark, digits and letters that only look like ASCII. */
  private static final List<String> SCRAPS =
      List.of(
          "\u0000",
          "\n",
          "\r",
          "\t",
          " ",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\ufeff",
          "\ufffe",
          "\uffff",
          "\ud800",
          "\udc00",
          "\udfff\ud800",
          "😀",
          "e\u0301",
          "é",
          "ß",
          "İ",
          "ı",
          "ſ",
          "\u212a",
          "１",
          "٣",
          "ａ",
          "Ａ",
          "\u202e",
          "%",
          "%00",
          "%s",
          "\\",
          "\\u0000",
          "/",
          "//",
          "..",
          "~",
          "~01",
          "~2",
          "+",
          "-",
          "=",
          "==",
          "#",
          "?",
          "@",
          ":",
          ";",
          ",",
          "\"",
          "'",
          "<",
          "[",
          "]",
          "{",
          "}",
          "()",
          "${x}",
          "1",
          "0",
          "l",
          "O",
          "b",
          "i",
          "o");

  static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "00",
          "01",
          "+1",
          "0x1",
          "1.0",
          "1e0",
          "1E400",
          "-1e400",
          "1e-400",
          "1e999999999",
          "-1e-999999999",
          "0.1",
          "1.7976931348623157e308",
          "NaN",
          "Infinity",
          "255",
          "256",
          "65535",
          "65536",
          "2147483647",
          "2147483648",
          "-2147483648",
          "4294967295",
          "4294967296",
          "9007199254740991",
          "9007199254740992",
          "-9007199254740992",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "18446744073709551615",
          "18446744073709551616",
          "253402300799",
          "253402300800",
          "99999999999999999999999999999999999999999999999999999999999999999999");

  private TextMutations() {}

  private static void neighbour(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    if (!input.isEmpty()) {
      int at = random.nextInt(input.length());
      input.setCharAt(at, (char) (input.charAt(at) + (random.nextBoolean() ? 1 : -1)));
    }
  }

  /** A character that occurs elsewhere, so that alphabets are kept to. */
  private static void ownCharacter(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    if (!input.isEmpty()) {
      char own = input.charAt(random.nextInt(input.length()));
      input.setCharAt(random.nextInt(input.length()), own);
    }
  }

  private static void anyCharacter(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    if (!input.isEmpty()) {
      int bound = Mutation.pick(List.of(0x80, 0x80, 0x100, 0x800, 0x10000), random);
      input.setCharAt(random.nextInt(input.length()), (char) random.nextInt(bound));
    }
  }

  private static void changeCase(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    if (!input.isEmpty()) {
      int length = Mutation.length(input.length(), random);
      int from = random.nextInt(input.length() - length + 1);
      for (int at = from; at < from + length; at++) {
        char c = input.charAt(at);
        input.setCharAt(
            at, Character.isLowerCase(c) ? Character.toUpperCase(c) : Character.toLowerCase(c));
      }
    }
  }

  private static void insertScrap(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    int at = random.nextInt(input.length() + 1);
    int replaced = random.nextInt(2);
    input.replace(at, Math.min(input.length(), at + replaced), Mutation.pick(SCRAPS, random));
  }

  private static void replaceNumber(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    int from = random.nextInt(input.length() + 1);
    while (from < input.length() && !isDigit(input.charAt(from))) {
      from++;
    }
    int to = from;
    while (to < input.length() && isDigit(input.charAt(to))) {
      to++;
    }
    input.replace(from, to, Mutation.pick(NUMBERS, random));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
