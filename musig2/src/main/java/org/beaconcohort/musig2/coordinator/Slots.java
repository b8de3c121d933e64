package org.beaconcohort.musig2.coordinator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One place per signer, in the order of the keys, filled one by one. Immutable. */
final class Slots<T> {
  private final List<@Nullable T> places;
  private final int filled;

  private Slots(List<@Nullable T> places, int filled) {
    this.places = places;
    this.filled = filled;
  }

  static <T> Slots<T> empty(int signers) {
    List<@Nullable T> none = Collections.nCopies(signers, null);
    return new Slots<>(none, 0);
  }

  int size() {
    return places.size();
  }

  boolean isFull() {
    return filled == places.size();
  }

  /**
   * What the signer put there.
   *
   * @throws IndexOutOfBoundsException if there is no such signer
   */
  Optional<T> at(int signer) {
    if (signer < 0 || signer >= places.size()) {
      throw new IndexOutOfBoundsException(
          "signer index must be from 0 to " + (places.size() - 1) + ", got " + signer);
    }
    return Optional.ofNullable(places.get(signer));
  }

  /** These places with {@code signer}'s filled. */
  Slots<T> with(int signer, T value) {
    Object[] copy = places.toArray();
    @SuppressWarnings("unchecked") // Every element came in as a T or as nothing.
    List<@Nullable T> more = (List<@Nullable T>) Arrays.asList(copy);
    more.set(signer, value);
    return new Slots<>(more, filled + 1);
  }

  /** The indexes of empty places, ascending. */
  List<Integer> holdouts() {
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i) == null) {
        missing.add(i);
      }
    }
    return missing;
  }

  /** The indexes of filled places, ascending. */
  List<Integer> present() {
    List<Integer> present = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i) != null) {
        present.add(i);
      }
    }
    return present;
  }
}
