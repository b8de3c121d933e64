package org.beaconcohort.musig2.timing;

import java.util.List;
import java.util.stream.Stream;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.seeded.SeededRandom;

/** Classes of secret numbers that careless arithmetic tells from random ones. */
enum Secrets {
  /** All bits by chance, as keys and nonces are. */
  RANDOM(200) {
    @Override
    Bytes next(SeededRandom random) {
      return random.bytes(32);
    }
  },
  /** As long as random ones, with four bits set: what counts additions. */
  SPARSE(201) {
    @Override
    Bytes next(SeededRandom random) {
      byte[] number = new byte[32];
      number[0] = 0x40;
      for (int i = 0; i < 3; i++) {
        number[1 + random.below(31)] |= (byte) (1 << random.below(8));
      }
      return Bytes.of(number);
    }
  },
  /** Below 2^64: what counts words or doublings. A random key is below 2^224 once in 2^32. */
  SMALL(202) {
    @Override
    Bytes next(SeededRandom random) {
      return Bytes.concat(Bytes.of(new byte[24]), random.bytes(8));
    }
  };

  private final long seed;

  Secrets(long seed) {
    this.seed = seed;
  }

  abstract Bytes next(SeededRandom random);

  List<Bytes> some(int count) {
    SeededRandom random = new SeededRandom(seed);
    return Stream.generate(() -> next(random)).limit(count).toList();
  }
}
