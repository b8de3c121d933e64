package org.beaconcohort.cli.architecture.planted.cohort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** Breaks nothing: all that a pure module may touch. */
public final class Pure {
  private final AtomicBoolean used = new AtomicBoolean();

  byte[] make(SecureRandom random, Instant now) {
    if (used.getAndSet(true)) {
      throw new UncheckedIOException(new IOException("used before " + now.plusSeconds(1)));
    }
    byte[] bytes = "fixed".getBytes(StandardCharsets.UTF_8);
    random.nextBytes(bytes);
    return bytes;
  }
}
