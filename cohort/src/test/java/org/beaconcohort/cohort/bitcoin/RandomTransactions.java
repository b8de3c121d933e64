package org.beaconcohort.cohort.bitcoin;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.beaconcohort.musig2.bytes.Bytes;

/** Seeded transactions of all shapes, also ones nobody would relay. */
final class RandomTransactions {
  private final SplittableRandom random;

  RandomTransactions(long seed) {
    random = new SplittableRandom(seed);
  }

  Transaction next() {
    List<Transaction.Input> inputs = new ArrayList<>();
    boolean witnesses = random.nextBoolean();
    for (int i = count(); i > 0; i--) {
      List<Bytes> stack = new ArrayList<>();
      for (int item = witnesses ? random.nextInt(4) : 0; item > 0; item--) {
        stack.add(bytes(size()));
      }
      inputs.add(
          new Transaction.Input(
              new Outpoint(bytes(32), random.nextInt(0, Integer.MAX_VALUE)),
              bytes(size()),
              random.nextLong(1L << 32),
              stack));
    }
    return new Transaction(random.nextInt(), inputs, outputs(count()), random.nextLong(1L << 32));
  }

  List<TxOutput> outputs(int count) {
    List<TxOutput> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outputs.add(new TxOutput(random.nextLong(1_000_000_000_000L), bytes(size())));
    }
    return outputs;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  Bytes bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private int count() {
    return random.nextInt(20) == 0 ? 250 + random.nextInt(10) : 1 + random.nextInt(4);
  }

  private int size() {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> 250 + random.nextInt(10);
      case 2 -> random.nextInt(20) == 0 ? 65_530 + random.nextInt(10) : 3;
      default -> random.nextInt(70);
    };
  }
}
