package org.beaconcohort.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Changes to bytes: bits, boundary values, and the integers that lengths are written in. */
final class ByteMutations {
  static final List<Mutation> ALL =
      List.of(
          ByteMutations::flipBit,
          ByteMutations::flipBit,
          ByteMutations::anyByte,
          ByteMutations::boundaryByte,
          ByteMutations::boundaryByte,
          ByteMutations::nearby,
          ByteMutations::boundaryInteger,
          ByteMutations::boundaryInteger,
          ByteMutations::fill);

  /** Ends of ranges, and what opens a longer number in Bitcoin's serialization. */
  private static final List<Integer> BOUNDARIES =
      List.of(0x00, 0x01, 0x02, 0x03, 0x7f, 0x80, 0xfc, 0xfd, 0xfe, 0xff);

  private static final List<Long> INTEGERS =
      List.of(
          0L,
          1L,
          -1L,
          0x7fL,
          0xffL,
          0x7fffL,
          0xffffL,
          0x7fff_ffffL,
          0x8000_0000L,
          0xffff_fffeL,
          0xffff_ffffL,
          1L << 32,
          Long.MAX_VALUE,
          Long.MIN_VALUE);

  private ByteMutations() {}

  private static void flipBit(StringBuilder input, String donor, RandomGenerator random, int max) {
    if (!input.isEmpty()) {
      int at = random.nextInt(input.length());
      input.setCharAt(at, (char) (input.charAt(at) ^ (1 << random.nextInt(8))));
    }
  }

  private static void anyByte(StringBuilder input, String donor, RandomGenerator random, int max) {
    put(input, random.nextInt(256), random);
  }

  private static void boundaryByte(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    put(input, Mutation.pick(BOUNDARIES, random), random);
  }

  private static void nearby(StringBuilder input, String donor, RandomGenerator random, int max) {
    if (!input.isEmpty()) {
      int at = random.nextInt(input.length());
      input.setCharAt(at, (char) ((input.charAt(at) + random.nextInt(-8, 9)) & 0xff));
    }
  }

  private static void boundaryInteger(
      StringBuilder input, String donor, RandomGenerator random, int max) {
    long value = Mutation.pick(INTEGERS, random);
    int size = Mutation.pick(List.of(2, 4, 8), random);
    boolean little = random.nextBoolean();
    StringBuilder bytes = new StringBuilder(size);
    for (int i = 0; i < size; i++) {
      bytes.append((char) ((value >>> (8 * (little ? i : size - 1 - i))) & 0xff));
    }
    int at = random.nextInt(input.length() + 1);
    int replaced = random.nextInt(4) == 0 ? 0 : size;
    input.replace(at, Math.min(input.length(), at + replaced), bytes.toString());
  }

  private static void fill(StringBuilder input, String donor, RandomGenerator random, int max) {
    if (!input.isEmpty()) {
      int length = Mutation.length(input.length(), random);
      int from = random.nextInt(input.length() - length + 1);
      char value = (char) (int) Mutation.pick(BOUNDARIES, random);
      input.replace(from, from + length, String.valueOf(value).repeat(length));
    }
  }

  private static void put(StringBuilder input, int value, RandomGenerator random) {
    if (!input.isEmpty()) {
      input.setCharAt(random.nextInt(input.length()), (char) value);
    }
  }
}
