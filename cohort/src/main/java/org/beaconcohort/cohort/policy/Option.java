package org.beaconcohort.cohort.policy;

/** What a layer of the ladder offers in a situation. */
public sealed interface Option {
  /** The layer. */
  Layer layer();

  /** It can be taken now, and can finish in time. */
  record Open(Decision decision) implements Option {
    @Override
    public Layer layer() {
      return decision.layer();
    }
  }

  /** It cannot; {@code why} is for people. */
  record Closed(Layer layer, String why) implements Option {}
}
