package org.beaconcohort.cohort.view;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that follows from immutable ones, computed when it is asked for first. Threads that ask
 * at once may compute it twice; they get the same.
 *
 * @param <T> immutable
 */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> computed;
  private @Nullable T value;

  Once(Supplier<T> computed) {
    this.computed = computed;
  }

  @Override
  public T get() {
    T known = value;
    if (known == null) {
      known = computed.get();
      value = known;
    }
    return known;
  }
}
