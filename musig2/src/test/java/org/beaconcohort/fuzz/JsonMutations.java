package org.beaconcohort.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;
import org.beaconcohort.fuzz.JsonSpans.Span;

/** Changes that keep to JSON's structure: other types, keys twice, deep nesting, odd strings. */
final class JsonMutations {
  static final List<Mutation> ALL =
      List.of(
          JsonMutations::otherType,
          JsonMutations::otherType,
          JsonMutations::number,
          JsonMutations::swapValues,
          JsonMutations::copyValue,
          JsonMutations::valueOfDonor,
          JsonMutations::insideString,
          JsonMutations::insideString,
          JsonMutations::longString,
          JsonMutations::nest,
          JsonMutations::dropMember,
          JsonMutations::memberTwice,
          JsonMutations::moveMember,
          JsonMutations::memberOfDonor,
          JsonMutations::unknownMember,
          JsonMutations::repeatElement,
          JsonMutations::space);

  private static final List<String> TYPES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "1.5",
          "\"\"",
          "\"0\"",
          "\"text\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[{}]",
          "{\"\":null}",
          "[\"a\",\"a\"]",
          "{\"id\":{}}",
          "nul",
          "'a'",
          "\"",
          "//c",
          "\"\\u0000\"");

  private static final List<String> WITHIN_STRINGS =
      List.of(
          "\\u0000",
          "\\ud800",
          "\\udc00\\ud800",
          "\\ud83d\\ude00",
          "\ud800",
          "\u0000",
          "\n",
          "\\/",
          "\\u0061",
          "\\u00e9",
          "é",
          "\\x",
          "\\",
          "\\u12",
          "\u2028",
          "\ufeff",
          "#",
          "~0",
          "~1",
          "~",
          "/",
          "%00",
          "😀");

  private static final List<Integer> DEPTHS =
      List.of(1, 2, 6, 7, 8, 9, 31, 32, 33, 63, 64, 65, 200, 2_000, 20_000, 200_000);

  private JsonMutations() {}

  private static void otherType(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    replaceValue(input, Mutation.pick(TYPES, random), random);
  }

  private static void number(StringBuilder input, String donor, RandomGenerator random, int max) {
    replaceValue(input, Mutation.pick(TextMutations.NUMBERS, random), random);
  }

  private static void swapValues(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    List<Span> values = JsonSpans.of(input).values();
    if (values.size() > 1) {
      Span one = Mutation.pick(values, random);
      Span other = Mutation.pick(values, random);
      if (one.to() <= other.from()) {
        String early = one.text(input);
        String late = other.text(input);
        input.replace(other.from(), other.to(), early).replace(one.from(), one.to(), late);
      }
    }
  }

  private static void copyValue(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    List<Span> values = JsonSpans.of(input).values();
    if (!values.isEmpty()) {
      replaceValue(input, Mutation.pick(values, random).text(input), random);
    }
  }

  private static void valueOfDonor(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    List<Span> values = JsonSpans.of(donor).values();
    if (!values.isEmpty()) {
      replaceValue(input, Mutation.pick(values, random).text(donor), random);
    }
  }

  private static void insideString(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    int quote = input.indexOf("\"", random.nextInt(input.length() + 1));
    if (quote >= 0) {
      int at = Math.min(input.length(), quote + 1 + random.nextInt(8));
      int replaced = random.nextInt(2);
      String scrap = Mutation.pick(WITHIN_STRINGS, random);
      input.replace(at, Math.min(input.length(), at + replaced), scrap);
    }
  }

  private static void longString(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    String unit = Mutation.pick(List.of("a", "0", "é", "\\u00e9", "/", "~0", " ", "😀"), random);
    int length = Mutation.length(max, random) / unit.length();
    replaceValue(input, "\"" + unit.repeat(length) + "\"", random);
  }

  private static void nest(StringBuilder input, String donor, RandomGenerator random, int max) {
    int most = Math.max(1, max / 12);
    int depth = Math.min(most, Mutation.pick(DEPTHS, random));
    boolean objects = random.nextBoolean();
    String open = (objects ? "{\"a\":" : "[").repeat(depth);
    boolean closed = random.nextInt(4) > 0;
    List<Span> values = JsonSpans.of(input).values();
    String core = values.isEmpty() ? "0" : Mutation.pick(values, random).text(input);
    replaceValue(input, open + core + (closed ? (objects ? "}" : "]").repeat(depth) : ""), random);
  }

  private static void dropMember(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    List<Span> members = JsonSpans.of(input).members();
    if (!members.isEmpty()) {
      Span member = Mutation.pick(members, random);
      boolean comma = member.to() < input.length() && input.charAt(member.to()) == ',';
      input.delete(member.from(), member.to() + (comma ? 1 : 0));
    }
  }

  private static void memberTwice(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    List<Span> members = JsonSpans.of(input).members();
    if (!members.isEmpty()) {
      Span member = Mutation.pick(members, random);
      input.insert(member.from(), member.text(input) + ",");
    }
  }

  private static void moveMember(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    List<Span> members = JsonSpans.of(input).members();
    if (members.size() > 1) {
      String moved = Mutation.pick(members, random).text(input);
      input.insert(Mutation.pick(members, random).from(), moved + ",");
    }
  }

  private static void memberOfDonor(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    List<Span> own = JsonSpans.of(input).members();
    List<Span> others = JsonSpans.of(donor).members();
    if (!own.isEmpty() && !others.isEmpty()) {
      Span replaced = Mutation.pick(own, random);
      input.replace(replaced.from(), replaced.to(), Mutation.pick(others, random).text(donor));
    }
  }

  private static void unknownMember(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    List<Span> members = JsonSpans.of(input).members();
    if (!members.isEmpty()) {
      String key = "k".repeat(Mutation.length(Math.min(max, 70_000), random));
      String value = Mutation.pick(TYPES, random);
      input.insert(Mutation.pick(members, random).from(), "\"" + key + "\":" + value + ",");
    }
  }

  private static void repeatElement(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    List<Span> values = JsonSpans.of(input).values();
    if (!values.isEmpty() && input.length() < max) {
      Span value = Mutation.pick(values, random);
      String text = value.text(input) + ",";
      int times = Mutation.length(max - input.length(), random) / text.length() + 1;
      input.insert(value.from(), text.repeat(times));
    }
  }

  private static void space(StringBuilder input, String donor, RandomGenerator random, int max) {
    List<Span> values = JsonSpans.of(input).values();
    if (!values.isEmpty()) {
      String space = Mutation.pick(List.of(" ", "\n", "\t", "\r", "\u00a0", "/**/"), random);
      input.insert(Mutation.pick(values, random).from(), space);
    }
  }

  private static void replaceValue(
      StringBuilder input, String replacement, RandomGenerator random) {
    List<Span> values = JsonSpans.of(input).values();
    if (values.isEmpty()) {
      input.append(replacement);
    } else {
      Span value = Mutation.pick(values, random);
      input.replace(value.from(), value.to(), replacement);
    }
  }
}
