package org.beaconcohort.cli.architecture.planted.cohort;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/** Breaks, once in each nested class: time and chance are arguments. */
public final class AsksTheWorld {
  private AsksTheWorld() {}

  static final class ForInstant {
    Object ask() {
      return Instant.now();
    }
  }

  static final class ForInstantLater {
    Supplier<Instant> ask() {
      return Instant::now;
    }
  }

  static final class ForClock {
    Object ask() {
      return Clock.systemUTC();
    }
  }

  static final class ForMillis {
    long ask() {
      return System.currentTimeMillis();
    }
  }

  static final class ForNanos {
    long ask() {
      return System.nanoTime();
    }
  }

  @SuppressWarnings("JavaUtilDate")
  static final class ForDate {
    Object ask() {
      return new Date();
    }
  }

  static final class ForUuid {
    Object ask() {
      return UUID.randomUUID();
    }
  }

  static final class ForFraction {
    double ask() {
      return Math.random();
    }
  }

  static final class ForRandom {
    Object ask() {
      return new Random();
    }
  }

  static final class ForSplittableRandom {
    Object ask() {
      return new SplittableRandom();
    }
  }

  static final class ForSecureRandom {
    Object ask() {
      return new SecureRandom();
    }
  }

  static final class ForShuffle {
    void ask(List<String> list) {
      Collections.shuffle(list);
    }
  }
}
