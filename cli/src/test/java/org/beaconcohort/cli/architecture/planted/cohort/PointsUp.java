package org.beaconcohort.cli.architecture.planted.cohort;

import org.beaconcohort.cli.architecture.planted.adapter.chain.ImportsNostr;

/** Breaks: cohort knows nothing of the adapter. */
public record PointsUp(ImportsNostr adapter) {}
