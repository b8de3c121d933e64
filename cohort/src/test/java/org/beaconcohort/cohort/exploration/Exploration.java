package org.beaconcohort.cohort.exploration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.beaconcohort.musig2.engine.RememberingEngine;

/** Many seeds, as many at a time as there are processors. */
final class Exploration {
  private static final int BATCH = 250;
  private static final int SAID_EVERY = 1_000;

  private Exploration() {}

  /** Plays {@code count} seeds from {@code from} on; gives what came of them. */
  static Tally of(long from, int count) throws InterruptedException {
    Tally tally = new Tally(from);
    play(tally, count, () -> {});
    tally.print();
    return tally;
  }

  /**
   * The same, where a file keeps what came of the seeds so far, so that the same call goes on where
   * it was interrupted. It says where it is every {@value SAID_EVERY} seeds.
   */
  static Tally resumed(long from, int count, Path file) throws InterruptedException {
    ProgressFile progress = new ProgressFile(file);
    Tally tally = progress.read(from).orElseGet(() -> new Tally(from));
    System.out.printf(
        "Exploration: seeds %d to %d; %d are done by %s%n",
        from, from + count - 1, tally.runs(), file.toAbsolutePath());
    play(
        tally,
        count,
        () -> {
          progress.write(tally);
          if (tally.runs() % SAID_EVERY == 0 || tally.runs() >= count) {
            tally.sayWhere(count);
          }
        });
    tally.print();
    return tally;
  }

  private static void play(Tally tally, int count, Runnable afterBatch)
      throws InterruptedException {
    RememberingEngine.use();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      while (tally.runs() < count) {
        long began = System.nanoTime();
        List<Future<Run>> batch = new ArrayList<>();
        int size = Math.min(BATCH, count - tally.runs());
        for (int i = 0; i < size; i++) {
          long seed = tally.next() + i;
          batch.add(pool.submit(() -> Run.of(Plan.draw(seed))));
        }
        for (Future<Run> run : batch) {
          tally.add(run.get());
        }
        tally.took(System.nanoTime() - began);
        afterBatch.run();
      }
    } catch (ExecutionException broken) {
      throw new IllegalStateException("a run must give what it found", broken);
    }
  }

  /** What is found at a seed, and the smallest plan that still finds it. */
  static String explain(long seed) {
    Run run = Run.of(Plan.draw(seed));
    if (run.found().isEmpty()) {
      return "seed " + seed + ": nothing is found any more; it was before the code changed";
    }
    String rule = run.found().getFirst().rule();
    Plan least = Shrink.shrink(run.plan(), plan -> Run.of(plan).breaks(rule));
    StringBuilder text = new StringBuilder();
    text.append("seed ").append(seed).append(": ").append(run.plan().script());
    Run.of(least).found().forEach(each -> text.append("\n  ").append(each));
    text.append("\n  replay: ").append(least.command());
    return text.toString();
  }
}
