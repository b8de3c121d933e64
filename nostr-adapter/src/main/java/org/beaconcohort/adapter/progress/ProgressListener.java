package org.beaconcohort.adapter.progress;

/**
 * Sees one party's progress. Called on the party's threads, never on two at once; an exception
 * stops that party.
 */
@FunctionalInterface
public interface ProgressListener {
  /** Something happened. */
  void happened(Progress progress);

  /** Both listeners, in order. */
  default ProgressListener and(ProgressListener next) {
    return progress -> {
      happened(progress);
      next.happened(progress);
    };
  }
}
