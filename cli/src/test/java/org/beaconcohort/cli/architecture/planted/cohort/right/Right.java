package org.beaconcohort.cli.architecture.planted.cohort.right;

import java.util.Optional;
import org.beaconcohort.cli.architecture.planted.cohort.left.Left;

/** Breaks, with {@link Left}: packages form no cycle. */
public final class Right {
  Optional<Left> left() {
    return Optional.of(new Left());
  }
}
