package org.beaconcohort.cli.architecture.planted.cohort.util;

/** Breaks: packages are named by a word of the domain. */
public final class Unnamed {}
