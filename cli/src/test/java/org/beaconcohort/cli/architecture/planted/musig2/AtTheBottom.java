package org.beaconcohort.cli.architecture.planted.musig2;

/** Depends on nothing. */
public final class AtTheBottom {}
