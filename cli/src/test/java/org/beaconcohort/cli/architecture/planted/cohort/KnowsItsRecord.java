package org.beaconcohort.cli.architecture.planted.cohort;

import org.beaconcohort.cli.architecture.planted.cohort.journal.Kept;

/** Breaks: cohort knows nothing of the records its facts are kept as. */
public record KnowsItsRecord(Kept kept) {}
