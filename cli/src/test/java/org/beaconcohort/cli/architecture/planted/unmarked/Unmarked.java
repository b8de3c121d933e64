package org.beaconcohort.cli.architecture.planted.unmarked;

/** Breaks, by the package-info that is not there: every package is @NullMarked. */
public final class Unmarked {}
