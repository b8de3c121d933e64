package org.beaconcohort.cli.architecture.planted.cohort.left;

import java.util.Optional;
import org.beaconcohort.cli.architecture.planted.cohort.right.Right;

/** Breaks, with {@link Right}: packages form no cycle. */
public final class Left {
  Optional<Right> right() {
    return Optional.of(new Right());
  }
}
