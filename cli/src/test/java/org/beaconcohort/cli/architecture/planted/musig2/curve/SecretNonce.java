package org.beaconcohort.cli.architecture.planted.musig2.curve;

/** Stands for the secret nonce. */
public final class SecretNonce {}
