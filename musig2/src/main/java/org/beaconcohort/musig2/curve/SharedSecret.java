package org.beaconcohort.musig2.curve;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.security.auth.Destroyable;
import org.beaconcohort.musig2.engine.SecretNumbers;
import org.jspecify.annotations.Nullable;

/** The x coordinate of an ECDH product, lent once and then wiped (NIP-44 feeds it to HKDF). */
public final class SharedSecret implements Destroyable {
  private final AtomicReference<byte @Nullable []> x;

  SharedSecret(byte[] x) {
    this.x = new AtomicReference<>(x);
  }

  /**
   * Lends the 32-byte x coordinate to {@code use}, which must not keep the array: it is zero after.
   *
   * @throws IllegalStateException if it was lent or destroyed before
   */
  public void useX(Consumer<byte[]> use) {
    byte[] taken = x.getAndSet(null);
    if (taken == null) {
      throw new IllegalStateException("shared secret must be unused, got one already used");
    }
    try {
      use.accept(taken);
    } finally {
      SecretNumbers.wipe(taken);
    }
  }

  @Override
  public void destroy() {
    byte[] taken = x.getAndSet(null);
    if (taken != null) {
      SecretNumbers.wipe(taken);
    }
  }

  @Override
  public boolean isDestroyed() {
    return x.get() == null;
  }

  @Override
  public String toString() {
    return "SharedSecret";
  }
}
