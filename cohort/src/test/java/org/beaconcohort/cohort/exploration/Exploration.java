package org.beaconcohort.cohort.exploration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many seeds, as many at a time as there are processors. */
final class Exploration {
  private static final int BATCH = 250;

  private final Map<String, Integer> faults = new TreeMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<Run> failing = new ArrayList<>();
  private int runs;
  private int promised;

  /**
   * Plays the seeds from {@code from} on.
   *
   * @param progress whether the seed to go on from is printed after every batch
   */
  static Exploration of(long from, int count, boolean progress) throws InterruptedException {
    Exploration exploration = new Exploration();
    long began = System.nanoTime();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (int done = 0; done < count; done += BATCH) {
        List<Future<Run>> batch = new ArrayList<>();
        for (int i = done; i < Math.min(count, done + BATCH); i++) {
          long seed = from + i;
          batch.add(pool.submit(() -> Run.of(Plan.draw(seed))));
        }
        for (Future<Run> run : batch) {
          exploration.add(run.get());
        }
        if (progress) {
          long next = from + Math.min(count, done + BATCH);
          System.out.printf(
              "Explored to seed %d, %d failing; go on with -Dexplore.from=%d%n",
              next - 1, exploration.failing.size(), next);
        }
      }
    } catch (ExecutionException broken) {
      throw new IllegalStateException("a run must give what it found", broken);
    }
    exploration.print(from, (System.nanoTime() - began) / 1e9);
    return exploration;
  }

  private void add(Run run) {
    runs++;
    promised += run.promised() ? 1 : 0;
    run.struck().forEach(fault -> faults.merge(fault.name(), 1, Integer::sum));
    run.outcomes().forEach((name, count) -> outcomes.merge(name, count, Integer::sum));
    if (!run.found().isEmpty()) {
      failing.add(run);
    }
  }

  private void print(long from, double seconds) {
    System.out.printf(
        "Exploration: %d rounds of cohorts from seed %d in %.1f s, %.1f a second; in %d every round"
            + " had to be anchored%n",
        runs, from, seconds, runs / seconds, promised);
    System.out.println("Faults that struck: " + faults);
    System.out.println("Outcomes of parties: " + outcomes);
  }

  /** Runs with findings. */
  List<Run> failing() {
    return List.copyOf(failing);
  }

  /** How many faults struck, by name. */
  Map<String, Integer> faults() {
    return Map.copyOf(faults);
  }

  /** How many parties ended, by outcome. */
  Map<String, Integer> outcomes() {
    return Map.copyOf(outcomes);
  }

  /** What was found in a run, and the smallest plan that still finds it. */
  static String explain(Run run) {
    String rule = run.found().getFirst().rule();
    Plan least = Shrink.shrink(run.plan(), plan -> Run.of(plan).breaks(rule));
    StringBuilder text = new StringBuilder();
    text.append("seed ").append(run.plan().seed()).append(": ").append(run.plan().script());
    Run.of(least).found().forEach(each -> text.append("\n  ").append(each));
    text.append("\n  replay: ").append(least.command());
    return text.toString();
  }
}
