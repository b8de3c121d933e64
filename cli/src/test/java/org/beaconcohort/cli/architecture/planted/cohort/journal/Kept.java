package org.beaconcohort.cli.architecture.planted.cohort.journal;

/** Keeps the rule, as a record. */
public record Kept(String payload) {}
