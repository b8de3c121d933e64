/**
 * Secret numbers of secp256k1. Outside this package and the engines below it a secret is an opaque
 * object: a {@code SecretKey} that makes nonces and answers, a {@code SecretNonce} that answers
 * once, a {@code SharedSecret} that is lent once.
 */
@NullMarked
package org.beaconcohort.musig2.curve;

import org.jspecify.annotations.NullMarked;
