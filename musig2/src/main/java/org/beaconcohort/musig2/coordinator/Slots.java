package org.beaconcohort.musig2.coordinator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One place per signer, in the order of the keys, filled one by one. Immutable; places are kept in
 * pages, so that filling one copies a page and the list of pages rather than all places.
 */
final class Slots<T> {
  private static final int PAGE = 32;

  private final int size;
  private final List<List<@Nullable T>> pages;
  private final int filled;

  private Slots(int size, List<List<@Nullable T>> pages, int filled) {
    this.size = size;
    this.pages = pages;
    this.filled = filled;
  }

  static <T> Slots<T> empty(int signers) {
    List<@Nullable T> page = Collections.nCopies(PAGE, null);
    List<List<@Nullable T>> pages = Collections.nCopies((signers + PAGE - 1) / PAGE, page);
    return new Slots<>(signers, pages, 0);
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return filled == size;
  }

  /**
   * What the signer put there.
   *
   * @throws IndexOutOfBoundsException if there is no such signer
   */
  Optional<T> at(int signer) {
    if (signer < 0 || signer >= size) {
      throw new IndexOutOfBoundsException(
          "signer index must be from 0 to " + (size - 1) + ", got " + signer);
    }
    return Optional.ofNullable(pages.get(signer / PAGE).get(signer % PAGE));
  }

  /** These places with {@code signer}'s filled. */
  Slots<T> with(int signer, T value) {
    List<@Nullable T> page = new ArrayList<>(pages.get(signer / PAGE));
    page.set(signer % PAGE, value);
    List<List<@Nullable T>> more = new ArrayList<>(pages);
    more.set(signer / PAGE, page);
    return new Slots<>(size, more, filled + 1);
  }

  /** The indexes of empty places, ascending. */
  List<Integer> holdouts() {
    return indexes(signer -> at(signer).isEmpty());
  }

  /** The indexes of filled places, ascending. */
  List<Integer> present() {
    return indexes(signer -> at(signer).isPresent());
  }

  private List<Integer> indexes(IntPredicate wanted) {
    return IntStream.range(0, size).filter(wanted).boxed().toList();
  }
}
