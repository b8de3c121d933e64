package org.beaconcohort.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Changes that know nothing of what the input means: slices go, come, move, repeat. */
final class Slices {
  static final List<Mutation> ALL =
      List.of(
          Slices::delete,
          Slices::duplicate,
          Slices::swap,
          Slices::copyOver,
          Slices::insertFromDonor,
          Slices::splice,
          Slices::truncate,
          Slices::extend,
          Slices::repeat);

  private Slices() {}

  private static void delete(StringBuilder input, String donor, RandomGenerator random, int max) {
    Slice slice = Slice.of(input, random);
    input.delete(slice.from, slice.to);
  }

  private static void duplicate(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    Slice slice = Slice.of(input, random);
    input.insert(slice.from, slice.text(input));
  }

  private static void swap(StringBuilder input, String donor, RandomGenerator random, int max) {
    Slice one = Slice.of(input, random);
    Slice other = Slice.of(input, random);
    Slice first = one.from <= other.from ? one : other;
    Slice second = one.from <= other.from ? other : one;
    if (first.to <= second.from) {
      String early = first.text(input);
      String late = second.text(input);
      input.replace(second.from, second.to, early).replace(first.from, first.to, late);
    }
  }

  private static void copyOver(StringBuilder input, String donor, RandomGenerator random, int max) {
    String copied = Slice.of(input, random).text(input);
    int at = random.nextInt(input.length() + 1);
    input.replace(at, Math.min(input.length(), at + copied.length()), copied);
  }

  private static void insertFromDonor(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    StringBuilder from = new StringBuilder(donor);
    String text = Slice.of(from, random).text(from);
    input.insert(random.nextInt(input.length() + 1), text);
  }

  private static void splice(StringBuilder input, String donor, RandomGenerator random, int max) {
    int at = random.nextInt(Math.min(input.length(), donor.length()) + 1);
    // Half of the time at the same place, so that fields of fixed width stay aligned.
    int from = random.nextBoolean() ? at : random.nextInt(donor.length() + 1);
    input.replace(at, input.length(), donor.substring(from));
  }

  private static void truncate(StringBuilder input, String donor, RandomGenerator random, int max) {
    if (!input.isEmpty()) {
      int cut = Mutation.length(input.length(), random);
      input.setLength(input.length() - cut);
    }
  }

  private static void extend(StringBuilder input, String donor, RandomGenerator random, int max) {
    char filler = input.isEmpty() ? 0 : input.charAt(random.nextInt(input.length()));
    input.repeat(random.nextBoolean() ? 0 : filler, Mutation.length(64, random));
  }

  /** Grows the input towards the limits, which only rarely costs anything. */
  private static void repeat(StringBuilder input, String donor, RandomGenerator random, int max) {
    if (input.isEmpty() || input.length() >= max || random.nextInt(4) > 0) {
      return;
    }
    Slice slice = Slice.of(input, random);
    String text = slice.text(input);
    int wanted = Mutation.length(max - input.length(), random);
    input.insert(slice.to, text.repeat(wanted / text.length() + 1));
  }

  private record Slice(int from, int to) {
    static Slice of(StringBuilder input, RandomGenerator random) {
      if (input.isEmpty()) {
        return new Slice(0, 0);
      }
      int length = Mutation.length(input.length(), random);
      int from = random.nextInt(input.length() - length + 1);
      return new Slice(from, from + length);
    }

    String text(StringBuilder input) {
      return input.substring(from, to);
    }
  }
}
