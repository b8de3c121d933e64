package org.beaconcohort.fuzz;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All cases of one decoder, on a thread of their own whose stack is small. */
final class Run {
  /** Half of what threads get by default: what nests as deep as its input is long shows early. */
  private static final long STACK_BYTES = 512 * 1024;

  private static final Duration LOOK = Duration.ofMillis(100);

  /** Class loading counts as allocation too, but only once. */
  private static final int MEASUREMENTS = 3;

  private final Cases cases;
  private final Bounds bounds;
  private final List<Class<?>> refusals;
  private final Consumer<String> decode;
  private final Tally tally;

  private volatile int current;
  private volatile long startedAtCpu;
  private volatile @Nullable AssertionError crash;

  Run(
      String decoder,
      Cases cases,
      Bounds bounds,
      List<Class<?>> refusals,
      Consumer<String> decode) {
    this.cases = cases;
    this.bounds = bounds;
    this.refusals = refusals;
    this.decode = decode;
    this.tally = new Tally(decoder);
  }

  Tally finish() {
    current = cases.first();
    Thread thread = new Thread(null, this::work, "fuzz", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      while (!thread.join(LOOK)) {
        refuseEndless(thread);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted at case " + current, e);
    }
    AssertionError found = crash;
    if (found != null) {
      throw found;
    }
    return tally;
  }

  /** A thread that hangs cannot be ended; it is a daemon and ends with the process. */
  private void refuseEndless(Thread thread) {
    int number = current;
    long spent = Cost.cpuNanosOf(thread) - startedAtCpu;
    if (spent > 2 * bounds.cpuNanos() && number == current && thread.isAlive()) {
      String stack =
          Arrays.stream(thread.getStackTrace())
              .map(frame -> "\n\tat " + frame)
              .collect(Collectors.joining());
      throw new AssertionError(
          cases.describe(number) + "\nmust end within " + bounds.cpuNanos() / 1e9 + " s" + stack);
    }
  }

  private void work() {
    for (int number = cases.first(); number < cases.end() && crash == null; number++) {
      current = number;
      try {
        judge(number);
      } catch (Throwable e) {
        // Also errors: a stack overflow or an absurd allocation is what is looked for.
        crash = new AssertionError(cases.describe(number) + "\n" + expectation(number) + e, e);
      }
    }
  }

  private void judge(int number) {
    String input = cases.input(number);
    boolean accepted = true;
    Cost cost = new Cost(Long.MAX_VALUE, Long.MAX_VALUE);
    for (int i = 0; i < MEASUREMENTS && !isWithin(cost, input.length()); i++) {
      Cost before = Cost.now();
      startedAtCpu = before.cpuNanos();
      accepted = decodes(input, cases.isSeed(number));
      cost = cost.orLess(Cost.now().since(before));
    }
    if (!isWithin(cost, input.length())) {
      throw new AssertionError(
          "it allocates "
              + cost.bytes()
              + " bytes, at most "
              + bounds.bytesFor(input.length())
              + " are allowed, and takes "
              + cost.cpuNanos() / 1e9
              + " s, at most "
              + bounds.cpuNanos() / 1e9);
    }
    tally.count(accepted, cost, input.length());
  }

  private boolean isWithin(Cost cost, int length) {
    return cost.bytes() <= bounds.bytesFor(length) && cost.cpuNanos() <= bounds.cpuNanos();
  }

  /** Whether the input is accepted; throws on what is neither acceptance nor refusal. */
  private boolean decodes(String input, boolean seed) {
    try {
      decode.accept(input);
      return true;
    } catch (RuntimeException refusal) {
      if (seed || !refusals.contains(refusal.getClass())) {
        throw refusal;
      }
      return false;
    }
  }

  private String expectation(int number) {
    return cases.isSeed(number)
        ? "must be accepted, being valid, got "
        : "must be accepted or refused with one of "
            + refusals.stream().map(Class::getSimpleName).toList()
            + ", got ";
  }
}
